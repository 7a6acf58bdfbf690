from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case, F, When

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .states import SETTLED, Basis, OrderState


class OrderQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OrderQuerySet:
        """The Cabinet Office's; a body's own once they were issued to it."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id, issued_on__isnull=False)
        return self.none()

    def for_lists(self) -> OrderQuerySet:
        return self.select_related("award__grantee", "award__programme")

    def unsettled(self) -> OrderQuerySet:
        return self.exclude(state__in=SETTLED)

    def overdue(self, today: date) -> OrderQuerySet:
        return self.filter(state=OrderState.ISSUED, due_on__lt=today)

    def suspending(self) -> OrderQuerySet:
        """一時停止 that stand: ordered, and neither lifted nor turned into a 取消し (適正化法13条2項)."""
        return self.filter(basis=Basis.SUSPEND, issued_on__isnull=False).unsettled()

    def not_kept(self, award_id: UUID) -> OrderQuerySet:
        """Those after which a suspension may be ordered (適正化法13条2項)."""
        return self.filter(
            award_id=award_id, basis=Basis.PERFORM, state=OrderState.NOT_COMPLIED
        ).order_by("issued_on", "id")

    def settled_last(self) -> OrderQuerySet:
        """What is due soonest first; what nobody has to do anything about at the end."""
        is_settled = Case(When(state__in=SETTLED, then=1), default=0)
        return self.order_by(is_settled, F("due_on").asc(), "id")
