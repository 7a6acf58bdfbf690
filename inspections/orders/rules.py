"""On what an order rests, and when it is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .states import BY_LAW, Basis, OrderKind, OrderState

ARTICLES: dict[str, str] = {
    Basis.GUIDELINE: "要領5(2)",
    Basis.PERFORM: "適正化法13条1項、要領5(2)",
    Basis.SUSPEND: "適正化法13条2項",
    Basis.CORRECT: "適正化法16条1項、要領5(2)",
}
# 13条1項 and 16条1項 bring the work into line with the decision; they do not end or change it.
KINDS: dict[str, frozenset[str]] = {
    Basis.GUIDELINE: frozenset({OrderKind.DISCONTINUE, OrderKind.CHANGE, OrderKind.CONFORM}),
    Basis.PERFORM: frozenset({OrderKind.CONFORM}),
    Basis.SUSPEND: frozenset({OrderKind.SUSPEND}),
    Basis.CORRECT: frozenset({OrderKind.CONFORM}),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the award has come: its 実績報告 was received, its amount was fixed."""

    is_reported: bool
    is_fixed: bool


def is_by_law(basis: str) -> bool:
    """Only such an order opens the period of 適正化法25条; the guideline is a notice."""
    return basis in BY_LAW


def basis_reasons(basis: str, kind: str, standing: Standing, *, has_earlier: bool) -> Iterator[str]:
    """Why this kind of order cannot rest on this basis now."""
    if kind not in KINDS[basis]:
        names = "、".join(one.label for one in OrderKind if one in KINDS[basis])
        yield f"{ARTICLES[basis]}によって命じられるのは、{names}です。"
    if basis == Basis.CORRECT and not standing.is_reported:
        yield "適正化法16条1項による命令は、実績報告を受けた後に行います。13条1項を検討してください。"
    if is_by_law(basis) and standing.is_fixed:
        yield (
            "額の確定の後は、適正化法13条、16条による命令はできません。"
            "要領5(2)によるか、決定の取消し（17条3項）を検討してください。"
        )
    if basis == Basis.SUSPEND and not has_earlier:
        yield "一時停止を命ずるには、履行されなかった13条1項の命令を選んでください。"
    if basis != Basis.SUSPEND and has_earlier:
        yield "履行されなかった命令を選ぶのは、一時停止を命ずるときだけです。"


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """Compliance is still owed when its day is over."""
    return state == OrderState.ISSUED and today > due_on


def report_reasons(report: str) -> Iterator[str]:
    if not report.strip():
        yield "行った措置を入力してください。"


def failure_reasons(state: str, due_on: date, today: date) -> Iterator[str]:
    """The body has its time: without a report nothing is found unmet before the day is over."""
    if state == OrderState.ISSUED and today <= due_on:
        yield "命令の期限が過ぎていません。報告が届くか、期限が過ぎるのを待ってください。"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a revocation would take, in yen: carried over from the findings of an order.

    `before` is what the body may have now, `costs` the sum of what was found, `decrease` what the
    fixed amount loses without it; None before a report is received or without a cost.
    """

    before: int
    costs: int
    decrease: int | None

    @property
    def after(self) -> int | None:
        return None if self.decrease is None else max(self.before - self.decrease, 0)
