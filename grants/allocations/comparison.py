"""All answers to a survey side by side, and what each body wishes in a round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from grants.awards.api import Award
from grants.filings.api import Filing, SealedVersion
from portal.accounts.api import Organisation

from .models import Survey
from .statements import NeedsRow, sealed_rows
from .states import SurveyKind


@dataclass(frozen=True, slots=True)
class Answer:
    """One body's line. Yen; what it has not filed yet is None. `last_year` is the amount decided."""

    grantee: Organisation
    filing: Filing | None
    sealed: SealedVersion | None
    amounts: dict[str, Any] | None
    rows: tuple[NeedsRow, ...]
    last_year: int | None

    @property
    def state(self) -> str:
        """Of what the Cabinet Office may know: a draft is the prefecture's own affair."""
        return self.filing.state if self.filing is not None else "not_started"

    @property
    def wish(self) -> int | None:
        return None if self.sealed is None else sum(row.wish for row in self.rows)

    @property
    def count(self) -> int | None:
        return None if self.sealed is None else sum(row.count for row in self.rows)

    @property
    def total(self) -> int | None:
        return None if self.amounts is None else int(self.amounts["a"])

    @property
    def income(self) -> int | None:
        return None if self.amounts is None else int(self.amounts["b"])

    @property
    def eligible(self) -> int | None:
        return None if self.amounts is None else int(self.amounts["d"])

    @property
    def difference(self) -> int | None:
        if self.wish is None or self.last_year is None:
            return None
        return self.wish - self.last_year


@dataclass(frozen=True, slots=True)
class Comparison:
    survey: Survey
    answers: tuple[Answer, ...]

    @property
    def answered(self) -> list[Answer]:
        return [one for one in self.answers if one.sealed is not None]

    @property
    def missing(self) -> list[Answer]:
        return [one for one in self.answers if one.sealed is None]

    def sum_of(self, name: str) -> int:
        return sum(getattr(one, name) or 0 for one in self.answers)

    @property
    def sums(self) -> dict[str, int]:
        names = ("count", "total", "income", "eligible", "wish", "last_year")
        return {name: self.sum_of(name) for name in names}


def comparison(survey: Survey) -> Comparison:
    """Every eligible body in the order of the prefectures; the same queries for three and for 47."""
    kinds = survey.programme.terms().eligible_bodies
    bodies = Organisation.objects.filter(kind__in=kinds).order_by("prefecture_id", "name")
    filings = {
        filing.grantee_id: filing
        for filing in Filing.objects.of_kind(survey.kind)
        .filed()
        .filter(programme_id=survey.programme_id, round_number=survey.round_number)
        .order_by("created_at")
    }
    versions = {
        sealed.filing_id: sealed for sealed in SealedVersion.objects.latest_of(filings.values())
    }
    before = last_year_amounts(survey.programme.fiscal_year)
    return Comparison(
        survey,
        tuple(
            _answer(body, filings.get(body.pk), versions, before.get(body.pk)) for body in bodies
        ),
    )


def _answer(
    body: Organisation,
    filing: Filing | None,
    versions: dict[UUID, SealedVersion],
    last_year: int | None,
) -> Answer:
    sealed = versions.get(filing.pk) if filing is not None else None
    if sealed is None:
        return Answer(body, filing, None, None, (), last_year)
    content = sealed.content
    return Answer(body, filing, sealed, content["amounts"], sealed_rows(content), last_year)


def last_year_amounts(fiscal_year: int) -> dict[UUID, int]:
    """What was decided in the year before, in yen, by body. One query."""
    found = Award.objects.in_force().filter(programme__fiscal_year=fiscal_year - 1)
    return dict(found.values_list("grantee_id", "amount"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a body wishes in a round, in yen, and the filing that says so."""

    grantee_id: UUID
    amount: int
    filing: Filing

    @property
    def label(self) -> str:
        return str(SurveyKind(self.filing.kind).label)


def wishes(
    programme_id: Any, round_number: int, grantees: Iterable[UUID] | None = None
) -> dict[UUID, Wish]:
    """By body: of the 協議 where it was filed, else of the 所要額調査. One query."""
    filings = (
        Filing.objects.of_kind(*SurveyKind.values)
        .filed()
        .filter(programme_id=programme_id, round_number=round_number)
        .exclude(requested_amount=None)
        # «consultation» before «needs»: what comes later in the loop is what counts.
        .order_by("-kind", "created_at")
    )
    if grantees is not None:
        filings = filings.filter(grantee_id__in=list(grantees))
    return {
        filing.grantee_id: Wish(filing.grantee_id, int(filing.requested_amount), filing)
        for filing in filings
    }
