from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Sum

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class PaymentQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PaymentQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id)
        return self.none()

    def standing(self) -> PaymentQuerySet:
        """Those that were not taken back as recorded wrongly."""
        return self.filter(undone_at=None)

    def by(self, time: datetime) -> PaymentQuerySet:
        """Those of the standing ones that had been recorded by then."""
        return self.standing().filter(recorded_at__lte=time)

    def total(self) -> int:
        """Yen."""
        return int(self.aggregate(total=Sum("amount"))["total"] or 0)
