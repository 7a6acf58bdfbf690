"""Months of a contract, files for them, and records typed one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from grants.activities.api import ACTIVITY_TYPES, Value, own_key
from grants.contractors.api import Contract
from portal.audit.api import Visibility, record
from portal.core.actor import Actor, system
from portal.core.problems import Refused, Stale
from portal.documents.api import Limits as FileLimits
from portal.documents.api import attach, read_file
from portal.outbox.api import enqueue, handles
from portal.prefectures.api import Municipality
from portal.spreadsheets.api import (
    Limits,
    ReadContext,
    UploadRefusedError,
    annotated_copy,
    open_upload,
    read_table,
)
from portal.workflow.api import perform

from .clearing import remember_cleared
from .columns import known_as
from .models import (
    ActivityRecord,
    ClearedText,
    ColumnName,
    PeriodReport,
    RecordBatch,
    key_columns,
)
from .reading import Known, read_month, reread, venue_of
from .states import BatchState, ReportState
from .values import pack, record_key

log = structlog.get_logger(__name__)

# A month of one contract is a few hundred rows; more is a mistake, said before it is read.
_LIMITS = Limits(max_rows=5_000, max_cells=200_000, max_characters=4_000_000)
_MEGABYTE = 1024 * 1024
_YEAR = timedelta(days=365)


def open_months(contract: Contract) -> None:
    """One report for each period and activity; asking twice makes none twice.

    Months that a change or a termination cut off go, unless something was entered or filed there.
    """
    contract.reports.filter(
        month__gt=contract.last_day, state=ReportState.OPEN, records=None, batches=None
    ).delete()
    own = _own_indicators(contract)
    for uid, indicators in own.items():
        untouched = contract.reports.filter(state=ReportState.OPEN, records=None)
        untouched.filter(activity_uid=uid).update(own_indicators=indicators)
    PeriodReport.objects.bulk_create(
        [
            PeriodReport(
                contract=contract,
                activity_uid=activity.activity_uid,
                type_code=activity.type_code,
                activity_name=activity.name,
                own_indicators=own.get(activity.activity_uid, []),
                month=first,
                last_month=last,
                due_on=contract.due_on(last),
            )
            for activity in contract.activities.all()
            for first, last in contract.periods
        ],
        ignore_conflicts=True,
    )


def _own_indicators(contract: Contract) -> dict[UUID, list[dict[str, str]]]:
    """What the plan in force says that an activity of its own kind (⑩) counts, by its uid."""
    codes = [kind.code for kind in ACTIVITY_TYPES if kind.has_own_indicators]
    uids = [a.activity_uid for a in contract.activities.all() if a.type_code in codes]
    if not uids:
        return {}
    planned = contract.award.revision.activities.filter(uid__in=uids).prefetch_related("indicators")
    return {
        activity.uid: [
            {
                "key": own_key(one.uid),
                "label": one.label,
                "unit": one.unit,
                "target": "" if one.target is None else f"{one.target:,.1f}".removesuffix(".0"),
            }
            for one in activity.indicators.all()
        ]
        for activity in planned
    }


# ---- Files ---------------------------------------------------------------------------------------


def receive(*, actor: Actor, report: PeriodReport, upload: UploadedFile) -> RecordBatch:
    """Keeps the file under its hash and asks a worker to read it.

    Raises ValidationError for what cannot be a table at all, and Refused for a month that is closed.
    """
    terms = report.contract.award.programme.terms()
    with transaction.atomic():
        locked = _open_report(report)
        document = attach(
            actor=actor,
            upload=upload,
            kind="records:upload",
            subject=locked,
            limits=FileLimits(file_bytes=terms.file_limit_mb * _MEGABYTE),
            is_table=True,
        )
        # Read through the month alone: others of the same body may not be on this contract.
        document.readers.clear()
        batch = RecordBatch.objects.create(
            report=locked, document=document, uploaded_by_id=actor.user_id
        )
        enqueue("records.read", f"{batch.pk}:1", {"pk": str(batch.pk)})
        record(
            actor,
            "records.receive",
            "活動実績のファイルを送る",
            batch,
            case_id=batch.case_id,
            data={"said": {"ファイル": document.title}},
            visibility=Visibility.ORGANISATION,
        )
    return batch


@handles("records.read")
def read_batch(payload: Mapping[str, Any]) -> None:
    """Reads the file in a child process and keeps what was found; a repeat does nothing."""
    batch = RecordBatch.objects.select_related(
        "document", "report__contract__contractor__grantee", "report__contract__award__programme"
    ).get(pk=payload["pk"])
    if batch.state != BatchState.RECEIVED:
        return
    reader = system("records.read")
    data: dict[str, Any]
    try:
        name, data = "finish_reading", {"reading": _read(batch)}
    except UploadRefusedError as refusal:
        name, data = "refuse", {"message": refusal.message}
    except (ValueError, OSError, KeyError):
        log.exception("records.read_failed", batch=str(batch.pk))
        message = "ファイルを読み取れませんでした。もう一度読み取るか、保存し直して選んでください。"
        name, data = "fail", {"message": message}
    perform(RecordBatch, batch.pk, name, reader, data=data)


def _read(batch: RecordBatch) -> dict[str, Any]:
    report = batch.report
    workbook = open_upload(read_file(batch.document), batch.document.title, _limits(report))
    return read_month(
        workbook,
        report.activity,
        context_of(report),
        known_of(report),
        batch.mends,
        names_for(batch),
    )


def names_for(batch: RecordBatch) -> dict[str, str]:
    """What this contractor calls its columns, as chosen for earlier files and for this one."""
    report = batch.report
    known = ColumnName.objects.names_of(report.contract.contractor_id, report.type_code)
    return known | batch.columns


def _limits(report: PeriodReport) -> Limits:
    megabytes = report.contract.award.programme.terms().file_limit_mb
    return Limits(
        max_bytes=megabytes * _MEGABYTE,
        max_rows=_LIMITS.max_rows,
        max_cells=_LIMITS.max_cells,
        max_characters=_LIMITS.max_characters,
    )


def context_of(report: PeriodReport) -> ReadContext:
    """What the sender's file leaves unsaid: prefecture, municipalities, days, what is no person."""
    prefecture = report.contract.contractor.grantee.prefecture_id
    names = Municipality.objects.within(prefecture).names_by_code() if prefecture else {}
    cleared = ClearedText.objects.filter(contractor_id=report.contract.contractor_id)
    return ReadContext(
        prefecture=prefecture,
        municipalities=names,
        period=report.period,
        cleared=frozenset(cleared.values_list("text", flat=True)),
    )


