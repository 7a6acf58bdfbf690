"""What a survey puts on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.allocations.api import Survey
from grants.filings.api import Filing
from portal.access.api import PREFECTURE, Role
from portal.core.actor import Actor
from portal.core.dates import now_jst, remaining_phrase
from portal.home.api import Panel

# A survey nobody asks about any more leaves the home page.
LONG_PAST = timedelta(days=60)


def open_surveys(actor: Actor) -> Mapping[str, Any] | None:
    """Surveys not answered yet, soonest first; nothing when all are."""
    surveys = list(Survey.objects.for_user(actor).newest_first()[:6])
    if not surveys:
        return None
    filings = {
        (f.programme_id, f.kind, f.round_number): f
        for f in Filing.objects.for_user(actor)
        .of_kind("needs", "consultation")
        .exclude(state="withdrawn")
        .order_by("created_at")
    }
    now = now_jst()
    rows = []
    for survey in sorted(surveys, key=lambda one: one.due_on):
        filing = filings.get((survey.programme_id, survey.kind, survey.round_number))
        if filing is None and survey.due_on < timezone.localdate() - LONG_PAST:
            continue
        if filing is None or filing.state in ("draft", "returned", "awaiting_approval"):
            rows.append((survey, filing, remaining_phrase(survey.due_on, now)))
    return {"rows": rows, "may_answer": actor.role == Role.DRAFTER} if rows else None


PANELS = (Panel("surveys", PREFECTURE, "home/panels/surveys.html", open_surveys, "main", 8),)
