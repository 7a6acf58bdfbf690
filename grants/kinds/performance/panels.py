"""What a 実績報告 puts on the home pages: reports to write, and amounts to fix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from grants.awards.api import Award, report_due, unfinished_report_due
from grants.carryovers.api import years_of
from grants.filings.api import Filing, FilingState
from portal.access.api import Role
from portal.core.actor import Actor
from portal.core.dates import FiscalYear, now_jst, remaining_phrase
from portal.home.api import Panel

_WITH_WRITERS = (FilingState.DRAFT, FilingState.RETURNED)
_MOST = 6


def to_report(actor: Actor) -> Mapping[str, Any] | None:
    """Awards of years that are over or nearly so, without a report that was filed."""
    now, rows = now_jst(), []
    awards = (
        Award.objects.for_user(actor)
        .in_force()
        .filter(Q(performance=None) | Q(performance__filing__state__in=_WITH_WRITERS))
        .select_related("programme", "grantee", "performance__filing", "decision")
    )
    found = list(awards.order_by("programme__fiscal_year"))
    carried = years_of(award.pk for award in found)
    for award in found:
        years = carried.get(award.pk, 0)
        ends = FiscalYear(award.programme.fiscal_year + years).end
        report = getattr(award, "performance", None)
        is_early = timezone.localdate() < ends.replace(day=1)
        if is_early and report is None and award.discontinued_on is None:
            continue
        completed = report.completed_on if report is not None else None
        terms = award.programme.terms()
        due = report_due(award.discontinued_on or completed, terms, years)
        otherwise = (
            None if completed or award.discontinued_on else unfinished_report_due(terms, years)
        )
        rows.append((award, report, due, remaining_phrase(due.day, now), otherwise))
    return {"rows": rows[:_MOST]} if rows else None


def to_fix(actor: Actor) -> Mapping[str, Any] | None:
    waiting = list(
        Filing.objects.for_user(actor)
        .of_kind("performance")
        .filter(state="reviewed")
        .for_lists()
        .order_by("submitted_at")[:20]
    )
    return {"filings": waiting} if waiting else None


PANELS = (
    Panel(
        "reports",
        frozenset({Role.DRAFTER}),
        "home/panels/reports.html",
        to_report,
        "main",
        9,
    ),
    Panel("fixing", frozenset({Role.DECIDER}), "home/panels/fixing.html", to_fix, "main", 9),
)
