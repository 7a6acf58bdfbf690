"""The files of a case beside its text: which there are, and what was decided of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from grants.awards.api import Award
from grants.retention.api import documents_of
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Document, Limits, Origin, attach

from .models import DisclosureRequest, FileRuling
from .rules import file_reasons
from .services import locked_request, tell
from .states import FileOutcome

MASKED = "disclosure:masked"
_MEGABYTE = 1024 * 1024


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


def rule_on_file(
    *,
    actor: Actor,
    request: DisclosureRequest,
    document: Document,
    seen_version: int,
    outcome: str,
    ground: str = "",
    note: str = "",
    masked: UploadedFile | None = None,
) -> FileRuling:
    """A later ruling on the same file holds. A masked copy is kept beside the file, each by its hash.

    Raises Refused with every reason, Stale when somebody was first, ValidationError for a copy that
    cannot be taken.
    """
    with transaction.atomic():
        locked = locked_request(request, seen_version)
        if not attached_to(locked.award).filter(pk=document.pk).exists():
            raise Refused(["この案件のファイルから選んでください。"])
        before = FileRuling.objects.filter(request=locked, document=document).first()
        copy = _masked(actor, locked, masked) if masked is not None else None
        kept = copy or (before.masked if before is not None else None)
        reasons = list(
            file_reasons(
                outcome,
                ground=ground,
                masked=kept.sha256 if kept is not None else "",
                original=document.sha256,
            )
        )
        if reasons:
            raise Refused(reasons)
        made, _ = FileRuling.objects.update_or_create(
            request=locked,
            document=document,
            defaults={
                "outcome": outcome,
                "ground": ground if outcome in FileOutcome.hiding() else "",
                "note": note,
                "masked": kept if outcome == FileOutcome.PART else None,
                "decided_by_name": actor.name,
            },
        )
        said = {"扱い": made.get_outcome_display(), "ファイルの識別値": document.sha256}
        if made.masked is not None:
            said["覆った写しの識別値"] = made.masked.sha256
        tell(actor, "disclosures.rule_file", "ファイルの扱いを決める", locked, said)
    return made


def _masked(actor: Actor, request: DisclosureRequest, upload: UploadedFile) -> Document:
    terms = request.award.programme.terms()
    return attach(
        actor=actor,
        upload=upload,
        kind=MASKED,
        subject=request,
        limits=Limits(
            file_bytes=terms.file_limit_mb * _MEGABYTE,
            total_bytes=terms.filing_limit_mb * _MEGABYTE,
        ),
        case_id=request.pk,
    )


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
