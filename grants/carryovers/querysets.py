from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class CarriedQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> CarriedQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id)
        return self.none()

    def standing(self) -> CarriedQuerySet:
        """Those that their body did not give up."""
        return self.filter(given_up_at=None)

    def at(self, moment: datetime) -> int:
        """How many stood at a moment: one award's, what a paper of that moment says."""
        given_up_later = models.Q(given_up_at=None) | models.Q(given_up_at__gt=moment)
        return int(self.filter(given_up_later, carried_at__lte=moment).count())

    def by_award(self, awards: Iterable[UUID]) -> dict[UUID, list[Any]]:
        """The standing ones in the order of their steps. One query."""
        found: dict[UUID, list[Any]] = defaultdict(list)
        for one in self.standing().filter(award_id__in=list(awards)).order_by("step"):
            found[one.award_id].append(one)
        return dict(found)
