from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONArray, JSONObject

from portal.core.actor import Actor


class ProgrammeQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ProgrammeQuerySet:
        """The terms of a year are public to everyone who has an account."""
        return self

    def newest_first(self) -> ProgrammeQuerySet:
        return self.order_by("-fiscal_year")

    def with_terms(self, day: date) -> ProgrammeQuerySet:
        """`texts`: (key, text) that hold on the day, a later one after an earlier; `sorts`: the
        expense categories as `terms.ExpenseCategory` names its fields."""
        values = apps.get_model("programmes", "ProgrammeValue").objects.filter(
            programme=OuterRef("pk"), effective_from__lte=day
        )
        categories = apps.get_model("programmes", "ExpenseCategory").objects.filter(
            programme=OuterRef("pk")
        )
        fields = ("code", "name", "is_eligible", "subsidy_only", "note")
        return self.annotate(
            texts=ArraySubquery(
                values.order_by("effective_from", "id").values(pair=JSONArray("key", "text"))
            ),
            sorts=ArraySubquery(
                categories.order_by("code").values(
                    fields=JSONObject(**{field: field for field in fields})
                )
            ),
        )


class RoundQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RoundQuerySet:
        """The rounds of a year are public, as its terms are."""
        return self

    def of(self, programme_id: Any, number: int) -> Any:
        """Raises DoesNotExist."""
        return self.select_related("programme").get(programme_id=programme_id, number=number)
