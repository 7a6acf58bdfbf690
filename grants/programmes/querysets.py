from __future__ import annotations

from typing import Any

from django.db import models

from portal.core.actor import Actor


class ProgrammeQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ProgrammeQuerySet:
        """The terms of a year are public to everyone who has an account."""
        return self

    def newest_first(self) -> ProgrammeQuerySet:
        return self.order_by("-fiscal_year")


class RoundQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RoundQuerySet:
        """The rounds of a year are public, as its terms are."""
        return self

    def of(self, programme_id: Any, number: int) -> Any:
        """Raises DoesNotExist."""
        return self.select_related("programme").get(programme_id=programme_id, number=number)
