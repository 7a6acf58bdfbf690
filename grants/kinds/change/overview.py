"""The change as its writer sees it: which parts differ, whether approval is needed, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from grants.filings.api import Filing, changes
from grants.kinds.application.overview import Point, checkpoints

from .kind import SECTION, Read, judgements_of


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the plan: how many places differ from the plan in force, and what it costs."""

    name: str
    detail: str
    url: str
    changed: int
    amount: int | None
    before: int | None

    @property
    def is_money_changed(self) -> bool:
        return self.amount != self.before


@dataclass(frozen=True, slots=True)
class Overview:
    parts: tuple[Part, ...]
    gone: tuple[str, ...]
    points: tuple[Point, ...]
    met: int
    unmet: int
    warnings: int


def overview(filing: Filing, found: Read) -> Overview:
    judged = judgements_of(found)
    count = {
        state: sum(one.state == state for one in judged) for state in ("met", "unmet", "warning")
    }
    points = [_placed(filing, point) for point in checkpoints(filing, judged)]
    return Overview(
        parts=tuple(_parts(filing, found)),
        gone=_gone(found),
        points=tuple(points),
        met=count["met"],
        unmet=count["unmet"],
        warnings=count["warning"],
    )


def _placed(filing: Filing, point: Point) -> Point:
    """Reason and amount are typed on a page of their own."""
    if point.url.startswith(reverse("plans:section", args=[filing.revision_id, SECTION])):
        return replace(point, url=reverse("change:reason", args=[filing.pk]))
    return point


def _parts(filing: Filing, found: Read) -> list[Part]:
    different = changes(found.old_sheet, found.new_sheet)
    before = {section["key"]: section for section in found.old_sheet}
    return [
        Part(
            name=f"{section['mark']} {section['title']}".strip(),
            detail=_name_of(section),
            url=reverse("plans:section", args=[filing.revision_id, section["key"]]),
            changed=sum(one.section == section["key"] for one in different),
            amount=section.get("amount"),
            before=before.get(section["key"], {}).get("amount"),
        )
        for section in found.new_sheet
    ]


def _name_of(section: dict[str, Any]) -> str:
    """What the body calls an activity."""
    if not section["key"].startswith("activity:"):
        return ""
    return str(section["fields"][0]["value"])


def _gone(found: Read) -> tuple[str, ...]:
    kept = {section["key"] for section in found.new_sheet}
    return tuple(
        f"{section['mark']} {section['title']}　{_name_of(section)}".strip()
        for section in found.old_sheet
        if section["key"] not in kept
    )
