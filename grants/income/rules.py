"""収益納付 (適正化法7条2項): which years are reported on, by when, and what of the income goes back. Pure.

The formula is counted over all years since completion: what the body bore itself is deducted once. Its
parts are data of the programme. Yen in, yen and steps out; one truncation, which its line names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate

from grants.conditions.api import CUT, Step, share_text
from portal.core.dates import Deadline, FiscalYear, RollRule, fix_deadline
from portal.core.money import floor_to, format_number, format_yen

_MOST_NAMED = 3


def report_years(completed_on: date, first: str, years: int) -> tuple[FiscalYear, ...]:
    """The fiscal years of a body that are reported on; `first` is the year of completion, or the next."""
    start = FiscalYear.of(completed_on) + (0 if first == "same" else 1)
    return tuple(FiscalYear(start + n) for n in range(years))


def due_of(year: FiscalYear, day: tuple[int, int], roll: str) -> Deadline:
    """In the year after the one that is reported on; January to March belong to its end."""
    month, number = day
    return fix_deadline(date(year + (2 if month < 4 else 1), month, number), RollRule(roll))


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What one year brought and what it cost, in yen."""

    year: FiscalYear
    income: int
    costs: int


@dataclass(frozen=True, slots=True)
class Basis:
    """The award in yen, and the parts of the formula as the programme has them.

    `total` is 総事業費, `contributed` 寄附金その他の収入 in it, `fixed` 確定額; `elsewhere` goes back on
    other grounds.
    """

    total: int
    contributed: int
    fixed: int
    elsewhere: int
    rate: Fraction
    deducted: tuple[str, ...] = ("costs", "own")
    share_by: str = "actual"
    threshold: int = 0
    ceiling_by: str = "net"

    @property
    def own(self) -> int:
        """自己負担額."""
        return max(0, self.total - self.contributed - self.fixed)

    @property
    def share(self) -> Fraction:
        """Of what remains, the state's; never more than all of it."""
        if self.share_by == "rate" or not self.total:
            return self.rate
        return min(Fraction(1), Fraction(self.fixed, self.total))

    @property
    def share_words(self) -> str:
        """«確定額4,000,000／総事業費10,000,000», or «交付率1／2»."""
        if self.share_by == "rate" or not self.total:
            return f"交付率{share_text(self.rate)}"
        if self.fixed > self.total:
            return share_text(self.share)
        return f"確定額{format_number(self.fixed)}／総事業費{format_number(self.total)}"

    @property
    def ceiling(self) -> int:
        return max(0, self.fixed - (self.elsewhere if self.ceiling_by == "net" else 0))


@dataclass(frozen=True, slots=True)
class Computed:
    """`total` is what goes back of all years up to the last, `due` what this report adds to `before`;
    a correction may lower it."""

    steps: tuple[Step, ...]
    total: int
    before: int
    is_correction: bool = False

    @property
    def difference(self) -> int:
        return self.total - self.before

    @property
    def due(self) -> int:
        return self.difference if self.is_correction else max(0, self.difference)


def remaining(income: int, costs: int, basis: Basis) -> int:
    """Yen that are left of the income after what is deducted; never below zero."""
    costs = costs if "costs" in basis.deducted else 0
    own = basis.own if "own" in basis.deducted else 0
    return max(0, income - costs - own)


def payable(income: int, costs: int, basis: Basis) -> int:
    """Of the income and the costs of all years, in yen: never above the ceiling."""
    left = remaining(income, costs, basis)
    if left < basis.threshold:
        return 0
    return min(floor_to(left * basis.share, 1), basis.ceiling)


def compute(
    years: Sequence[YearFigures], basis: Basis, before: int = 0, *, is_correction: bool = False
) -> Computed:
    """`years` in their order, the reported one among them; `before` yen were confirmed by others.

    A later year of loss takes nothing back: the highest sum that was reached counts.
    """
    reached = [
        payable(income, costs, basis)
        for income, costs in accumulate(
            ((one.income, one.costs) for one in years), lambda a, b: (a[0] + b[0], a[1] + b[1])
        )
    ]
    total = max(reached, default=0)
    steps = (*_deductions(years, basis), *_shares(years, basis, total, reached[-1:] != [total]))
    found = Computed(steps, total, before, is_correction)
    last = "訂正により変わる額" if is_correction else "この報告による納付額"
    closing = (
        Step("すでに納付することとした額", "確認された報告の合計", before),
        Step(last, "納付する額の累計−すでに納付することとした額", found.due, True),
    )
    return Computed((*steps, *closing), total, before, is_correction)


def _deductions(years: Sequence[YearFigures], basis: Basis) -> Iterator[Step]:
    income, costs = sum(one.income for one in years), sum(one.costs for one in years)
    yield Step("収入の累計", _named(years, [one.income for one in years]), income)
    said = ["収入"]
    if "costs" in basis.deducted:
        yield Step("必要経費の累計", _named(years, [one.costs for one in years]), costs)
        said.append("必要経費")
    if "own" in basis.deducted:
        how = (
            f"総事業費{format_number(basis.total)}−寄附金その他の収入"
            f"{format_number(basis.contributed)}−確定額{format_number(basis.fixed)}"
        )
        yield Step("自己負担額", how, basis.own)
        said.append("自己負担額")
    how = "−".join(said) + "（負になるときは0円）"
    yield Step("控除した後の収益", how, remaining(income, costs, basis))


def _shares(
    years: Sequence[YearFigures], basis: Basis, total: int, is_lower: bool
) -> Iterator[Step]:
    left = remaining(sum(one.income for one in years), sum(one.costs for one in years), basis)
    if left < basis.threshold:
        how = f"控除した後の収益が{format_yen(basis.threshold)}に満たないため、納付を要しない"
        yield Step("国の分", how, 0)
    else:
        how = f"{format_number(left)}×{basis.share_words}、{CUT}"
        yield Step("国の分", how, floor_to(left * basis.share, 1))
    less = f"確定額{format_number(basis.fixed)}"
    if basis.ceiling_by == "net":
        less += f"−ほかに国に返す額{format_number(basis.elsewhere)}"
    yield Step("納付の上限", less, basis.ceiling)
    how = "国の分と上限の、いずれか少ない額"
    if is_lower:
        how = "前の年度までに達した額のうち、最も多い額（後の年度の損失では減らさない）"
    yield Step("納付する額の累計", how, total)


def _named(years: Sequence[YearFigures], amounts: Sequence[int]) -> str:
    if len(years) > _MOST_NAMED:
        return f"{years[0].year.label}から{years[-1].year.label}までの{len(years)}年度の合計"
    return "＋".join(
        f"{one.year.label}{format_number(amount)}"
        for one, amount in zip(years, amounts, strict=True)
    )
