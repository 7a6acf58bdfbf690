"""予算 ≥ 示達 ≥ 支出負担行為 ≥ 支払 of one year. Pure; yen and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portal.core.money import format_yen

from .states import Step


@dataclass(frozen=True, slots=True)
class Totals:
    """Of one year, in yen: what stands of each step, what was paid, and what was carried into the next
    year (繰越額): it is not paid out of this one."""

    appropriation: int = 0
    allotment: int = 0
    commitment: int = 0
    paid: int = 0
    carried: int = 0

    @property
    def taken(self) -> int:
        return self.paid + self.carried

    @property
    def to_allot(self) -> int:
        return self.appropriation - self.allotment

    @property
    def to_commit(self) -> int:
        return self.allotment - self.commitment

    @property
    def to_pay(self) -> int:
        return self.commitment - self.taken

    def with_more(self, step: str, amount: int) -> Totals:
        """`amount` may be negative, as where a correction lowers one."""
        return replace(self, **{step: getattr(self, step) + amount})


_PAIRS = (
    ("allotment", "appropriation", "示達", "予算"),
    ("commitment", "allotment", "支出負担行為", "示達"),
    ("taken", "commitment", "支払済みの額", "支出負担行為"),
)


def record_reasons(
    step: str, amount: int, totals: Totals, *, replaced: int | None, acted_on: date, today: date
) -> Iterator[str]:
    """`replaced` is the amount that a correction puts this one in the place of."""
    if amount < 1 and replaced is None:
        yield "額は、1円以上にしてください。"
    if acted_on > today:
        yield "行為の日は、今日以前の日付にしてください。行われた後に記録します。"
    after = totals.with_more(step, amount - (replaced or 0))
    for lower, upper, lower_name, upper_name in _PAIRS:
        low, high = getattr(after, lower), getattr(after, upper)
        grew = low > getattr(totals, lower) or high < getattr(totals, upper)
        if low > high and grew:
            more = "と繰越額" if lower == "taken" and totals.carried else ""
            yield f"{lower_name}{more}の合計（{format_yen(low)}）が、{upper_name}の合計（{format_yen(high)}）を超えます。"


def paying_reasons(amount: int, totals: Totals) -> Iterator[str]:
    """会計法11条: money is paid within what was committed."""
    if amount > totals.to_pay:
        yield (
            f"支払額（{format_yen(amount)}）が、支出負担行為の残り（{format_yen(max(0, totals.to_pay))}）を"
            "超えます。支出負担行為を先に記録してください。"
        )


def part_reasons(amount: int, left: int) -> Iterator[str]:
    """A claim may be paid in parts, together never above what it asks for."""
    if amount < 1:
        yield "支払額は、1円以上にしてください。"
    if amount > left:
        yield f"支払額を、この請求の残り（{format_yen(left)}）以下にしてください。"


def step_label(step: str) -> str:
    return str(Step(step).label)
