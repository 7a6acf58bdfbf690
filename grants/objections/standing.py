"""What the page of an act shows of the objection against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from grants.filings.api import Filing
from portal.access.api import decide
from portal.core.actor import Actor

from .acts import Act, act_of
from .models import Objection
from .rules import Count, count_from


@dataclass(frozen=True, slots=True)
class Standing:
    """`may_start` for whoever writes for the body, as long as none stands."""

    act: Act
    count: Count | None
    is_late: bool
    objection: Objection | None
    may_start: bool


def standings(acts: Iterable[Act | None], actor: Actor) -> list[Standing]:
    """One query for all of them."""
    known = [act for act in acts if act is not None]
    found = {
        (one.act_kind, one.act_id): one
        for one in Objection.objects.for_user(actor)
        .standing()
        .filter(act_id__in=[act.pk for act in known])
    }
    today, may_write = timezone.localdate(), bool(decide(actor, "objections.write"))
    return [_standing(act, found.get((act.kind, act.pk)), may_write, today) for act in known]


def _standing(act: Act, objection: Objection | None, may_write: bool, today: Any) -> Standing:
    count = count_from(act.arrived_on, None, act.programme.terms().appeal_days)
    is_late = count is not None and count.is_late(today)
    return Standing(act, count, is_late, objection, may_write and objection is None)


def of_filing(filing: Filing, actor: Actor) -> Mapping[str, Any]:
    decision = getattr(filing, "decision", None)
    act = act_of("decision", decision) if decision is not None else None
    return {"standings": standings([act], actor)}


def of_subjects(kinds: Iterable[tuple[str, Any]], actor: Actor) -> Mapping[str, Any]:
    """«settlement», a row of it; and so on: what one page is about."""
    return {"standings": standings([act_of(kind, row) for kind, row in kinds], actor)}
