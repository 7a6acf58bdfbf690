from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Sum

from grants.changes.api import StatementQuerySet
from grants.filings.api import FilingState
from portal.access.api import PREFECTURE
from portal.core.actor import Actor

# With the Cabinet Office, or taken by it.
FILED = (FilingState.SUBMITTED, FilingState.UNDER_REVIEW, FilingState.ACCEPTED)


class AccountQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> AccountQuerySet:
        """An account is its own body's affair; the Cabinet Office reads it with the claim."""
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()


class ClaimPaymentQuerySet(models.QuerySet[Any]):
    def standing(self) -> ClaimPaymentQuerySet:
        """Those whose payment was not taken back."""
        return self.filter(payment__undone_at=None)


class ClaimQuerySet(StatementQuerySet):
    def with_payment(self) -> ClaimQuerySet:
        """Annotates `is_paid`."""
        links = apps.get_model("claims", "ClaimPayment").objects.standing()
        return self.annotate(is_paid=Exists(links.filter(claim_id=OuterRef("pk"))))

    def open(self) -> ClaimQuerySet:
        """Filed and not paid: what they ask for is kept for them."""
        return self.with_payment().filter(filing__state__in=FILED, is_paid=False)

    def to_pay(self) -> ClaimQuerySet:
        """Accepted, and waiting for their payment."""
        return self.open().filter(filing__state=FilingState.ACCEPTED)

    def total(self) -> int:
        """Yen."""
        return int(self.aggregate(total=Sum("amount"))["total"] or 0)
