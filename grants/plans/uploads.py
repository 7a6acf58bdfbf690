"""Taking a workbook: read within limits, compared with the plan, and written all or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from grants.programmes.api import Terms
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Limits as FileLimits
from portal.documents.api import attach, read_file
from portal.spreadsheets.api import (
    Limits,
    UploadRefusedError,
    Workbook,
    annotated_copy,
    open_upload,
    read_about,
)

from .comparison import Comparison, NewRow, compare
from .forms import line_amount
from .models import BudgetLine, Income, PlannedIndicator, PlanRevision, PlanUpload, Section
from .services import remember_editor
from .workbook import is_older, plan_tables, refusal

_MEGABYTE = 1024 * 1024
# Far above any plan; a mistake in a file is found before it costs anything.
_MOST_ROWS = 5_000


def receive_workbook(*, actor: Actor, revision: PlanRevision, upload: UploadedFile) -> PlanUpload:
    """Keeps a workbook that is one for this revision. Raises ValidationError with the reason."""
    terms = revision.plan.programme.terms()
    try:
        workbook = _opened(upload.read(), upload.name or "", terms)
        reason = refusal(read_about(workbook), revision, terms)
        if reason:
            raise ValidationError(reason)
        compare(workbook, plan_tables(revision, terms))
    except UploadRefusedError as refused:
        raise ValidationError(refused.message) from None
    upload.seek(0)
    document = attach(
        actor=actor,
        upload=upload,
        kind="plan_workbook",
        subject=revision,
        limits=FileLimits(file_bytes=terms.file_limit_mb * _MEGABYTE),
        case_id=revision.filing.case_id,
    )
    return PlanUpload.objects.create(
        revision=revision, document=document, uploaded_by_id=actor.user_id
    )


def _opened(content: bytes, name: str, terms: Terms) -> Workbook:
    limits = Limits(max_bytes=terms.file_limit_mb * _MEGABYTE, max_rows=_MOST_ROWS)
    return open_upload(content, name, limits)


def open_kept(upload: PlanUpload) -> Workbook:
    """The workbook again, from the file as it was kept."""
    terms = upload.revision.plan.programme.terms()
    return _opened(read_file(upload.document), upload.document.title, terms)


def preview(upload: PlanUpload, workbook: Workbook) -> tuple[Comparison, bool]:
    """What taking it would change now, and whether the plan was saved since it was made."""
    revision = upload.revision
    about = read_about(workbook)
    found = compare(workbook, plan_tables(revision, revision.plan.programme.terms()))
    return found, about is not None and is_older(about, revision)


def annotated(upload: PlanUpload) -> bytes:
    """The same workbook with every problem on its cell, and a list of them."""
    workbook = open_kept(upload)
    found, _ = preview(upload, workbook)
    return annotated_copy(read_file(upload.document), workbook, *found.marked)


def take_workbook(*, actor: Actor, upload: PlanUpload, seen: Mapping[str, int]) -> Comparison:
    """Writes all of it or nothing; `seen` are the versions of the sections that the preview showed.

    Raises Refused for a closed revision, a workbook with errors or one that was taken already, a
    section saved meanwhile, or one that still holds text that cannot be read.
    """
    workbook = open_kept(upload)
    with transaction.atomic():
        PlanRevision.objects.select_for_update(of=("self",)).get(pk=upload.revision_id)
        revision = PlanRevision.objects.with_everything().get(pk=upload.revision_id)
        held = PlanUpload.objects.select_for_update().get(pk=upload.pk)
        found = compare(workbook, plan_tables(revision, revision.plan.programme.terms()))
        reasons = _reasons(revision, held, found, seen)
        if reasons:
            raise Refused(reasons)
        _write(revision, found.rows)
        _count_up(revision, found.touched, actor)
        held.taken_at = timezone.now()
        held.save(update_fields=["taken_at"])
        remember_editor(revision, actor)
        kinds = {"新規": "new", "変更": "changed", "削除": "removed"}
        record(
            actor,
            "plans.take_workbook",
            "計画の表を取り込む",
            revision,
            case_id=revision.filing.case_id,
            visibility=Visibility.ORGANISATION,
            data={
                "said": {
                    **{label: f"{found.count(kind)}行" for label, kind in kinds.items()},
                    "ファイルの識別値": upload.document.sha256[:12],
                }
            },
        )
    return found


def _reasons(
    revision: PlanRevision, upload: PlanUpload, found: Comparison, seen: Mapping[str, int]
) -> list[str]:
    reasons = []
    if not revision.is_open:
        reasons.append("この計画は、決裁か審査の途中のため変更できません。")
    if upload.taken_at is not None:
        reasons.append("このファイルは、すでに取り込みました。")
    if found.errors:
        reasons.append(f"エラーが{found.errors}件あります。直したファイルを選び直してください。")
    for section in revision.sections.all():
        if section.key not in found.touched:
            continue
        if section.version != seen.get(section.key, 0):
            who = section.saved_by.name if section.saved_by else "ほかの人"
            reasons.append(
                f"この画面を開いた後に、{who}さんが保存した項目があります。"
                "何も取り込んでいません。違いを確かめ直してください。"
            )
        if section.raw:
            reasons.append(
                "読み取れない値が残っている項目があります。画面で直してから取り込んでください。"
            )
    return list(dict.fromkeys(reasons))


def _write(revision: PlanRevision, rows: Mapping[str, list[NewRow]]) -> None:
    activities = {f"activity:{a.uid}": a for a in revision.activities.all()}
    kept_codes = {str(one.uid): one.code for a in activities.values() for one in a.indicators.all()}
    BudgetLine.objects.filter(revision=revision).delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            revision=revision,
            uid=_uid(row),
            order=order,
            activity_uid=_activity_uid(row.values["section"]),
            amount=line_amount(row.values["quantity"], row.values["unit_price"]),
            **_without_section(row),
        )
        for order, row in enumerate(rows["lines"])
    )
    PlannedIndicator.objects.filter(activity__revision=revision).delete()
    PlannedIndicator.objects.bulk_create(
        PlannedIndicator(
            activity=activities[row.values["section"]],
            uid=_uid(row),
            order=order,
            code=kept_codes.get(row.uid or "", ""),
            **_without_section(row),
        )
        for order, row in enumerate(rows["indicators"])
    )
    Income.objects.filter(revision=revision).delete()
    Income.objects.bulk_create(
        Income(revision=revision, uid=_uid(row), order=order, **row.values)
        for order, row in enumerate(rows["incomes"])
    )


def _uid(row: NewRow) -> uuid.UUID:
    return uuid.UUID(row.uid) if row.uid else uuid.uuid4()


def _activity_uid(section: str) -> uuid.UUID | None:
    uid = section.partition(":")[2]
    return uuid.UUID(uid) if uid else None


def _without_section(row: NewRow) -> dict[str, Any]:
    return {key: value for key, value in row.values.items() if key != "section"}


def _count_up(revision: PlanRevision, touched: set[str], actor: Actor) -> None:
    """Each section that changed counts as saved, so that whoever has it open hears of it."""
    for key in sorted(touched):
        section, _ = Section.objects.get_or_create(revision=revision, key=key)
        section.version += 1
        section.saved_by_id, section.saved_at = actor.user_id, timezone.now()
        section.save(update_fields=["version", "saved_by", "saved_at"])
    revision.save(update_fields=["updated_at"])
