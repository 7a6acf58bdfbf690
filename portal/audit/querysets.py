from __future__ import annotations

from uuid import UUID

from django.db import models

from portal.core.actor import Actor

# The role that reads everything and changes nothing.
_AUDITOR = "auditor"


class EventQuerySet(models.QuerySet):  # the model imports this module
    def of_case(self, case_id: UUID) -> EventQuerySet:
        return self.filter(case_id=case_id).order_by("seq")

    def about(self, subject: models.Model) -> EventQuerySet:
        own = models.Q(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
        return self.filter(own | models.Q(case_id=subject.pk)).order_by("seq")

    def readable_by(self, actor: Actor) -> EventQuerySet:
        """Of a case that the actor may see: internal events only to their own office and auditors."""
        if actor.role == _AUDITOR or actor.is_system:
            return self
        return self.exclude(
            models.Q(visibility="organisation") & ~models.Q(organisation_id=actor.organisation_id)
        )

    def containing(self, word: str) -> EventQuerySet:
        """In the words of the act, its object, or who did it."""
        return self.filter(
            models.Q(label__icontains=word)
            | models.Q(subject_label__icontains=word)
            | models.Q(actor_name__icontains=word)
            | models.Q(organisation_name__icontains=word)
        )