def known_of(report: PeriodReport) -> Known:
    """Two queries: the month's own records, and the numbers of the twelve months before."""
    own = dict(report.records.values_list("key", "values"))
    earlier = ActivityRecord.objects.filter(
        report__contract_id=report.contract_id,
        report__activity_uid=report.activity_uid,
        report__month__lt=report.month,
        report__month__gte=report.month - _YEAR,
    ).values_list("values", flat=True)
    past: dict[tuple[str, str], list[int]] = defaultdict(list)
    counted = [f.key for f in report.activity.entered_fields if f.required and f.kind == "count"]
    for values in earlier:
        name = venue_of(report.activity, values)
        for key in counted:
            if isinstance(values.get(key), int):
                past[key, name].append(values[key])
    return Known(own, {key: tuple(numbers) for key, numbers in past.items()})


def marked_copy(batch: RecordBatch) -> bytes:
    """The sender's file with what is wrong marked in it, as XLSX. Raises UploadRefusedError."""
    report = batch.report
    source = read_file(batch.document)
    workbook = open_upload(source, batch.document.title, _limits(report))
    context = context_of(report)
    spec = known_as(report.activity.record_spec, names_for(batch))
    sent = read_table(workbook, spec, context)
    left = reread(workbook, sent, spec, context, batch.mends)
    return annotated_copy(source, workbook, left)


def keep_answers(
    *,
    actor: Actor,
    batch: RecordBatch,
    seen_version: int,
    confirmations: Mapping[str, str],
    decisions: Mapping[str, str],
) -> RecordBatch:
    """Ticks, reasons and choices are saved as they are made: a draft, so no Event. Raises Stale."""
    with transaction.atomic():
        locked = RecordBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        if locked.state != BatchState.READ:
            raise Refused(["いまは答えられません。画面を読み込み直してください。"])
        locked.confirmations, locked.decisions = dict(confirmations), dict(decisions)
        locked.save(update_fields=["confirmations", "decisions"])
    return locked


def forget_column(*, actor: Actor, name: ColumnName) -> None:
    """The next file in which it stands is asked about again."""
    with transaction.atomic():
        record(
            actor,
            "records.forget_column",
            "列の名前を忘れる",
            name,
            data={"said": {"見出し": name.text, "読み方": name.meaning}},
            visibility=Visibility.ORGANISATION,
        )
        name.delete()


def forget_cleared(*, actor: Actor, cleared: ClearedText) -> None:
    """Where it stands next, it is asked about again."""
    with transaction.atomic():
        record(
            actor,
            "records.forget_cleared",
            "確かめた言葉を忘れる",
            cleared,
            data={"said": {"言葉": cleared.text, "理由": cleared.reason}},
            visibility=Visibility.ORGANISATION,
        )
        cleared.delete()


# ---- One by one ----------------------------------------------------------------------------------


