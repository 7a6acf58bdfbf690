from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class RevocationQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RevocationQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id)
        return self.none()

    def for_pages(self) -> RevocationQuerySet:
        return self.select_related("award__grantee", "award__programme", "award__decision")
