from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from grants.contractors.api import Contract
from portal.access.api import CONTRACTOR
from portal.core.actor import Actor


class AccessKeyQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> AccessKeyQuerySet:
        """The contractor's own affair: of its people on the contract."""
        if actor.is_system:
            return self
        if actor.role not in CONTRACTOR:
            return self.none()
        mine = Contract.objects.as_party(actor).filter(pk=OuterRef("contract_id"))
        return self.filter(Exists(mine))

    def with_everything(self) -> AccessKeyQuerySet:
        return self.select_related(
            "contract__contractor__grantee",
            "contract__contractor__organisation",
            "contract__award__decision",
            "acts_for",
            "use",
        )
