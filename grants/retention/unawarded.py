"""Applications that never became an award, with their plans: until when they are kept. In a fixed
number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing, FilingState
from grants.objections.api import Objection
from grants.programmes.api import terms_by_year
from portal.audit.api import Event
from portal.core.actor import Actor
from portal.core.dates import FiscalYear
from portal.documents.api import Document

from .models import Disposal
from .rules import Kept, kept_without_award
from .states import Measure

# The acts after which nothing is left to do on an application without an award.
_ENDS = ("filings.application.decline", "filings.application.withdraw")


@dataclass(frozen=True, slots=True)
class Unawarded:
    """`disposal` is the newest measure on it, as far as the one who asks sees them."""

    filing: Filing
    kept: Kept
    disposal: Disposal | None = None

    @property
    def year(self) -> int | None:
        """The fiscal year in which its keeping ends."""
        return None if self.kept.until is None else int(FiscalYear.of(self.kept.until))


def applications() -> QuerySet[Filing]:
    """Declined or withdrawn, and no award came of them; one withdrawn under 9条 has its award."""
    ended: QuerySet[Filing] = Filing.objects.of_kind("application").filter(
        state__in=(FilingState.DECLINED, FilingState.WITHDRAWN)
    )
    return ended.exclude(pk__in=Award.objects.values("decision__filing_id"))


def unawarded_of(filings: QuerySet[Filing]) -> list[Unawarded]:
    found = list(
        filings.select_related("programme", "grantee").order_by(
            "programme__fiscal_year", "grantee__prefecture_id", "created_at"
        )
    )
    terms = terms_by_year({one.programme_id for one in found}, timezone.localdate())
    ended, objecting, extended = _ended(found), _objecting(found), _extended(found)
    return [
        Unawarded(
            one,
            kept_without_award(
                ended.get(one.case_id),
                ["終わっていない不服の申出があります。"]
                if (one.programme_id, one.grantee_id) in objecting
                else [],
                years=terms[one.programme_id].unawarded_retention_years,
                extended_until=extended.get(one.pk),
            ),
        )
        for one in found
    ]


def by_year(actor: Actor) -> dict[int | None, list[Unawarded]]:
    """As this actor sees them; under None what has no end yet."""
    years: dict[int | None, list[Unawarded]] = defaultdict(list)
    seen = Filing.objects.for_user(actor).filter(pk__in=applications().values("pk"))
    measures = {
        one.filing_id: one
        for one in Disposal.objects.for_user(actor)
        .filter(filing__in=seen.values("pk"))
        .order_by("proposed_at")
    }
    for one in unawarded_of(seen):
        years[one.year].append(replace(one, disposal=measures.get(one.filing.pk)))
    return dict(years)


def papers_of(filing: Filing) -> QuerySet[Document]:
    """Its papers and attachments, those of its plan too."""
    found: QuerySet[Document] = Document.objects.filter(case_id=filing.case_id).exclude(file="")
    return found.order_by("created_at", "pk")


def _ended(filings: list[Filing]) -> dict[UUID, date]:
    cases = [one.case_id for one in filings]
    events = Event.objects.filter(case_id__in=cases, verb__in=_ENDS).order_by("seq")
    return {case: timezone.localdate(at) for case, at in events.values_list("case_id", "at")}


def _extended(filings: list[Filing]) -> dict[UUID, date]:
    rows = Disposal.objects.extensions().filter(filing__in=filings, measure=Measure.EXTEND)
    return dict(rows.order_by("extend_until").values_list("filing_id", "extend_until"))


def _objecting(filings: list[Filing]) -> set[tuple[Any, Any]]:
    """By body and year, as with awards."""
    years = {one.programme_id for one in filings}
    under_way = Objection.objects.under_way().filter(programme__in=years)
    return set(under_way.values_list("programme_id", "grantee_id"))
