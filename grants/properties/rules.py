"""How long property may not be disposed of, what is left of its value, and what the state gets.

Pure: yen and days in, yen, days and reasons out (適正化法22条, 施行令13条・14条).
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.core.dates import FiscalYear, Period, day_with_weekday
from portal.core.money import floor_to, format_number, format_yen

from .states import DisposalKind, Permission

_MONTHS = 12
CUT = "１円未満切捨て"


@dataclass(frozen=True, slots=True)
class Restricted:
    """One property: `amount` yen, `rate` the state's share of it, `years` of the restriction."""

    amount: int
    acquired_on: date
    years: int
    rate: Fraction

    @property
    def ends_on(self) -> date:
        """The last day of 処分制限期間: the day of acquisition is not counted (民法140条)."""
        return Period(months=self.years * _MONTHS).last_day(self.acquired_on)

    def is_free(self, on: date) -> bool:
        return on > self.ends_on


@dataclass(frozen=True, slots=True)
class Policy:
    """What the programme says of disposals; names as in `programmes.keys`."""

    blanket_years: int
    blanket_disposals: Collection[str]
    residual_counting: str
    disposal_return: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the computation: how the yen came about."""

    label: str
    how: str
    amount: int
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Valued:
    """`remaining` is 残存価額, `returned` what is paid to the treasury; yen."""

    remaining: int
    returned: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approved request allows; `proceeds` in yen."""

    kind: str
    proceeds: int


def elapsed(restricted: Restricted, on: date, counting: str) -> tuple[int, int, str]:
    """How much of the restriction is over, of how much, in which unit; never more than all of it."""
    if counting == "days":
        whole = (restricted.ends_on - restricted.acquired_on).days
        return min(whole, max(0, (on - restricted.acquired_on).days)), whole, "日"
    months = max(0, whole_months(restricted.acquired_on, on))
    if counting == "months":
        whole = restricted.years * _MONTHS
        return min(whole, months), whole, "月"
    return min(restricted.years, months // _MONTHS), restricted.years, "年"


def whole_months(first: date, on: date) -> int:
    """Months that have run out between two days; the last day of a month stands for a missing one."""
    months = (on.year - first.year) * _MONTHS + on.month - first.month
    last = calendar.monthrange(on.year, on.month)[1]
    return months - (on.day < min(first.day, last))


def value(restricted: Restricted, on: date, proceeds: int, policy: Policy) -> Valued:
    """残存価額 falls evenly over the restriction; of it, or of higher proceeds, the state's share goes
    back. Never more than the state's share of what was paid for the property."""
    gone, whole, unit = elapsed(restricted, on, policy.residual_counting)
    amount, left = restricted.amount, whole - gone
    remaining = floor_to(Fraction(amount * left, whole), 1)
    steps = [
        Step("取得価額", "台帳のとおり", amount),
        Step(
            "残存価額",
            f"{format_number(amount)}×（{whole}{unit}−経過した{gone}{unit}）／{whole}{unit}、{CUT}",
            remaining,
        ),
    ]
    base, word = remaining, "残存価額"
    if policy.disposal_return == "higher":
        base = min(amount, max(remaining, proceeds))
        word = "収入額" if proceeds > remaining else "残存価額"
        steps.append(Step("処分による収入額", "見込みを含む", proceeds))
    returned = floor_to(base * restricted.rate, 1)
    share = f"{restricted.rate.numerator}／{restricted.rate.denominator}"
    capped = "（取得価額を上限とする）" if base == amount and proceeds > amount else ""
    how = f"{word}{capped}{format_number(base)}×補助率{share}、{CUT}"
    steps.append(Step("国庫に納付する額", how, returned, True))
    return Valued(remaining, returned, tuple(steps))


def is_blanket(restricted: Restricted, kind: str, proceeds: int, on: date, policy: Policy) -> bool:
    """包括承認: a listed kind, without proceeds, once so many years have run out."""
    years = whole_months(restricted.acquired_on, on) // _MONTHS
    return kind in policy.blanket_disposals and proceeds == 0 and years >= policy.blanket_years


def permission_for(
    restricted: Restricted,
    *,
    kind: str,
    proceeds: int,
    on: date,
    approvals: Iterable[Approval],
    policy: Policy,
) -> Permission | None:
    """Why it may be disposed of on that day, or nothing: then an approval is needed first."""
    if restricted.is_free(on):
        return Permission.FREE
    if any(one.kind == kind and proceeds <= one.proceeds for one in approvals):
        return Permission.APPROVED
    if is_blanket(restricted, kind, proceeds, on, policy):
        return Permission.BLANKET
    return None


def needs_approval(restricted: Restricted, kind: str) -> str:
    label = DisposalKind(kind).label
    return (
        f"処分制限期間（{day_with_weekday(restricted.ends_on)}まで）の{label}は、承認を受けてから行います"
        "（適正化法22条）。承認を受けたときは、その種類と収入額の範囲で記録してください。"
    )


def register_reasons(
    *,
    unit_price: int,
    threshold: int,
    amount: int,
    limit: int,
    registered: int,
    acquired_on: date,
    year: FiscalYear,
    today: date,
) -> Iterator[str]:
    """Why a property cannot stand in the register like this; yen. `registered` are the other
    properties of the same line, `limit` what was spent on it."""
    if unit_price < threshold:
        yield f"台帳に載せるのは、単価が{format_yen(threshold)}以上の財産です。"
    if registered + amount > limit:
        yield (
            f"この明細の財産の合計（{format_yen(registered + amount)}）が、明細の額"
            f"（{format_yen(limit)}）を{format_yen(registered + amount - limit)}超えます。"
        )
    if not year.start <= acquired_on <= year.end:
        yield f"取得日は、{year.label}の日付にしてください。"
    elif acquired_on > today:
        yield "取得日は、今日以前の日付にしてください。"


def inventory_due(year: int, day: tuple[int, int]) -> date:
    """The last day for the inventory of a fiscal year; January to March are its end."""
    month, number = day
    return date(year + (1 if month < 4 else 0), month, number)


def years_owed(
    acquired_on: date, checked: Collection[int], today: date, day: tuple[int, int]
) -> list[int]:
    """Fiscal years whose inventory is overdue, from the one after the acquisition on."""
    first, now = FiscalYear.of(acquired_on) + 1, FiscalYear.of(today)
    return [
        year
        for year in range(first, now + 1)
        if year not in checked and inventory_due(year, day) < today
    ]
