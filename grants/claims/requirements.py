"""What a 請求 must say. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from grants.guideline.api import Problem, Requirement, Subject
from portal.core.money import format_yen

SECTION = "claim"
_ADVANCE = "会計法22条、予決令58条"
_FINAL = "適正化法15条"


@dataclass(frozen=True, slots=True)
class Month:
    uid: str
    month: date
    contracted: int
    direct: int
    purpose: str

    @property
    def total(self) -> int:
        return self.contracted + self.direct


@dataclass(frozen=True, slots=True)
class ClaimSubject:
    """What a requirement is given; yen. `share` is the part of the plan's cost that is granted.

    `against` are the reasons for which the amount cannot be claimed now.
    """

    is_final: bool
    amount: int | None
    received: int
    against: tuple[str, ...]
    reason: str
    has_account: bool
    account_is_copied: bool
    months: tuple[Month, ...]
    share: Fraction

    @property
    def need(self) -> int:
        return sum(month.total for month in self.months)


def _amount(claim: ClaimSubject) -> Iterator[Problem]:
    for reason in claim.against:
        yield Problem(f"{SECTION}//amount", reason)


def _account(claim: ClaimSubject) -> Iterator[Problem]:
    if not claim.has_account:
        yield Problem(f"{SECTION}//bank_code", "振込先の口座を、すべて入力してください。")
    elif claim.account_is_copied:
        yield Problem(
            f"{SECTION}//bank_code",
            "前回から写した口座を確かめて、保存してください。",
            "変わっていなければ、そのまま保存します。",
        )


def _reason(claim: ClaimSubject) -> Iterator[Problem]:
    if claim.is_final:
        return
    if not claim.reason.strip():
        yield Problem(f"{SECTION}//reason", "資金需要の理由を入力してください。")
    for month in claim.months:
        if month.direct and not month.purpose.strip():
            yield Problem(
                f"{SECTION}/{month.uid}/purpose",
                f"{month.month.year}年{month.month.month}月の使いみちを入力してください。",
            )


def _need(claim: ClaimSubject) -> Iterator[Problem]:
    wanted = claim.received + (claim.amount or 0)
    if not claim.is_final and wanted > claim.need:
        yield Problem(
            f"{SECTION}//amount",
            f"受領済額と今回の請求額の合計（{format_yen(wanted)}）が、資金需要の合計"
            f"（{format_yen(claim.need)}）を超えています。",
            "請求額を減らすか、月ごとの資金需要を直してください。",
        )


def _share(claim: ClaimSubject) -> Iterator[Problem]:
    wanted = claim.received + (claim.amount or 0)
    granted = int(claim.need * claim.share)
    if not claim.is_final and granted < wanted <= claim.need:
        yield Problem(
            f"{SECTION}//amount",
            f"受領済額と今回の請求額の合計（{format_yen(wanted)}）が、資金需要のうち交付金で賄う分"
            f"（{format_yen(granted)}）を超えています。",
            "先に必要となる理由を、資金需要の理由に書いてください。",
        )


REQUIREMENTS = (
    Requirement(
        "claim.amount",
        "",
        Subject.CLAIM,
        "今回の請求額が、請求できる残り以下である。",
        True,
        _amount,
        lambda c: format_yen(c.amount or 0),
        law=f"{_ADVANCE}、{_FINAL}",
    ),
    Requirement(
        "claim.account",
        "",
        Subject.CLAIM,
        "振込先の口座を記載し、確かめている。",
        True,
        _account,
        lambda c: "記載あり",
        law="会計法22条",
    ),
    Requirement(
        "claim.reason",
        "",
        Subject.CLAIM,
        "概算払の資金需要の理由と、月ごとの使いみちを示している。",
        True,
        _reason,
        lambda c: "精算払" if c.is_final else "記載あり",
        law=_ADVANCE,
    ),
    Requirement(
        "claim.need",
        "",
        Subject.CLAIM,
        "概算払の額が、資金需要の合計以下である。",
        True,
        _need,
        lambda c: "精算払" if c.is_final else format_yen(c.need),
        law=_ADVANCE,
    ),
    Requirement(
        "claim.share",
        "",
        Subject.CLAIM,
        "概算払の額が、資金需要のうち交付金で賄う分以下である。",
        False,
        _share,
        lambda c: "精算払" if c.is_final else format_yen(int(c.need * c.share)),
        law=_ADVANCE,
    ),
)
