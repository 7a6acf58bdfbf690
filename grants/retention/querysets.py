from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE
from portal.core.actor import Actor

from .states import DisposalState


class DisposalQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> DisposalQuerySet:
        """The Cabinet Office's own affair; a body sees until when its case is kept."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()

    def for_pages(self) -> DisposalQuerySet:
        return self.select_related(
            "award__grantee",
            "award__programme",
            "award__decision",
            "filing__grantee",
            "filing__programme",
        )

    def extensions(self) -> DisposalQuerySet:
        return self.filter(state=DisposalState.EXTENDED)
