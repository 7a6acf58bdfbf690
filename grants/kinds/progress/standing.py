"""Who has reported on which day: of the bodies of a year, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.changes.api import Due, ProgressCall, ProgressReport, dues_of
from grants.filings.api import Filing, FilingState
from portal.core.actor import Actor

_WITH_THE_BODY = (FilingState.DRAFT, FilingState.RETURNED, FilingState.AWAITING_APPROVAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """One award and one day; `filing` is its report as far as this actor sees it."""

    award: Award
    due: Due
    filing: Filing | None

    @property
    def is_over(self) -> bool:
        """The work ended, or is reported on whole: nothing on its progress is taken any more."""
        return self.award.discontinued_on is not None or hasattr(self.award, "performance")

    @property
    def is_open(self) -> bool:
        """Not with the Cabinet Office yet, though the day has come."""
        if self.is_over or not self.is_reached:
            return False
        return self.filing is None or self.filing.state in _WITH_THE_BODY

    @property
    def is_reached(self) -> bool:
        return self.due.as_of <= timezone.localdate()

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due.due_on < timezone.localdate()


def standings(actor: Actor, awards: Any) -> list[Standing]:
    """Three queries, however many awards; days to come are left out."""
    found = list(
        awards.select_related("grantee__prefecture", "decision", "performance").prefetch_related(
            "programme"
        )
    )
    years = {award.programme_id for award in found}
    calls = list(ProgressCall.objects.filter(programme_id__in=years))
    reports = {
        (one.award_id, one.as_of): one.filing
        for one in ProgressReport.objects.for_user(actor)
        .filter(award__in=[award.pk for award in found])
        .exclude(filing__state=FilingState.WITHDRAWN)
        .select_related("filing__programme", "filing__grantee")
        .order_by("as_of")
    }
    rows = []
    for award in found:
        own = [call for call in calls if call.programme_id == award.programme_id]
        for due in dues_of(award, award.programme.terms(), own):
            standing = Standing(award, due, reports.get((award.pk, due.as_of)))
            if standing.is_reached:
                rows.append(standing)
    return rows


def due_of(award: Award, as_of: date | None) -> Due | None:
    """The one of that day, if it is one to report on and has come."""
    calls = ProgressCall.objects.filter(programme_id=award.programme_id).to(award.grantee_id)
    dues = dues_of(award, award.programme.terms(), calls)
    found = next((due for due in dues if due.as_of == as_of), None)
    return found if found is not None and found.as_of <= timezone.localdate() else None
