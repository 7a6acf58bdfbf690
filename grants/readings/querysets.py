from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from portal.access.api import PREFECTURE, Role
from portal.core.actor import Actor


class ReadingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ReadingQuerySet:
        """A prefecture's own; to a reader those that are open now."""
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        if actor.role == Role.READER:
            return self.opened_now(actor)
        return self.none()

    def opened_now(self, actor: Actor) -> ReadingQuerySet:
        """To this person in this office, by the database's clock: begun, not over, not ended early."""
        people = apps.get_model("accounts", "User").objects.filter(pk=actor.user_id)
        return self.filter(
            Exists(people.filter(email=OuterRef("email"))),
            organisation_id=actor.organisation_id,
            starts_at__lte=Now(),
            ends_at__gt=Now(),
            ended_at=None,
        )

    def not_over(self) -> ReadingQuerySet:
        return self.filter(ends_at__gt=Now(), ended_at=None)

    def with_state(self) -> ReadingQuerySet:
        """Annotates `state` by the database's clock: coming, open, over, ended."""
        return self.annotate(
            state=models.Case(
                models.When(ended_at__isnull=False, then=models.Value("ended_early")),
                models.When(ends_at__lte=Now(), then=models.Value("reading_over")),
                models.When(starts_at__gt=Now(), then=models.Value("reading_coming")),
                default=models.Value("reading_open"),
            )
        )


def within(actor: Actor, body: str, year: str) -> Q:
    """Fills `portal.access.opened`: the row's award stands open to this reader now."""
    cases = apps.get_model("readings", "ReadingCase").objects.filter(
        reading__in=apps.get_model("readings", "Reading").objects.opened_now(actor),
        award__grantee_id=OuterRef(body),
        award__programme_id=OuterRef(year),
    )
    return Q(Exists(cases))


def within_case(actor: Actor, case: str) -> Q:
    """Fills `portal.access.opened_case`: the row's case is a filing that this reader sees."""
    filings = apps.get_model("filings", "Filing").objects.for_user(actor)
    return Q(Exists(filings.filter(pk=OuterRef(case))))
