from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

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
        """Annotates `paid`, `given_up_yen` and `left`, in yen: what is still to be paid of each."""
        payments = apps.get_model("claims", "ClaimPayment").objects.standing()
        rests = apps.get_model("claims", "ClaimRest").objects.all()
        whole = Coalesce(F("amount"), Value(0, output_field=models.BigIntegerField()))
        return self.annotate(
            paid=_sum(payments, "payment__amount"), given_up_yen=_sum(rests, "amount")
        ).annotate(left=Greatest(whole - F("paid") - F("given_up_yen"), Value(0)))

    def open(self) -> ClaimQuerySet:
        """Filed, and with something left to pay: that is kept for them."""
        return self.with_payment().filter(filing__state__in=FILED, left__gt=0)

    def to_pay(self) -> ClaimQuerySet:
        """Accepted, and waiting for a payment."""
        return self.open().filter(filing__state=FilingState.ACCEPTED)

    def total_left(self) -> int:
        """Yen that open claims still wait for."""
        return int(self.open().aggregate(total=Sum("left"))["total"] or 0)


def _sum(rows: models.QuerySet[Any], name: str) -> Coalesce:
    """Of the rows of each claim; a join would count the one once for each of the other."""
    of_claim = rows.filter(claim_id=OuterRef("pk")).order_by().values("claim_id")
    total = Subquery(of_claim.annotate(sum=Sum(name)).values("sum"))
    return Coalesce(total, Value(0), output_field=models.BigIntegerField())
