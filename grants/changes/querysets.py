from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class ChangeQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ChangeQuerySet:
        """The Cabinet Office finds one that was filed, and reads its sealed versions."""
        if actor.is_system:
            return self
        if actor.role in CABINET_OFFICE:
            return self.exclude(filing__first_submitted_at=None)
        if actor.role in PREFECTURE:
            return self.filter(filing__grantee_id=actor.organisation_id)
        return self.none()

    def on_their_way(self) -> ChangeQuerySet:
        """Neither decided nor withdrawn."""
        return self.exclude(filing__state__in=("decided", "declined", "withdrawn"))


class StatementQuerySet(ChangeQuerySet):
    """Seen like a change: by its own body, and once filed by the Cabinet Office."""

    def on_their_way(self) -> StatementQuerySet:
        """Neither decided, noted nor withdrawn."""
        closed = ("decided", "declined", "withdrawn", "accepted")
        return self.exclude(filing__state__in=closed)


class ReallocationQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ReallocationQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id)
        return self.none()

    def standing(self) -> ReallocationQuerySet:
        """Those that were not taken back as recorded wrongly."""
        return self.filter(undone_at=None)


class CallQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> CallQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.to(actor.organisation_id)
        return self.none()

    def to(self, grantee_id: Any) -> CallQuerySet:
        """Of every body, or of this one."""
        return self.filter(models.Q(grantee=None) | models.Q(grantee_id=grantee_id))
