"""Samples of an inspection: a visit of the award, where there is one yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing
from inspections.visits.api import Visit, plan_visit
from portal.access.api import Role
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

if TYPE_CHECKING:
    from tests.access.everyone import Everyone


def inspection_samples(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """A visit that the body knows of."""
    award = Award.objects.filter(decision__filing=filing).first()
    if award is None:
        return {Visit: uuid4()}
    return {Visit: _visit(everyone, award).pk}


def _visit(everyone: Everyone, award: Award) -> Visit:
    inspector, today = everyone.actors[Role.INSPECTOR], timezone.localdate()
    assert inspector.user_id is not None
    values = {
        "award": award,
        "contract": None,
        "contract_article": "",
        "kind": "on_site",
        "planned_on": today,
        "place": "長野県庁",
        "scope": "支出の証拠書類",
    }
    visit = plan_visit(actor=inspector, values=values, team=[(inspector.user_id, "第214号")])
    number = read_document_number("府孤推第911号").value
    data = {"document_number": number, "decided_on": today, "issued_on": today}
    perform(Visit, visit.pk, "notify", everyone.actors[Role.DECIDER], data=data)
    return visit
