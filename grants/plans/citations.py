"""What plans rest on which agenda items (要領3(2), 4(2)), as a reader of the platform may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from platforms.api import Use
from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .models import PlannedActivity, PlanRevision

_PLATFORM_PART = "プラットフォームの構築"


def uses_of_agenda_items(items: Collection[UUID], actor: Actor) -> dict[UUID, list[Use]]:
    """The body itself sees its drafts, others what was filed. Two queries."""
    activities = PlannedActivity.discussions.through.objects.filter(agendaitem_id__in=items)
    parts = PlanRevision.platform_discussions.through.objects.filter(agendaitem_id__in=items)
    found: dict[UUID, list[Use]] = {}
    for pk, use in (
        *_uses(activities, "plannedactivity", "plannedactivity__revision", actor),
        *_uses(parts, "", "planrevision", actor),
    ):
        found.setdefault(pk, []).append(use)
    return found


def _uses(rows: Any, named: str, revision: str, actor: Actor) -> Iterable[tuple[UUID, Use]]:
    joined = rows.select_related(
        *([named] if named else []),
        f"{revision}__filing",
        f"{revision}__plan__programme",
    )
    for row in joined.order_by(f"-{revision}__plan__programme__fiscal_year", "pk"):
        held: Any = row
        for part in revision.split("__"):
            held = getattr(held, part)
        filing = held.filing
        if actor.role not in PREFECTURE and not filing.number:
            continue
        name = getattr(row, named).name if named else _PLATFORM_PART
        label = f"{held.plan.programme.year_label} {name or '名称のない取組'}"
        opens = actor.role in PREFECTURE | CABINET_OFFICE
        url = filing.get_absolute_url() if opens else ""
        yield row.agendaitem_id, Use(label, filing.get_state_display(), url)
