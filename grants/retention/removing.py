"""What a case consists of, and how it is taken out of the portal: bytes and personal fields go, the
register, the hashes and the story stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from grants.allocations.api import Statement
from grants.awards.api import Award
from grants.contractors.api import Contract, ContractPaper, Invoice
from grants.filings.api import Filing
from grants.objections.api import Objection
from grants.plans.api import PlanRevision
from grants.records.api import PeriodReport, ReportVersion
from portal.documents.api import Document, render_html, replace_content

from .models import Disposal, RemovedFile
from .slots import Copy, cases_above, subjects_above

_NAME = "保存期間の満了により廃棄した書類.pdf"


def documents_of(award: Award) -> Any:
    """Every document of the case that has a file."""
    mine = {"programme_id": award.programme_id, "grantee_id": award.grantee_id}
    filings = Filing.objects.filter(**mine).values_list("pk", flat=True)
    objections = Objection.objects.filter(**mine).values_list("pk", flat=True)
    cases = {award.case_id, *filings, *objections, *cases_above(award)}
    rows = {str(pk) for pk in _subjects(award)} | subjects_above(award)
    found = Document.objects.filter(Q(case_id__in=cases) | Q(subject_id__in=rows))
    return found.exclude(file="").order_by("created_at", "pk")


def _subjects(award: Award) -> Iterator[Any]:
    """Rows whose papers stand under no case: sealed months, and what hangs on contracts."""
    months = PeriodReport.objects.filter(contract__award=award)
    for rows in (
        months,
        ReportVersion.objects.filter(report__in=months),
        Contract.objects.filter(award=award),
        ContractPaper.objects.filter(contract__award=award),
        Invoice.objects.filter(contract__award=award),
    ):
        yield from rows.values_list("pk", flat=True)


def personal_rows(award: Award) -> list[tuple[Any, dict[str, str]]]:
    """Who can be asked about a plan or a statement: names and numbers of people at the body."""
    mine = {"programme_id": award.programme_id, "grantee_id": award.grantee_id}
    filings = Filing.objects.filter(**mine)
    return [
        (PlanRevision.objects.filter(filing__in=filings), no_contact()),
        (Statement.objects.filter(filing__in=filings), no_contact()),
    ]


def no_contact() -> dict[str, str]:
    return {"contact_name": "", "contact_phone": ""}


def describe(
    disposal: Disposal,
    *,
    documents: Any,
    copies: Iterable[Copy],
    personal: list[tuple[Any, dict[str, str]]],
) -> None:
    """One transaction: the register is written whole, every file's place is taken by a page that
    says what became of it, personal fields are emptied. A repeat finds it done."""
    if disposal.removed.exists():
        return
    notice = render_html(render_to_string("pdf/removed.html", {"disposal": disposal}))
    for document in documents.select_for_update(of=("self",)):
        _enter(disposal, document.title, document.file, document.sha256, document.size, document)
        name = _NAME if document.original_name else document.title
        replace_content(
            document=document,
            content=notice,
            name=name,
            content_type="application/pdf",
            is_known_again=True,
        )
    for copy in copies:
        _enter(disposal, copy.label, copy.file, copy.sha256, copy.size)
        copy.forget()
    for rows, emptied in personal:
        rows.update(**emptied)


def _enter(
    disposal: Disposal, label: str, file: str, sha256: str, size: int, of: Any = None
) -> None:
    RemovedFile.objects.create(
        disposal=disposal,
        document_id=None if of is None else of.pk,
        label=label if of is None or not of.original_name else "添付された書類",
        file=file,
        sha256=sha256,
        size=size,
    )


def sweep(disposal: Disposal) -> None:
    """Takes from the storage what is still there. Of one that was killed between two files the marks
    are rolled back and the files stay gone: the next finds nothing to delete, and marks them."""
    for entry in disposal.removed.filter(removed_at=None):
        if Document.objects.filter(file=entry.file).exists():
            entry.is_shared = True
        elif default_storage.exists(entry.file):
            default_storage.delete(entry.file)
        entry.removed_at = timezone.now()
        entry.save(update_fields=["is_shared", "removed_at"])
