"""The calculation of an order as its rows have it, and the same line by line for page and paper."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from grants.awards.api import Award
from grants.programmes.api import Terms
from portal.core.money import format_number

from .models import Lowering, RefundOrder, notice_on
from .rules import (
    Calculation,
    InterestTerms,
    Money,
    Notified,
    Segment,
    calculate,
    carries_interest,
)
from .states import Interest


def interest_terms(terms: Terms) -> InterestTerms:
    return InterestTerms(terms.interest_rate, terms.interest_unit, terms.refund_reduces)


def receipts_of(award: Award) -> list[Money]:
    return [Money(one.paid_on, one.amount) for one in award.payments.standing()]


def receipts_behind(order: RefundOrder) -> list[Money]:
    """The receipts that the order reaches, as it says them: what is paid later is none of them."""
    sealed = json.loads(order.payload)["receipts"]
    return [Money(date.fromisoformat(one["on"]), one["amount"]) for one in sealed]


def receipts_left(award: Award) -> list[Money]:
    """What was received day by day and no order reaches yet, the last day first."""
    left: Counter[date] = Counter()
    for receipt in receipts_of(award):
        left[receipt.on] += receipt.amount
    for order in award.refund_orders.all():
        for reached in receipts_behind(order):
            left[reached.on] -= reached.amount
    return [Money(on, left[on]) for on in sorted(left, reverse=True) if left[on] > 0]


def repayments_of(order: RefundOrder) -> list[Money]:
    return [Money(one.paid_on, one.amount) for one in order.repayments.standing()]


def calculation_of(
    order: RefundOrder, until: date, lowerings: Sequence[Lowering] | None = None
) -> Calculation:
    """Six queries. What was notified is what is owed, whatever the programme says later; an order that
    was lowered counts as if it had always been so, and what goes back to the body was not paid. `lowerings` are supposed in place of those that stand."""
    lowered = order.lowerings.all() if lowerings is None else lowerings
    found = calculate(
        int(order.amount) - sum(int(one.amount) for one in lowered),
        ground=order.ground,
        receipts=receipts_behind(order),
        repayments=repayments_of(order),
        due_on=order.due_on,
        until=until,
        terms=interest_terms(order.award.programme.terms()),
    )
    notice = notice_on(order)
    forgiven = dict.fromkeys(Interest.values, 0)
    for one in order.exemptions.all():
        forgiven[one.kind] += one.amount
    return replace(
        found,
        paid=found.paid - sum(int(one.over) for one in lowered),
        exempted_additional=forgiven[Interest.ADDITIONAL],
        exempted_late=forgiven[Interest.LATE],
        notified=None if notice is None else Notified(notice.additional, notice.late),
    )


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One segment in words and figures: base × days × rate = exact yen with its fraction."""

    received_on: date | None
    base: int
    first: date
    last: date
    days: int
    exact: str


def shown_lines(segments: Iterable[Segment], terms: InterestTerms) -> list[ShownLine]:
    return [
        ShownLine(
            one.received_on,
            one.base,
            one.first,
            one.last,
            one.days,
            exact_text(one.exact(terms.daily)),
        )
        for one in segments
    ]


def exact_text(amount: Fraction) -> str:
    """«100,455.4785»; four places, which is all there is at 10.95 %; «…» says that there is more."""
    units, rest = divmod(amount * 10_000, 1)
    whole, places = divmod(int(units), 10_000)
    digits = f"{places:04}".rstrip("0")
    more = "…" if rest else ""
    return format_number(whole) + (f".{digits}{more}" if digits or more else "")


def rate_text(terms: InterestTerms) -> str:
    """«10.95%×1／365＝0.03%（1日）», from the programme's rate."""
    yearly = exact_text(terms.annual * 100)
    return f"年{yearly}％（1日につき{terms.daily.numerator:,}／{terms.daily.denominator:,}）"


def sealed_lines(lines: Iterable[ShownLine]) -> list[dict[str, Any]]:
    return [
        {
            "received_on": one.received_on.isoformat() if one.received_on else None,
            "base": one.base,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "days": one.days,
            "exact": one.exact,
        }
        for one in lines
    ]


def explained(found: Calculation) -> dict[str, Any]:
    """For a template: both interests line by line with their sums."""
    return {
        "found": found,
        "additional": shown_lines(found.additional, found.terms),
        "late": shown_lines(found.late, found.terms),
        "additional_exact": exact_text(found.additional_exact),
        "late_exact": exact_text(found.late_exact),
        "rate": rate_text(found.terms),
        "is_before_due": False,
    }


def explained_on(order: RefundOrder, until: date) -> dict[str, Any]:
    """The same of an order on a day, with whether it grows from day to day."""
    grows = carries_interest(order.ground) or until > order.due_on
    return {
        **explained(calculation_of(order, until)),
        "until": until,
        "grows": grows,
        "is_before_due": not grows,
    }
