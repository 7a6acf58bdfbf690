from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class SurveyQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> SurveyQuerySet:
        """What is asked is the same for every body."""
        if actor.is_system or actor.role in PREFECTURE | CABINET_OFFICE:
            return self
        return self.none()

    def newest_first(self) -> SurveyQuerySet:
        return self.select_related("programme").order_by(
            "-programme__fiscal_year", "-round_number", "-opened_at"
        )


class StatementQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> StatementQuerySet:
        """As it is typed it is its own prefecture's affair; the Cabinet Office reads sealed versions."""
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(filing__grantee_id=actor.organisation_id)
        return self.none()


class OfficeQuerySet(models.QuerySet[Any]):
    """What the Cabinet Office works out by itself."""

    def for_user(self, actor: Actor) -> OfficeQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()

    def of_round(self, round_: Any) -> OfficeQuerySet:
        return self.filter(programme_id=round_.programme_id, round_number=round_.number)


class PromiseQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PromiseQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()

    def of_round(self, round_: Any) -> PromiseQuerySet:
        return self.filter(programme_id=round_.programme_id, round_number=round_.number)

    def of_filing(self, filing: Any) -> PromiseQuerySet:
        """The body's own in the filing's round: at most one."""
        return self.filter(
            programme_id=filing.programme_id,
            grantee_id=filing.grantee_id,
            round_number=filing.round_number,
        )

    def standing(self) -> PromiseQuerySet:
        """No decision followed it yet."""
        return self.filter(released_at=None)
