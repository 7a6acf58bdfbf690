"""What confirmed reports say to the refunds: what is not ordered back yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from grants.awards.api import Award
from grants.refunds.api import Claim
from portal.core.money import format_yen

from .lessening import Reports, deducted, undecided


def claims_of(model: Reports, award: Award, about: Callable[[Any], str]) -> Iterator[Claim]:
    """One a report, beside the amount. None while a report that says less awaits its decision: what
    is ordered would be too much. `about` is a report in a sentence."""
    reports = model.objects.filter(award=award).confirmed()
    confirmed = [
        one
        for one in reports.select_related("filing").order_by("filing__created_at")
        if one.increase
    ]
    if not confirmed or undecided(model, award):
        return
    ordered, less = award.refund_orders.by_claim(), deducted(model, award)
    for one in confirmed:
        key = f"{model.condition.name}:{one.pk}"
        left = one.increase - ordered.get(key, 0)
        taken_off = min(left, less)
        less -= taken_off
        if left > taken_off:
            off = f"うち{format_yen(taken_off)}は、減額された。" if taken_off else ""
            yield Claim(key, model.condition.ground, left - taken_off, about(one) + off)
