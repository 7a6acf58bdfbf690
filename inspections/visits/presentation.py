"""What each side may see of a visit, in a fixed number of queries."""

from __future__ import annotations

from typing import Any

from portal.access.api import CABINET_OFFICE
from portal.core.actor import Actor
from portal.documents.api import Document

from .models import Paper, Visit


def context_of(visit: Visit, actor: Actor) -> dict[str, Any]:
    """The record is the office's alone until the results are issued."""
    is_shown = actor.role in CABINET_OFFICE or visit.is_result_known
    items = list(visit.items.all()) if is_shown else []
    return {
        "visit": visit,
        "grounds": visit.grounds,
        "team": list(visit.team.select_related("user")),
        "notices": list(visit.papers.all()),
        "papers": papers_of(visit, actor),
        "is_shown": is_shown,
        "items": items,
        "total": sum(item.amount for item in items),
        "found": sum(item.result == "found" for item in items),
        "questions": list(visit.questions.all()) if is_shown else [],
    }


def papers_of(visit: Visit, actor: Actor) -> list[Document]:
    """Its notices, and the files of its record once this reader may open them."""
    ids = [str(visit.pk), *(str(one) for one in visit.papers.values_list("pk", flat=True))]
    types = [Visit._meta.label_lower, Paper._meta.label_lower]
    found = Document.objects.for_user(actor).filter(subject_type__in=types, subject_id__in=ids)
    return list(found.order_by("created_at", "id"))
