"""What a person struck out of a file leaves the portal: file, reading and rows; its hash stays.

The file is written anew without it, as text, because a workbook keeps old texts in many places.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.db import transaction

from portal.audit.api import Visibility, record
from portal.core.actor import system
from portal.core.personal import TICKS, Personal, questions_about
from portal.documents.api import read_file, replace_content
from portal.outbox.api import enqueue, handles
from portal.spreadsheets.api import open_upload, plain_copy

from .models import ActivityRecord, RecordBatch
from .states import BatchState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


STRUCK = "（消去）"


def struck_out(reading: Mapping[str, Any]) -> dict[str, str]:
    """Texts that looked like a person and were mended, with what was typed in their place."""
    mended = [*reading["mended"], *reading["problems"]] if reading else []
    return {
        one["original"]: one["typed"]
        for one in mended
        if one["typed"] and _persons(one, "original") - _persons(one, "typed")
    }


def _persons(cell: Mapping[str, Any], name: str) -> set[Personal]:
    asked = questions_about(cell[name].strip(), is_name=not cell["is_long"])
    return {person for question in asked for person in question.found}


def doubtful(reading: Mapping[str, Any]) -> dict[str, str]:
    """Texts of a file that nobody took, which look like a person: nobody said that they are none."""
    problems = reading["problems"] if reading else []
    return {one["original"]: STRUCK for one in problems if one["code"] in TICKS}


def without(value: Any, texts: Mapping[str, str]) -> Any:
    """JSON in which what was typed stands in place of what was struck out."""
    if isinstance(value, str):
        for original in sorted(texts, key=len, reverse=True):
            value = value.replace(original, texts[original])
        return value
    if isinstance(value, list):
        return [without(one, texts) for one in value]
    if isinstance(value, dict):
        return {key: without(one, texts) for key, one in value.items()}
    return value


def ask_to_strike(batch: RecordBatch) -> None:
    """By a worker, after the commit: the file must be written anew."""
    if struck_out(batch.reading) or doubtful(batch.reading):
        enqueue("records.strike", str(batch.pk), {"pk": str(batch.pk)})


@handles("records.strike")
def strike(payload: Mapping[str, Any]) -> None:
    """A repeat finds nothing to strike out.

    Of a file that was given up, all that looks like a person goes, unless the same file was taken or
    is being looked at: then what became of it there holds.
    """
    batch = RecordBatch.objects.select_related("document").get(pk=payload["pk"])
    document = batch.document
    others = RecordBatch.objects.filter(document=document)
    is_given_up = not others.exclude(state=BatchState.ABANDONED).exists()
    texts = struck_out(batch.reading) | (doubtful(batch.reading) if is_given_up else {})
    if not texts:
        return
    workbook = open_upload(read_file(document), document.title)
    content = plain_copy(workbook, texts)
    name = f"{PurePath(document.original_name).stem}.xlsx"
    with transaction.atomic():
        sent = document.sha256
        replace_content(
            document=document,
            content=content,
            name=name,
            content_type=XLSX,
            is_known_again=not is_given_up,
        )
        # The same file may have been sent before, and its reading not taken.
        for one in RecordBatch.objects.select_for_update().filter(document=document):
            one.reading = without(one.reading, texts)
            one.sent_sha256 = one.sent_sha256 or sent
            one.save(update_fields=["reading", "sent_sha256"])
        for entry in ActivityRecord.objects.select_for_update().filter(batch__document=document):
            entry.originals = without(entry.originals, texts)
            entry.save(update_fields=["originals"])
        record(
            system("records.strike"),
            "records.strike",
            "個人の情報をファイルから消す",
            batch,
            case_id=batch.case_id,
            data={"said": {"消したところ": f"{len(texts)}か所", "送られたファイルの識別値": sent}},
            visibility=Visibility.ORGANISATION,
        )
