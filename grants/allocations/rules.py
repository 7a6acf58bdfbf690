"""How a budget is shared out, and why an amount cannot be promised. Pure: yen in, yen or reasons out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.core.dates import FiscalYear
from portal.core.money import floor_to, format_yen

from .states import SharingRule


@dataclass(frozen=True, slots=True)
class Claim:
    """What one body wishes, and what somebody fixed for it by hand; both in yen."""

    key: str
    wish: int
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Sharing:
    """`amounts` in the order of the claims; `ceiling` is the one that was applied to every body.

    `shortage` is how far the amounts fixed by hand go beyond what there is: then nobody else gets
    anything, and nothing can be promised.
    """

    amounts: tuple[int, ...]
    available: int
    ceiling: int | None

    @property
    def total(self) -> int:
        return sum(self.amounts)

    @property
    def remainder(self) -> int:
        return max(0, self.available - self.total)

    @property
    def shortage(self) -> int:
        return max(0, self.total - self.available)


def share(
    claims: Sequence[Claim], *, available: int, unit: int, rule: str, ceiling: int | None = None
) -> Sharing:
    """Amounts fixed by hand stay as they are; the rest is shared among the others by the rule.

    A computed amount is a multiple of `unit` and never above the wish or the ceiling. Where the
    money suffices everyone gets their wish; otherwise PROPORTION cuts all by one share and LEVEL
    lowers one common ceiling until it fits. What is left over is given to nobody.
    """
    free = max(0, available - sum(one.fixed or 0 for one in claims))
    open_claims = [one for one in claims if one.fixed is None]
    capped = [_capped(one.wish, unit, ceiling) for one in open_claims]
    if rule == SharingRule.BY_HAND:
        capped = [0] * len(open_claims)
    if sum(capped) <= free:
        shared, level = capped, ceiling
    elif rule == SharingRule.LEVEL:
        level = _highest_level(capped, free, unit)
        shared = [min(one, level) for one in capped]
    else:
        ratio, level = Fraction(free, sum(capped)), ceiling
        shared = [floor_to(one * ratio, unit) for one in capped]
    computed = iter(shared)
    amounts = tuple(next(computed) if one.fixed is None else one.fixed for one in claims)
    return Sharing(amounts, available, level)


def _capped(wish: int, unit: int, ceiling: int | None) -> int:
    return floor_to(wish if ceiling is None else min(wish, ceiling), unit)


def _highest_level(capped: Sequence[int], free: int, unit: int) -> int:
    """The greatest multiple of the unit that, as everyone's ceiling, needs no more than `free`."""
    low, high = 0, max(capped, default=0) // unit
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(one, middle * unit) for one in capped) <= free:
            low = middle
        else:
            high = middle - 1
    return low * unit


def promise_reasons(amount: int, *, wish: int | None, left: int, has_one: bool) -> Iterator[str]:
    """Why this 内示 cannot be made; all yen; nothing when it can.

    `left` is what the year's budget has that nobody was given or promised.
    """
    if has_one:
        yield "この回の内示は、もう済んでいます。"
    if wish is None:
        yield "希望額の提出がありません。"
    if amount <= 0:
        yield "配分額が0円です。"
    if amount > left:
        yield f"予算の残り（{format_yen(left)}）を{format_yen(amount - left)}超えます。"


def four_eyes_on_promise(decider: object, makers: set[object]) -> Iterator[str]:
    """Whoever made the table, or one that it was made from, does not decide by it."""
    if decider in makers:
        yield "この配分案を作った人は、内示できません。別の決定権者が行ってください。"


@dataclass(frozen=True, slots=True)
class Starts:
    """Days from which spending may count, as far as they are known for one body."""

    decided_on: date | None = None
    promised_on: date | None = None
    noticed_for: date | None = None


def first_day(rule: str, fiscal_year: int, known: Starts) -> date | None:
    """The first eligible day by the programme's rule; None while it is not known yet (要綱)."""
    if rule == "april":
        return FiscalYear(fiscal_year).start
    if rule == "notice":
        return known.promised_on
    if rule == "prior":
        days = [day for day in (known.noticed_for, known.decided_on) if day is not None]
        return min(days, default=None)
    return known.decided_on