def enter_record(
    *,
    actor: Actor,
    report: PeriodReport,
    row: Mapping[str, Value],
    approximate: Sequence[str] = (),
    confirmed: str = "",
    cleared: Sequence[str] = (),
) -> ActivityRecord:
    """A record typed into the form. Raises Refused for a key that is there already.

    `confirmed` is why what looked doubtful is right, `cleared` what of it is no person's from now on.
    """
    with transaction.atomic():
        locked = _open_report(report)
        packed = pack(row)
        try:
            with transaction.atomic():
                made = ActivityRecord.objects.create(
                    report=locked,
                    key=record_key(locked.activity, packed),
                    values=packed,
                    approximate=list(approximate),
                    entered_by_id=actor.user_id,
                    **key_columns(locked.activity, dict(row)),
                )
        except IntegrityError:
            raise Refused([_ALREADY_THERE]) from None
        remember_cleared(actor, locked, cleared, confirmed)
        _say(actor, "records.enter", "活動の記録を入力する", made, locked, confirmed)
    return made


def edit_record(
    *,
    actor: Actor,
    entry: ActivityRecord,
    seen_version: int,
    row: Mapping[str, Value],
    approximate: Sequence[str] = (),
    confirmed: str = "",
    cleared: Sequence[str] = (),
) -> None:
    """Raises Stale when someone else saved first, and Refused."""
    with transaction.atomic():
        report = _open_report(entry.report)
        locked = ActivityRecord.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        before = locked.values
        locked.values = before | pack(row)
        kept = [k for k in locked.approximate if before[k] == locked.values[k]]
        locked.approximate = sorted({*kept, *approximate})
        locked.key = record_key(report.activity, locked.values)
        locked.entered_by_id = actor.user_id  # type: ignore[assignment]  # a person types
        # Saving it is the answer to its return, whether a value was wrong or not.
        locked.return_reason = ""
        locked.version += 1
        for name, value in key_columns(report.activity, dict(row)).items():
            setattr(locked, name, value)
        try:
            with transaction.atomic():
                locked.save()
        except IntegrityError:
            raise Refused([_ALREADY_THERE]) from None
        remember_cleared(actor, report, cleared, confirmed)
        _say(actor, "records.edit", "活動の記録を直す", locked, report, confirmed)


def return_line(*, actor: Actor, entry: ActivityRecord, reason: str) -> None:
    """Marks one record of a submitted month; told with the return of the month. Raises Refused.

    An empty reason takes the mark off again.
    """
    with transaction.atomic():
        report = PeriodReport.objects.select_for_update(of=("self",)).get(pk=entry.report_id)
        if report.state != ReportState.SUBMITTED:
            raise Refused(["行を差し戻せるのは、提出された月報だけです。"])
        ActivityRecord.objects.filter(pk=entry.pk).update(return_reason=reason)
        record(
            actor,
            "records.return_line",
            "行に差し戻す印を付ける" if reason else "行の印を消す",
            report,
            article="要領2(2)",
            case_id=report.case_id,
            data={"said": {"記録": str(entry), "理由": reason or "なし"}},
            visibility=Visibility.ORGANISATION,
        )


def delete_record(*, actor: Actor, entry: ActivityRecord) -> None:
    with transaction.atomic():
        report = _open_report(entry.report)
        _say(actor, "records.delete", "活動の記録を消す", entry, report)
        entry.delete()


_ALREADY_THERE = (
    "同じ場所と日付の記録が、もうあります。その記録を直すか、枝番や時刻で区別してください。"
)


def _open_report(report: PeriodReport) -> PeriodReport:
    """Locked, and with the contractor. Raises Refused."""
    locked: PeriodReport = (
        PeriodReport.objects.select_for_update(of=("self",))
        .select_related("contract__contractor__grantee")
        .get(pk=report.pk)
    )
    if not locked.is_with_contractor:
        raise Refused(["提出した月の記録は変えられません。"])
    return locked


def _say(
    actor: Actor,
    verb: str,
    label: str,
    entry: ActivityRecord,
    report: PeriodReport,
    confirmed: str = "",
) -> None:
    why = {"確かめた理由": confirmed} if confirmed else {}
    record(
        actor,
        verb,
        label,
        entry,
        case_id=report.pk,
        data={"said": {"記録": str(entry)} | why},
        visibility=Visibility.ORGANISATION,
    )


def month_before(report: PeriodReport) -> PeriodReport | None:
    """The report before of the same activity under the same contract."""
    found: PeriodReport | None = (
        PeriodReport.objects.filter(
            contract_id=report.contract_id,
            activity_uid=report.activity_uid,
            month__lt=report.month,
        )
        .order_by("-month")
        .first()
    )
    return found
