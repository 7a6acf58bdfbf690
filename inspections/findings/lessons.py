"""What the findings of all bodies teach: similar ones, and how often each fault came up. No body is
named to another: a prefecture reads counts, and its own findings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from grants.guideline.api import clause
from portal.core.actor import Actor

from .models import Finding
from .taxonomy import FAULTS

_YEAR = "visit__award__programme__fiscal_year"
_BODY = "visit__award__grantee"
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Similar:
    """`findings` are those this reader may open, `others` the number of other bodies with one."""

    findings: tuple[Finding, ...]
    others: int


def similar_to(finding: Finding, actor: Actor) -> Similar:
    """Ruled to be so, of the same fault or against the same clause. Two queries."""
    same = Q(code=finding.code)
    if finding.clause_number:
        same |= Q(clause_number=finding.clause_number)
    found = Finding.objects.ruled().filter(same).exclude(pk=finding.pk)
    elsewhere = found.exclude(visit__award__grantee_id=finding.grantee_id)
    others = elsewhere.aggregate(count=Count(_BODY, distinct=True))["count"]
    mine = found.for_user(actor).for_lists().order_by("-issued_on", "pk")[:_SHOWN]
    return Similar(tuple(mine), others)


@dataclass(frozen=True, slots=True)
class Lesson:
    """`by_year` in the order of the years of the table."""

    label: str
    group: str
    by_year: tuple[int, ...]
    bodies: int

    @property
    def total(self) -> int:
        return sum(self.by_year)


@dataclass(frozen=True, slots=True)
class Lessons:
    """The most frequent first."""

    years: tuple[int, ...]
    by_fault: tuple[Lesson, ...]
    by_clause: tuple[Lesson, ...]


def lessons() -> Lessons:
    """Of all findings that were ruled to be so. Three queries."""
    ruled = Finding.objects.ruled().order_by()
    years = tuple(sorted(set(ruled.values_list(_YEAR, flat=True))))
    faults = _counted(ruled, "code", years)
    clauses = _counted(ruled.exclude(clause_number=""), "clause_number", years)
    return Lessons(
        years,
        tuple(Lesson(FAULTS[code].label, FAULTS[code].group, *counts) for code, counts in faults),
        tuple(
            Lesson(clause(number).shown, clause(number).subject, *counts)
            for number, counts in clauses
        ),
    )


def _counted(ruled: Any, name: str, years: tuple[int, ...]) -> list[tuple[str, Any]]:
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    bodies: dict[str, set[Any]] = defaultdict(set)
    for value, year, body, count in ruled.values_list(name, _YEAR, _BODY).annotate(
        count=Count("pk")
    ):
        counts[value][year] = counts[value].get(year, 0) + count
        bodies[value].add(body)
    found = [
        (value, (tuple(by_year.get(year, 0) for year in years), len(bodies[value])))
        for value, by_year in counts.items()
    ]
    return sorted(found, key=lambda row: (-sum(row[1][0]), row[0]))
