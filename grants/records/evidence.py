"""Photos, attendance sheets and the like of a period: kept with their hash, photos without origin."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Document, Limits, attach, take_away

from .models import PeriodReport

EVIDENCE = "records:evidence"
_MEGABYTE = 1024 * 1024


def evidence_of(report: PeriodReport) -> QuerySet[Document]:
    found: QuerySet[Document] = Document.objects.of_subject(report).filter(kind=EVIDENCE)
    return found


def add_evidence(*, actor: Actor, report: PeriodReport, upload: UploadedFile) -> Document:
    """While the contractor holds the period. Raises ValidationError and Refused."""
    terms = report.contract.award.programme.terms()
    with transaction.atomic():
        locked = PeriodReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not locked.is_with_contractor:
            raise Refused(["提出した月報の資料は変えられません。"])
        paper = attach(
            actor=actor,
            upload=upload,
            kind=EVIDENCE,
            subject=locked,
            limits=Limits(
                file_bytes=terms.file_limit_mb * _MEGABYTE,
                total_bytes=terms.filing_limit_mb * _MEGABYTE,
                already_bytes=sum(evidence_of(locked).values_list("size", flat=True)),
            ),
            keeps_origin=False,
        )
        # Read through the period alone: others of the same body may not be on this contract.
        paper.readers.clear()
        record(
            actor,
            "records.evidence",
            "月報の資料を追加する",
            locked,
            case_id=locked.case_id,
            data={"said": {"資料": paper.title}},
            visibility=Visibility.ORGANISATION,
        )
    return paper


def removable(report: PeriodReport) -> QuerySet[Document]:
    """Added since the period was last submitted: what a version was sealed beside stays."""
    found = evidence_of(report)
    if report.submitted_at is not None:
        found = found.filter(created_at__gt=report.submitted_at)
    return found if report.is_with_contractor else found.none()


def remove_evidence(*, actor: Actor, report: PeriodReport, paper: Document) -> None:
    """A sheet with names that came by mistake leaves, bytes and all. Raises Refused."""
    with transaction.atomic():
        locked = PeriodReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        found = removable(locked).filter(pk=paper.pk).first()
        if found is None:
            raise Refused(["提出した月報の資料は外せません。"])
        record(
            actor,
            "records.remove_evidence",
            "月報の資料を外す",
            locked,
            case_id=locked.case_id,
            data={"said": {"識別値": found.sha256}},
            visibility=Visibility.ORGANISATION,
        )
        take_away(found)
