"""A case is an award with all that belongs to it, or an application that never became one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grants.awards.api import Award, lock_award
from grants.filings.api import Filing
from grants.plans.api import PlanRevision

from .computing import kept_of
from .removing import documents_of, no_contact, personal_rows
from .rules import Kept
from .slots import Copy, copies_of
from .unawarded import papers_of, unawarded_of

Case = Award | Filing


def kept_of_case(case: Case) -> Kept:
    if isinstance(case, Award):
        return kept_of([case])[case.pk]
    [found] = unawarded_of(Filing.objects.filter(pk=case.pk))
    return found.kept


def documents_of_case(case: Case) -> Any:
    return documents_of(case) if isinstance(case, Award) else papers_of(case)


def copies_of_case(case: Case) -> Iterable[Copy]:
    """Kits and files for disclosure are made of awards alone."""
    return copies_of(case) if isinstance(case, Award) else ()


def personal_rows_of_case(case: Case) -> list[tuple[Any, dict[str, str]]]:
    if isinstance(case, Award):
        return personal_rows(case)
    return [(PlanRevision.objects.filter(filing=case), no_contact())]


def lock_case(case: Case) -> None:
    """Call inside a transaction: two measures on one case wait for each other."""
    if isinstance(case, Award):
        lock_award(case)
    else:
        Filing.objects.select_for_update(of=("self",)).get(pk=case.pk)
