"""What open claims keep from other payments of their award."""

from __future__ import annotations

from collections.abc import Iterator

from grants.payments.api import Paying, ceiling_of, net_paid
from portal.core.money import format_yen

from .models import Claim


def kept_for_claims(paying: Paying) -> Iterator[str]:
    """A payment that answers no claim leaves what open claims ask for."""
    others = Claim.objects.filter(award=paying.award).exclude(pk=paying.claim).total_left()
    free = ceiling_of(paying.award) - net_paid(paying.award) - others
    if others and paying.amount > free:
        yield (
            f"請求中の額（{format_yen(others)}）を除くと、支払える残りは{format_yen(max(0, free))}です。"
            "請求に対する支払は、「予算と支払」の請求から記録してください。"
        )
