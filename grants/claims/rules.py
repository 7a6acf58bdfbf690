"""How much may be claimed, when contracts will be paid, who sees an account. Pure; yen and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.access.api import PREFECTURE, Role
from portal.core.money import format_yen

# The body's own people, and those of the Cabinet Office who examine and pay.
_SEES_ACCOUNTS = PREFECTURE | {Role.REVIEWER, Role.DECIDER}
_SHOWN_DIGITS = 3


def sees_accounts(role: str) -> bool:
    """Everybody else reads a masked one."""
    return role in _SEES_ACCOUNTS


def masked(number: str) -> str:
    """«＊＊＊＊567»: the last digits are enough to tell two accounts apart."""
    hidden = max(0, len(number) - _SHOWN_DIGITS)
    return "＊" * hidden + number[hidden:]


def claim_reasons(
    amount: int | None,
    *,
    left: int,
    is_final: bool,
    is_fixed: bool,
    closed: Iterable[str] = (),
) -> Iterator[str]:
    """`left` is what may still be claimed: of the amount decided, or of 確定額 once there is one.

    `closed` says what of it is not payable today, and why.
    """
    if is_final != is_fixed:
        yield (
            "額が確定しているため、概算払は請求できません。画面を開き直すと、精算払の請求になります。"
            if is_fixed
            else "精算払は、額の確定の後に請求します。"
        )
    if amount is None or amount < 1:
        yield "今回の請求額を、1円以上で入力してください。"
    elif amount > left:
        yield from closed
        yield f"今回の請求額（{format_yen(amount)}）を、請求できる残り（{format_yen(left)}）以下にしてください。"


def months_of(fiscal_year: int, first: date, carried: int = 0) -> list[date]:
    """From the month of the decision to May, when the body's accounts close (地方自治法235条の5): of the
    year after, or of as many more as the work was carried on (繰越)."""
    begins = max(date(fiscal_year, 4, 1), first.replace(day=1))
    count = 14 + 12 * carried
    whole = [date(fiscal_year + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(count)]
    return [month for month in whole if month >= begins]


@dataclass(frozen=True, slots=True)
class Contracted:
    """What one contract charges to the plan, what was paid of it by month, and its last day."""

    charged: int
    last_day: date
    paid: Mapping[date, int]

    @property
    def rest(self) -> int:
        return max(0, self.charged - sum(self.paid.values()))


def contracted_by_month(
    contracts: Iterable[Contracted], months: list[date], today: date
) -> Counter[date]:
    """Paid where it was paid; the rest in the month after the contract ends, and not in the past."""
    found: Counter[date] = Counter()
    if not months:
        return found
    for one in contracts:
        for month, amount in one.paid.items():
            found[_within(month, months)] += amount
        if one.rest:
            ends = one.last_day.replace(day=1)
            after = date(ends.year + ends.month // 12, ends.month % 12 + 1, 1)
            found[_within(max(after, today.replace(day=1)), months)] += one.rest
    return found


def _within(month: date, months: list[date]) -> date:
    return min(max(month, months[0]), months[-1])
