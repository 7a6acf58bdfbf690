"""Rows that a program sends go the way of a file: kept, read, judged, taken whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from grants.records.api import (
    BatchState,
    PeriodReport,
    RecordBatch,
    counts,
    entered_fields,
    keep_answers,
    read_batch,
    receive,
)
from portal.core.actor import Actor
from portal.core.problems import Denied
from portal.spreadsheets.api import write_csv
from portal.workflow.api import perform

from .openapi import MOST_ROWS

Sent = Mapping[str, Any]
FILE = "システムからの送信.csv"


class Malformed(Exception):
    """What came is not of the form that the schema describes: HTTP 400."""


def rows_of(report: PeriodReport, body: Any) -> list[dict[str, str]]:
    """Each record as the texts of a file's row. Raises Malformed."""
    if not isinstance(body, dict) or set(body) - {"records", "confirmations", "replace"}:
        raise Malformed("records、confirmations、replace からなる JSON を送ってください。")
    records = body.get("records")
    if not isinstance(records, list) or not 1 <= len(records) <= MOST_ROWS:
        raise Malformed(f"records は、1件から{MOST_ROWS:,}件までの配列にしてください。")
    if not isinstance(body.get("replace", False), bool):
        raise Malformed("replace は、true か false にしてください。")
    reasons = body.get("confirmations", {})
    if not isinstance(reasons, dict) or not all(
        isinstance(why, str) and 1 <= len(why) <= 500 and is_plain(why) for why in reasons.values()
    ):
        raise Malformed("confirmations は、id と500字までの理由にしてください。")
    known = {item.key for item in entered_fields(report.activity)}
    return [_row(number, one, known) for number, one in enumerate(records, start=1)]


def is_plain(text: str) -> bool:
    """Neither NUL nor half of a pair: the database and a file can hold it."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _row(number: int, record: Any, known: set[str]) -> dict[str, str]:
    if not isinstance(record, dict):
        raise Malformed(f"{number}件目が記録の形ではありません。")
    unknown = sorted(set(record) - known)
    if unknown:
        named = f"（{unknown[0][:40]}）" if is_plain(unknown[0]) else ""
        raise Malformed(f"{number}件目に、この取組にない項目があります{named}。")
    return {key: _text(number, key, value) for key, value in record.items()}


def _text(number: int, key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < 20 else str(value)
    if isinstance(value, str) and is_plain(value):
        return value
    raise Malformed(f"{number}件目の {key} は、文字か数にしてください。")


def send(*, actor: Actor, report: PeriodReport, body: Sent, rows: Sequence[Sent]) -> RecordBatch:
    """Takes all rows or none; what is not taken is not left lying about. Raises Refused."""
    fields = entered_fields(report.activity)
    head = [report.activity.record_spec.by_key[item.key].header for item in fields]
    content = write_csv(head, [[row.get(item.key, "") for item in fields] for row in rows])
    with transaction.atomic():
        # Read before the commit, which wakes a worker: it finds nothing left to read.
        batch = receive(actor=actor, report=report, upload=SimpleUploadedFile(FILE, content))
        read_batch({"pk": str(batch.pk)})
    batch.refresh_from_db()
    if batch.state == BatchState.READ and not _lost(batch, len(rows)):
        _answer(actor, batch, body)
        try:
            perform(RecordBatch, batch.pk, "take", actor)
        except Denied as refusal:
            batch.message = " ".join(refusal.reasons)
    reasons = batch.message
    batch.refresh_from_db()
    if batch.state in (BatchState.READ, BatchState.FAILED):
        perform(RecordBatch, batch.pk, "abandon", actor)
        RecordBatch.objects.filter(pk=batch.pk).update(message=reasons)
        batch.refresh_from_db()
    return batch


def _lost(batch: RecordBatch, sent: int) -> int:
    """Rows that a file may hold and a sending may not: sums, notes, empty ones."""
    return sent - int(counts(batch.reading)["read"])


def _answer(actor: Actor, batch: RecordBatch, body: Sent) -> None:
    given = body.get("confirmations", {})
    ids = {problem["id"] for problem in batch.reading["problems"]}
    changed = [row["number"] for row in batch.reading["rows"] if row["verdict"] == "changed"]
    keep_answers(
        actor=actor,
        batch=batch,
        seen_version=batch.version,
        confirmations={key: why for key, why in given.items() if key in ids},
        decisions={str(number): "new" for number in changed if body.get("replace")},
    )


def result_of(batch: RecordBatch) -> dict[str, Any]:
    """What became of a sending, in the words of the portal's own pages."""
    reading = batch.reading or {"rows": [], "problems": [], "dropped": {}}
    found = counts(reading)
    is_taken = batch.state == BatchState.TAKEN
    reasons = [] if is_taken or not batch.message else [batch.message]
    reasons += [
        f"記録として読めないものが{number}件あります（{reason}）。送らないでください。"
        for reason, number in reading["dropped"].items()
    ]
    return {
        "id": str(batch.pk),
        "state": "taken" if is_taken else "not_taken",
        "read": found["read"],
        "new": found["new"],
        "changed": found["changed"],
        "same": found["same"],
        "reasons": reasons,
        "problems": [_problem(one) for one in reading["problems"]],
    }


def _problem(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"],
        # The first row of the sheet is its header.
        "row": one["row"] - 1 if one["row"] > 1 else None,
        "field": one.get("key", ""),
        "label": one["field"],
        "given": one["original"],
        "level": one["level"],
        "code": one["code"],
        "reason": one["reason"],
        "fix": one["fix"],
    }
