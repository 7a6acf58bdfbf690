from __future__ import annotations

from typing import Any

from django.db import models

from portal.core.actor import Actor

from .states import READERS


class ScanQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ScanQuerySet:
        """What one's own office uploaded. Filed, it is read by whoever reads the paper itself."""
        if actor.is_system:
            return self
        if actor.role not in READERS:
            return self.none()
        return self.filter(organisation_id=actor.organisation_id)

    def for_pages(self) -> ScanQuerySet:
        return self.select_related("document", "issued")
