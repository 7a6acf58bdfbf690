from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE, Role
from portal.core.actor import Actor

# Who must know of everybody's conflicts: those who share out the work and those who audit it.
_OVERSEERS = frozenset({Role.DECIDER, Role.AUDITOR})


class ConflictQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ConflictQuerySet:
        """One's own; all of them to those who decide and audit."""
        if actor.is_system or actor.role in _OVERSEERS:
            return self
        if actor.role in CABINET_OFFICE:
            return self.filter(user_id=actor.user_id)
        return self.none()

    def standing(self) -> ConflictQuerySet:
        return self.filter(ended_at=None)


class SavedFilterQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> SavedFilterQuerySet:
        """A person's own, while they act for the Cabinet Office."""
        if actor.role not in CABINET_OFFICE:
            return self.none()
        return self.filter(user_id=actor.user_id)


class _OfficeQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> Any:
        """The Cabinet Office's own."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()


class BatchQuerySet(_OfficeQuerySet):
    pass


class NoteQuerySet(_OfficeQuerySet):
    pass


class SecondReadingQuerySet(_OfficeQuerySet):
    def standing(self) -> SecondReadingQuerySet:
        return self.filter(replaced_at=None)

    def standing_of(self, filing: Any) -> SecondReadingQuerySet:
        """At most one; with its reader and the version that they confirmed."""
        return self.standing().filter(filing=filing).select_related("reader", "confirmed_on")

    def awaiting(self, actor: Actor) -> SecondReadingQuerySet:
        """What this person was asked to read and has not read since the last version came."""
        version = models.F("filing__number")
        return self.standing().filter(
            models.Q(confirmed_on=None) | ~models.Q(confirmed_on__number=version),
            reader_id=actor.user_id,
            filing__state="under_review",
        )

    def for_lists(self) -> SecondReadingQuerySet:
        return self.select_related("filing__grantee", "named_by")


class QuestionQuerySet(_OfficeQuerySet):
    def asked(self) -> QuestionQuerySet:
        return self.filter(retired_at=None)
