from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Q

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .states import OWED, InquiryState, ReplyState


class InquiryQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> InquiryQuerySet:
        """The Cabinet Office's: a prefecture sees its own reply, never who else was asked."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()

    def with_counts(self) -> InquiryQuerySet:
        return self.annotate(
            asked=Count("replies"),
            owed=Count("replies", filter=Q(replies__state__in=OWED)),
            unread=Count("replies", filter=Q(replies__state=ReplyState.ANSWERED)),
        )


class ReplyQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ReplyQuerySet:
        """A prefecture's own, which exist once the inquiry is open."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()

    def owed(self) -> ReplyQuerySet:
        return self.filter(state__in=OWED, inquiry__state=InquiryState.OPEN)

    def for_lists(self) -> ReplyQuerySet:
        return self.select_related("inquiry", "grantee")
