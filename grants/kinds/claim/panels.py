"""What a claim adds to the page of its filing: what was paid of it, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.claims.api import Claim
from grants.filings.api import Filing, FilingState, Section
from grants.payments.api import Payment
from portal.access.api import decide
from portal.core.actor import Actor


def paid_of(filing: Filing, actor: Actor) -> Mapping[str, Any]:
    if filing.kind != "claim" or filing.state != FilingState.ACCEPTED:
        return {}
    claim = Claim.objects.for_user(actor).with_payment().select_related("filing").get(pk=filing.pk)
    return {
        "claim": claim,
        "payments": Payment.objects.standing().filter(claimed__claim=claim).order_by("paid_on"),
        "rests": claim.given_up.all(),
        "may_give_up": claim.is_paid_in_part and bool(decide(actor, "claims.give_up", claim)),
    }


PAID = Section("claims/paid.html", paid_of)
