"""The table of all answers as a file. No text becomes a formula: `portal.spreadsheets` sees to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from portal.spreadsheets.api import ExportSheet, ExportValue, write_csv, write_xlsx

from .answers import Row
from .models import Inquiry, Reply

_HEADER = ("都道府県", "状態", "期限", "回答日時", "回答した人", "回答", "添付", "差し戻した理由")


def as_xlsx(inquiry: Inquiry, rows: Iterable[Row]) -> bytes:
    return write_xlsx([ExportSheet(inquiry.title, _HEADER, _lines(rows))])


def as_csv(rows: Iterable[Row]) -> bytes:
    return write_csv(_HEADER, list(_lines(rows)))


def _lines(rows: Iterable[Row]) -> list[tuple[ExportValue, ...]]:
    return [_line(row.reply, "、".join(paper.title for paper in row.papers)) for row in rows]


def _line(reply: Reply, papers: str) -> tuple[ExportValue, ...]:
    at = timezone.localtime(reply.answered_at) if reply.answered_at else None
    return (
        reply.grantee.name,
        reply.get_state_display(),
        "超過" if reply.is_late else "",
        f"{at:%Y-%m-%d %H:%M}" if at else "",
        reply.answered_by_name,
        reply.text,
        papers,
        reply.return_reason,
    )
