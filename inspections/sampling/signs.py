"""What speaks for inspecting a body or a contract: plain figures, each explained. Pure.

None of them is weighed against another: there is no score, and whoever chooses says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

NEAR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sign:
    key: str
    label: str
    explanation: str


SIGNS = (
    Sign("amount", "金額", "交付決定額。契約では契約額。"),
    Sign("change", "前年度から", "前年度の交付決定額からの増減の割合。"),
    Sign("year_end", "年度末", "2月以後に請求された額の、請求の合計に占める割合。"),
    Sign("negotiated", "随意契約", "随意契約の額の、契約の合計に占める割合。"),
    Sign("split", "分割", "同じ団体と30日以内に結んだ、少額の随意契約の組の数。"),
    Sign(
        "late", "月報", "期限に遅れて、又はまだ提出されていない月報と、確認されていない月報の数。"
    ),
    Sign("corrected", "訂正", "一度提出した後に改められた月報の数。"),
    Sign("passed", "再委託", "再委託を承諾した額の、契約の合計に占める割合。"),
    Sign(
        "unconsented",
        "承諾なし",
        "承諾の前に始めた再委託と、承諾のない団体への支払の数。",
    ),
    Sign("early", "着手前", "経費が対象になる最初の日より前に結んだ契約の数。"),
    Sign("inspected_on", "前回の検査", "最後に立入検査を行った日。"),
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A contract as far as its signing tells: `is_small` is 少額の随意契約 (施行令167条の2①1号)."""

    contractor: object
    signed_on: date
    is_small: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """Yen and counts; None where there is nothing to compare with."""

    amount: int = 0
    last_amount: int | None = None
    billed: int = 0
    billed_late: int = 0
    contracted: int = 0
    by_negotiation: int = 0
    split: int = 0
    late: int = 0
    corrected: int = 0
    early: int = 0
    passed_on: int = 0
    unconsented: int = 0
    inspected_on: date | None = None

    @property
    def change(self) -> int | None:
        """Per cent, towards zero."""
        if not self.last_amount:
            return None
        return int((self.amount - self.last_amount) * 100 / self.last_amount)

    @property
    def year_end(self) -> int | None:
        return self.billed_late * 100 // self.billed if self.billed else None

    @property
    def negotiated(self) -> int | None:
        return self.by_negotiation * 100 // self.contracted if self.contracted else None

    @property
    def passed(self) -> int | None:
        return self.passed_on * 100 // self.contracted if self.passed_on else None


_SUMS = (
    "billed",
    "billed_late",
    "contracted",
    "by_negotiation",
    "late",
    "corrected",
    "early",
    "passed_on",
    "unconsented",
)


def added_up(parts: Iterable[Signs]) -> dict[str, int]:
    """What the contracts of a body come to together; 分割 is counted over all of them at once."""
    found = list(parts)
    return {name: sum(getattr(one, name) for one in found) for name in _SUMS}


def split_pairs(signed: Sequence[Signed]) -> int:
    """Pairs of small contracts with one body within thirty days, which might have been one."""
    small = sorted((one for one in signed if one.is_small), key=lambda one: one.signed_on)
    return sum(
        later.contractor == one.contractor and later.signed_on - one.signed_on <= NEAR
        for n, one in enumerate(small)
        for later in small[n + 1 :]
    )


def in_order(rows: Sequence[tuple[Any, Signs]], key: str) -> list[tuple[Any, Signs]]:
    """The greatest first; of the days of inspection none and the oldest first."""
    if key == "inspected_on":
        return sorted(rows, key=lambda row: row[1].inspected_on or date.min)
    return sorted(rows, key=lambda row: -(getattr(row[1], key) or 0))
