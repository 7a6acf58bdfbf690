from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONArray, JSONObject

from portal.core.actor import Actor

from .terms import ExpenseCategory, RequiredPaper


class ProgrammeQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ProgrammeQuerySet:
        """The terms of a year are public to everyone who has an account."""
        return self

    def newest_first(self) -> ProgrammeQuerySet:
        return self.order_by("-fiscal_year")

    def with_terms(self, day: date) -> ProgrammeQuerySet:
        """`texts`: (key, text) that hold on the day, a later one after an earlier; `sorts` and
        `papers`: rows as `terms.ExpenseCategory` and `terms.RequiredPaper` name their fields."""
        values = apps.get_model("programmes", "ProgrammeValue").objects.filter(
            programme=OuterRef("pk"), effective_from__lte=day
        )
        categories = apps.get_model("programmes", "ExpenseCategory").objects.filter(
            programme=OuterRef("pk")
        )
        papers = apps.get_model("programmes", "RequiredAttachment").objects.filter(
            programme=OuterRef("pk")
        )
        return self.annotate(
            texts=ArraySubquery(
                values.order_by("effective_from", "id").values(pair=JSONArray("key", "text"))
            ),
            sorts=ArraySubquery(
                categories.order_by("code").values(fields=_fields_of(ExpenseCategory))
            ),
            papers=ArraySubquery(
                papers.order_by("order", "id").values(fields=_fields_of(RequiredPaper))
            ),
        )


def _fields_of(row: type[Any]) -> JSONObject:
    return JSONObject(**{field.name: field.name for field in fields(row)})


class RoundQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RoundQuerySet:
        """The rounds of a year are public, as its terms are."""
        return self

    def of(self, programme_id: Any, number: int) -> Any:
        """Raises DoesNotExist."""
        return self.select_related("programme").get(programme_id=programme_id, number=number)

    def for_body(self, grantee_id: Any) -> RoundQuerySet:
        """With `extended_to`: the latest closing that the body was given for the year, or None."""
        extensions = apps.get_model("programmes", "WindowExtension").objects.filter(
            programme=OuterRef("programme"), grantee_id=grantee_id
        )
        latest = extensions.order_by("-created_at", "-id").values("closes_at")[:1]
        return self.annotate(extended_to=models.Subquery(latest))
