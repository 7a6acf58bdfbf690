"""The files of a case beside its text: which there are, and what was decided of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from grants.awards.api import Award
from grants.retention.api import documents_of
from portal.documents.api import Document, Origin

from .models import DisclosureRequest, FileRuling
from .states import FileOutcome


@dataclass(frozen=True, slots=True)
class CaseFile:
    """`ruling` is empty while nothing was decided of it. Numbered as the index lists them."""

    number: int
    document: Document
    ruling: FileRuling | None

    @property
    def given(self) -> Document | None:
        """What the requester gets of it: the file itself, its masked copy, or nothing."""
        if self.ruling is None:
            return None
        whole = self.document if self.ruling.outcome == FileOutcome.WHOLE else None
        return self.ruling.masked or whole


def attached_to(award: Award) -> QuerySet[Document]:
    """What people attached and filed to the Cabinet Office; its own working files are no part of it."""
    found: QuerySet[Document] = documents_of(award)
    return found.filter(origin=Origin.UPLOADED, is_filed=True)


def files_of(request: DisclosureRequest) -> list[CaseFile]:
    """In the order in which they came. Two queries, and those that find the case."""
    rulings = {one.document_id: one for one in request.files.select_related("masked", "document")}
    return [
        CaseFile(number, document, rulings.get(document.pk))
        for number, document in enumerate(attached_to(request.award), start=1)
    ]


def undecided_files(request: DisclosureRequest) -> int:
    return sum(one.ruling is None for one in files_of(request))


def as_listed(files: list[CaseFile], hide: Any) -> list[dict[str, Any]]:
    """The index of the files, as it is kept and printed: names without what is hidden in the text."""
    made = []
    for one in files:
        ruling = one.ruling
        if ruling is None or ruling.outcome == FileOutcome.OUT:
            continue
        basis = ruling.basis
        made.append(
            {
                "number": one.number,
                "title": hide(one.document.title),
                "outcome": ruling.get_outcome_display(),
                "sha256": one.document.sha256,
                "given_sha256": one.given.sha256 if one.given is not None else "",
                "article": basis.article if basis is not None else "",
                "reason": f"{basis.title}。{basis.text}" if basis is not None else "",
                "note": hide(ruling.note),
            }
        )
    return made
