"""The public part of the directory as open data: the same columns in CSV and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.spreadsheets.api import write_csv

from .directory import Entry

COLUMNS = (
    ("prefecture_code", "都道府県コード"),
    ("prefecture", "設置主体"),
    ("name", "名称"),
    ("form", "設置の形"),
    ("existing_body", "使う会議体"),
    ("established_on", "設置日"),
    ("planned_on", "設置予定日"),
    ("secretariat", "事務局"),
    ("contact", "事務局の連絡先"),
    ("areas", "区域"),
    ("public_members", "参画団体（行政）"),
    ("private_members", "参画団体（民間）"),
    ("fields", "分野"),
    ("life_stages", "対象のライフステージ"),
    ("members", "参画団体"),
    ("practice", "特色ある取組"),
)


def open_data(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Plain values; None where a platform does not show it."""
    return [_row(entry) for entry in entries]


def _row(entry: Entry) -> dict[str, Any]:
    platform = entry.platform
    stages = [stage.label for stage in entry.coverage.covered] if entry.coverage else None
    return {
        "prefecture_code": platform.owner.prefecture_id,
        "prefecture": platform.owner.name,
        "name": platform.name,
        "form": platform.get_form_display(),
        "existing_body": platform.existing_body or None,
        "established_on": platform.established_on and platform.established_on.isoformat(),
        "planned_on": None if platform.established_on else _day(platform.planned_on),
        "secretariat": entry.secretariat or None,
        "contact": entry.contact or None,
        "areas": list(entry.areas) or None,
        "public_members": entry.sides.public if entry.sides else None,
        "private_members": entry.sides.private if entry.sides else None,
        "fields": list(entry.fields) if entry.sides else None,
        "life_stages": stages,
        "members": list(entry.member_names) or None,
        "practice": entry.practice or None,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def as_csv(entries: Sequence[Entry]) -> bytes:
    """UTF-8 with BOM, several values of a cell parted by 、; nothing becomes a formula."""
    rows = [[_cell(row[key]) for key, _ in COLUMNS] for row in open_data(entries)]
    return write_csv([label for _, label in COLUMNS], rows)


def _cell(value: Any) -> Any:
    return "、".join(value) if isinstance(value, list) else value
