"""Files that go with an application: what is required, what is there, what is still allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from grants.filings.api import Filing, attachments_of
from grants.plans.api import BudgetMeasure, LatePaper
from portal.documents.api import Document, Limits

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of paper that the programme asks for, with the files given so far.

    `due_on` is set where it awaits the council and is handed in later, without a return.
    """

    key: str
    label: str
    note: str
    is_required: bool
    documents: tuple[Document, ...]
    due_on: date | None = None
    may_come_late: bool = False

    @property
    def is_missing(self) -> bool:
        return self.is_required and not self.documents and self.due_on is None

    @property
    def is_awaited(self) -> bool:
        return self.due_on is not None and not self.documents


def limits_for(filing: Filing) -> Limits:
    """In bytes, from the programme, with what this filing has already."""
    terms = filing.programme.terms()
    return Limits(
        file_bytes=terms.file_limit_mb * _MEGABYTE,
        total_bytes=terms.filing_limit_mb * _MEGABYTE,
        already_bytes=sum(document.size for document in attachments_of(filing)),
    )


def slots(filing: Filing) -> list[Slot]:
    """In the programme's order, その他 last. One query, two while the council has not voted."""
    late = late_papers([filing]).get(filing.pk, {})
    given: dict[str, list[Document]] = {}
    for document in attachments_of(filing):
        given.setdefault(document.kind.partition(":")[2], []).append(document)
    found = [
        Slot(
            a.key,
            a.label,
            a.note,
            a.is_required and filing.kind == "application",
            tuple(given.pop(a.key, ())),
            late.get(a.key),
            a.may_come_late,
        )
        for a in filing.programme.terms().papers
    ]
    approval = given.pop("approval", [])
    if approval:
        found.append(Slot("approval", "庁内の決裁文書", "", False, tuple(approval)))
    rest = tuple(document for documents in given.values() for document in documents)
    return [*found, Slot("other", "その他の資料", "", False, rest)]


def late_papers(filings: Iterable[Filing]) -> dict[UUID, dict[str, date]]:
    """Papers marked 議決後に提出 with their dates, by filing; at most one query."""
    pending = {
        filing.plan_revision.pk: filing.pk
        for filing in filings
        if filing.revision is not None and filing.revision.budget_measure == BudgetMeasure.PENDING
    }
    found: dict[UUID, dict[str, date]] = {}
    if pending:
        for paper in LatePaper.objects.filter(revision__in=list(pending)).order_by("key"):
            found.setdefault(pending[paper.revision_id], {})[paper.key] = paper.due_on
    return found
