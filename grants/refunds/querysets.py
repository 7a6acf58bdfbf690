from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Sum

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .states import BESIDE_THE_AMOUNT


class OrderQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OrderQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id)
        return self.none()

    def total(self) -> int:
        """Yen of principal, less what decisions took off."""
        rows = apps.get_model("refunds", "Lowering").objects.filter(order__in=self.values("pk"))
        whole = self.aggregate(total=Sum("amount"))["total"] or 0
        return int(whole) - int(rows.aggregate(total=Sum("amount"))["total"] or 0)

    def towards_the_amount(self) -> OrderQuerySet:
        """Those that bring what was received down to what may be kept, and no others."""
        return self.exclude(ground__in=BESIDE_THE_AMOUNT)

    def beside_the_amount(self) -> OrderQuerySet:
        return self.filter(ground__in=BESIDE_THE_AMOUNT)

    def by_claim(self) -> dict[str, int]:
        """Yen of principal ordered on each claim, by its key."""
        found: dict[str, int] = {}
        for order in self.prefetch_related("lowerings"):
            found[order.claim_key] = found.get(order.claim_key, 0) + order.due
        return found

    def for_pages(self) -> OrderQuerySet:
        return self.select_related("award__grantee", "award__programme", "award__decision")


class RepaymentQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RepaymentQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(order__award__grantee_id=actor.organisation_id)
        return self.none()

    def standing(self) -> RepaymentQuerySet:
        """Those that were not taken back as recorded wrongly."""
        return self.filter(undone_at=None)


class LoweringQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> LoweringQuerySet:
        orders = apps.get_model("refunds", "RefundOrder").objects.for_user(actor)
        return self.filter(order__in=orders)


class GivingBackQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> GivingBackQuerySet:
        lowerings = apps.get_model("refunds", "Lowering").objects.for_user(actor)
        return self.filter(lowering__in=lowerings)
