"""What a transition of a month or of a file does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from portal.core.actor import Actor
from portal.core.personal import named_in
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .clearing import remember_cleared
from .models import ActivityRecord, ColumnName, PeriodReport, RecordBatch, key_columns
from .papers import seal_report
from .reading import compare, counts, is_cleared_once
from .striking import ask_to_strike
from .values import unpack

Data = Mapping[str, Any]


# ---- A month -------------------------------------------------------------------------------------


def keep_submission(report: PeriodReport, actor: Actor, data: Data) -> None:
    count = report.records.count()
    report.nothing_held = bool(data.get("nothing_held")) and count == 0
    report.remarks = data.get("remarks", "")
    report.submitted_at = timezone.now()
    report.submitted_by_id = actor.user_id
    reason, report.return_reason = report.return_reason, ""
    data["_said"]["月"] = report.month_label
    data["_said"]["記録"] = "実施なし" if report.nothing_held else f"{count}件"
    version = seal_report(report, actor, reason)
    data["_said"]["版"] = f"第{version.number}版"


def keep_confirmation(report: PeriodReport, actor: Actor, data: Data) -> None:
    report.confirmed_at = timezone.now()
    data["_said"]["月"] = report.month_label
    if data.get("note"):
        data["_said"]["所見"] = data["note"]


def keep_return(report: PeriodReport, actor: Actor, data: Data) -> None:
    marked = report.records.returned().count()
    report.return_reason = data["reason"] or f"印を付けた{marked}行を直してください。"
    data["_said"]["月"] = report.month_label
    data["_said"]["理由"] = report.return_reason
    if marked:
        data["_said"]["差し戻す行"] = f"{marked}行"


def open_for_correction(report: PeriodReport, actor: Actor, data: Data) -> None:
    """The confirmed version stays; the next submission is another one, with this reason."""
    report.return_reason = data["reason"]
    report.confirmed_at = None
    data["_said"]["月"] = report.month_label
    data["_said"]["訂正の理由"] = data["reason"]


# ---- A file --------------------------------------------------------------------------------------


def keep_reading(batch: RecordBatch, actor: Actor, data: Data) -> None:
    """Answers to problems that are gone are forgotten, so that none is taken for another's."""
    batch.reading = data["reading"]
    batch.message = ""
    ids = {problem["id"] for problem in batch.reading["problems"]}
    changed = {str(r["number"]) for r in batch.reading["rows"] if r["verdict"] == "changed"}
    batch.confirmations = {k: v for k, v in batch.confirmations.items() if k in ids}
    batch.decisions = {k: v for k, v in batch.decisions.items() if k in changed}


def keep_message(batch: RecordBatch, actor: Actor, data: Data) -> None:
    batch.message = data["message"]
    data["_said"]["理由"] = data["message"]


def read_again(batch: RecordBatch, actor: Actor, data: Data) -> None:
    """The worker reads the same file with what was typed in place of the wrong cells."""
    batch.mends = data.get("mends", batch.mends)
    batch.columns = data.get("columns", batch.columns)
    # The version that this transition is about to give: one message for each round.
    enqueue("records.read", f"{batch.pk}:{batch.version + 1}", {"pk": str(batch.pk)})


def let_go(batch: RecordBatch, actor: Actor, data: Data) -> None:
    """Nobody said of this file that what looks like a person is none."""
    ask_to_strike(batch)


def take(batch: RecordBatch, actor: Actor, data: Data) -> None:
    """All rows or none. The month is locked, so that nothing comes between judging and storing."""
    report = PeriodReport.objects.select_for_update(of=("self",)).get(pk=batch.report_id)
    stored = {record.key: record for record in report.records.select_for_update()}
    fresh, changed = [], []
    for row in batch.reading["rows"]:
        record = stored.get(row["key"])
        verdict, _ = compare(report.activity, record.values if record else None, row["values"])
        if row["verdict"] == "repeated":
            continue
        if verdict != row["verdict"]:
            raise Refused(
                ["この間に、月の記録が変わりました。「入力した値で再確認する」を押してください。"]
            )
        if verdict == "new":
            fresh.append(_record(batch, report, actor, row))
        elif verdict == "changed" and batch.decisions[str(row["number"])] == "new":
            changed.append(_changed(record, batch, actor, row))
    ActivityRecord.objects.copy_in(fresh)
    ActivityRecord.objects.bulk_update(
        changed,
        [
            *("values", "originals", "mended", "approximate", "batch", "entered_by", "version"),
            *("held_on", "venue", "lg_code", "return_reason", "updated_at"),
        ],
        batch_size=500,
    )
    _remember_columns(batch, report, actor)
    for problem in batch.reading["problems"]:
        if is_cleared_once(problem):
            text = problem["original"] if problem["typed"] is None else problem["typed"]
            remember_cleared(actor, report, [text.strip()], batch.confirmations[problem["id"]])
    ask_to_strike(batch)
    found = counts(batch.reading)
    data["_said"]["ファイル"] = batch.document.title
    data["_said"]["行"] = (
        f"新規{len(fresh)}、変更{len(changed)}、変更なし{found['read'] - len(fresh) - len(changed)}"
    )
    if batch.confirmations:
        data["_said"]["確かめた所"] = f"{len(batch.confirmations)}か所"


def _remember_columns(batch: RecordBatch, report: PeriodReport, actor: Actor) -> None:
    """What was chosen for this file holds for the contractor's next one."""
    longest = ColumnName._meta.get_field("text").max_length or 0
    for text, key in batch.columns.items():
        if len(text) > longest or named_in(text):
            continue  # an explanation will not come again to the letter, and a person is not kept
        ColumnName.objects.update_or_create(
            contractor_id=report.contract.contractor_id,
            type_code=report.type_code,
            text=text,
            defaults={"key": key, "chosen_by_id": actor.user_id},
        )


def _record(
    batch: RecordBatch, report: PeriodReport, actor: Actor, row: Mapping[str, Any]
) -> ActivityRecord:
    return ActivityRecord(
        report=report,
        batch=batch,
        key=row["key"],
        values=row["values"],
        originals=row["originals"],
        mended=row["mended"],
        approximate=row["approximate"],
        entered_by_id=actor.user_id,
        **key_columns(report.activity, unpack(report.activity, row["values"])),
    )


def _changed(
    record: ActivityRecord | None, batch: RecordBatch, actor: Actor, row: Mapping[str, Any]
) -> ActivityRecord:
    assert record is not None  # the verdict says so
    kept = set(record.approximate) - set(row["values"])
    record.values = record.values | row["values"]
    record.originals = record.originals | row["originals"]
    record.mended = row["mended"]
    record.return_reason = ""
    record.approximate = sorted(kept | set(row["approximate"]))
    record.batch, record.entered_by_id = batch, actor.user_id  # type: ignore[assignment]  # a person types
    record.version += 1
    record.updated_at = timezone.now()
    activity = batch.report.activity
    for name, value in key_columns(activity, unpack(activity, record.values)).items():
        setattr(record, name, value)
    return record
