from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from portal.access.api import Role
from portal.core.actor import Actor


class OfficerListQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OfficerListQuerySet:
        """The prefecture that collected it, and of its people only those who make inquiries."""
        if actor.is_system:
            return self
        if actor.role == Role.DRAFTER:
            return self.filter(contractor__grantee_id=actor.organisation_id)
        return self.none()

    def kept(self) -> OfficerListQuerySet:
        """Not destroyed yet."""
        return self.filter(destroyed_at=None)

    def due_by(self, day: date) -> OfficerListQuerySet:
        """To be destroyed on `day` at the latest."""
        return self.kept().filter(destroy_on__lte=day)
