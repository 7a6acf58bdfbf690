from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE, PREFECTURE, Role, opened
from portal.core.actor import Actor

from .kinds import decided_kinds
from .states import WITH_REVIEWERS, WITH_WRITERS, FilingState


class FilingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> FilingQuerySet:
        """A prefecture's own, and to the Cabinet Office what was filed at least once."""
        if actor.is_system:
            return self
        if actor.role in CABINET_OFFICE:
            return self.exclude(first_submitted_at=None)
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        if actor.role == Role.READER:
            filed = self.exclude(first_submitted_at=None)
            return filed.filter(opened(actor, "grantee_id", "programme_id"))
        return self.none()

    def of_kind(self, *kinds: str) -> FilingQuerySet:
        return self.filter(kind__in=kinds)

    def filed(self) -> FilingQuerySet:
        """A version of it stands with the Cabinet Office, or came back from there."""
        came_back = models.Q(state__in=(FilingState.RETURNED, FilingState.AWAITING_APPROVAL))
        return self.exclude(first_submitted_at=None).filter(
            models.Q(state__in=(*WITH_REVIEWERS, FilingState.ACCEPTED, FilingState.DECIDED))
            | (came_back & models.Q(was_returned=True))
        )

    def of_year(self, fiscal_year: int) -> FilingQuerySet:
        return self.filter(programme__fiscal_year=fiscal_year)

    def with_writers(self) -> FilingQuerySet:
        return self.filter(state__in=WITH_WRITERS)

    def awaiting_approval(self) -> FilingQuerySet:
        return self.filter(state=FilingState.AWAITING_APPROVAL)

    def awaiting_review(self) -> FilingQuerySet:
        return self.filter(state__in=(FilingState.SUBMITTED, FilingState.UNDER_REVIEW))

    def awaiting_decision(self) -> FilingQuerySet:
        return self.filter(state=FilingState.REVIEWED, kind__in=decided_kinds())

    def counts_by_state(self) -> dict[str, int]:
        rows = self.order_by().values("state").annotate(count=models.Count("pk"))
        return {row["state"]: row["count"] for row in rows}

    def for_lists(self) -> FilingQuerySet:
        # One programme instance for all rows: the terms it has read are shared.
        return self.select_related("grantee__prefecture", "reviewer").prefetch_related("programme")

    def for_page(self) -> FilingQuerySet:
        """One filing with what its page names, in one query."""
        return self.select_related("programme", "grantee__prefecture", "reviewer")

    def with_plan(self) -> FilingQuerySet:
        """One filing with year, body and the row of its plan's revision, in one query."""
        return self.select_related("programme", "grantee__prefecture", "reviewer", "revision__plan")


class SealedVersionQuerySet(models.QuerySet[Any]):
    def latest_of(self, filings: Any) -> SealedVersionQuerySet:
        """The newest standing one of each filing; one query."""
        return (
            self.standing()
            .filter(filing__in=filings)
            .order_by("filing", "-number")
            .distinct("filing")
        )

    def for_user(self, actor: Actor) -> SealedVersionQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(filing__grantee_id=actor.organisation_id)
        if actor.role == Role.READER:
            return self.filter(opened(actor, "filing__grantee_id", "filing__programme_id"))
        return self.none()

    def standing(self) -> SealedVersionQuerySet:
        """Not taken back by its writers."""
        return self.filter(recalled_at=None)


class ReviewItemQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ReviewItemQuerySet:
        """A prefecture sees a point once the filing was returned with it."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE and actor.role != Role.PREFECTURE_ADMIN:
            return self.filter(filing__grantee_id=actor.organisation_id).exclude(told_at=None)
        return self.none()

    def unresolved(self) -> ReviewItemQuerySet:
        return self.exclude(state="resolved")
