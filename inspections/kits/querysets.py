from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE, Role
from portal.core.actor import Actor


class KitQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> KitQuerySet:
        """An auditor's are all; others see those that they asked for: a kit holds what its asker
        may read, and that is more for some than for others."""
        if actor.is_system or actor.role == Role.AUDITOR:
            return self
        if actor.role in CABINET_OFFICE:
            return self.filter(asked_by_id=actor.user_id, asked_in=actor.role)
        return self.none()

    def for_pages(self) -> KitQuerySet:
        # The payload is the whole index: read by the page of one kit and its packing.
        return self.select_related("award__grantee", "award__programme").defer("payload")
