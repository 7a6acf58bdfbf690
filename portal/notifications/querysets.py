from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from portal.core.actor import Actor


class NoticeQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> NoticeQuerySet:
        if actor.is_system:
            return self
        own = self.filter(organisation_id=actor.organisation_id, roles__contains=[actor.role])
        return own.filter(Q(users=[]) | Q(users__contains=[actor.user_id]))

    def with_read_mark(self, actor: Actor) -> NoticeQuerySet:
        readings = self.model.readings.rel.related_model.objects.filter(
            notice_id=OuterRef("pk"), user_id=actor.user_id
        )
        return self.annotate(is_read=Exists(readings))

    def unread_by(self, actor: Actor) -> NoticeQuerySet:
        return self.for_user(actor).with_read_mark(actor).filter(is_read=False)
