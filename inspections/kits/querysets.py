from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE
from portal.core.actor import Actor


class KitQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> KitQuerySet:
        """The Cabinet Office's, its auditors' among them."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()

    def for_pages(self) -> KitQuerySet:
        return self.select_related("award__grantee", "award__programme")
