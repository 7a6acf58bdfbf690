from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from portal.access.api import CABINET_OFFICE, Role, opened_case
from portal.core.actor import Actor

from .states import Origin


class DocumentQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> DocumentQuerySet:
        """Organisations named as readers, and the Cabinet Office where the document was filed."""
        if actor.is_system:
            return self
        readers = self.model.readers.through.objects.filter(
            document_id=OuterRef("pk"), organisation_id=actor.organisation_id
        )
        mine = models.Q(Exists(readers))
        if actor.role in CABINET_OFFICE:
            mine |= models.Q(is_filed=True)
        if actor.role == Role.READER:
            mine = models.Q(opened_case(actor, "case_id"), is_filed=True)
        return self.filter(mine)

    def of_subject(self, subject: models.Model) -> DocumentQuerySet:
        return self.filter(
            subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
        ).order_by("created_at", "id")

    def issued_under(self, seal: str) -> DocumentQuerySet:
        """Papers that somebody issued with this SHA-256 printed on them, the first one first."""
        issued = self.filter(payload_hash=seal, origin=Origin.GENERATED).exclude(issued_by="")
        return issued.order_by("created_at")
