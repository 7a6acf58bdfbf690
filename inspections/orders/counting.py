"""How far an award has come, and what the findings of an order come to. A fixed number of queries."""

from __future__ import annotations

from grants.awards.api import Award
from grants.filings.api import Filing, latest_version
from grants.payments.api import ceiling_of
from grants.settlements.api import Settlement
from inspections.findings.api import decrease_of

from .models import Order
from .rules import Proposal, Standing


def standing_of(award: Award) -> Standing:
    filing = Filing.objects.filter(performance__award=award).first()
    return Standing(
        is_reported=filing is not None and latest_version(filing) is not None,
        is_fixed=Settlement.objects.filter(award=award).exists(),
    )


def proposal_of(order: Order) -> Proposal:
    """The settlement run again once, without all that was found: never the sum of single decreases,
    each of which may have been cut to 千円."""
    amounts = order.findings.values_list("amount", flat=True)
    costs = sum(amount or 0 for amount in amounts)
    return Proposal(
        before=ceiling_of(order.award),
        costs=costs,
        decrease=decrease_of(order.award, costs or None),
    )
