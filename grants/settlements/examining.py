"""The lines of a filed report beside what examiners found of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from grants.filings.api import Filing, SealedVersion

from .models import LineSample, LineVerdict
from .states import Verdict


@dataclass(frozen=True, slots=True)
class ExaminedLine:
    """A sealed line in yen; `found` stands only while the line is as it was when it was judged.

    A `sample` that was not looked at yet comes before any verdict.
    """

    uid: UUID
    section: str
    place: str
    cells: dict[str, Any]
    total: int
    is_eligible: bool
    found: LineVerdict | None
    sample: LineSample | None

    @property
    def is_waiting(self) -> bool:
        """Picked for a closer look that has no outcome."""
        return self.is_eligible and self.sample is not None and self.sample.waits(self.total)

    @property
    def verdict(self) -> str:
        if self.is_waiting:
            return Verdict.SAMPLED
        return self.found.verdict if self.found else ""

    @property
    def cut(self) -> int:
        return int(self.found.cut) if self.found and self.found.verdict == Verdict.CUT else 0

    @property
    def is_settled(self) -> bool:
        """Whether nothing more has to be found of it; what is not eligible is never cut."""
        return not self.is_eligible or self.verdict in (Verdict.ACCEPTED, Verdict.CUT)


def examined_lines(filing: Filing, sealed: SealedVersion) -> list[ExaminedLine]:
    """Every line of the sealed report in its order; two queries."""
    known = {one.line_uid: one for one in LineVerdict.objects.filter(filing=filing).order_by("id")}
    picked = {
        one.line_uid: one for one in LineSample.objects.filter(filing=filing).select_related("draw")
    }
    found = []
    for section in sealed.content["sections"]:
        for table in section["tables"]:
            if table["key"] != "lines":
                continue
            for number, row in enumerate(table["rows"], start=1):
                found.append(_line(section, number, row, known, picked))
    return found


def _line(
    section: dict[str, Any],
    number: int,
    row: dict[str, Any],
    known: dict[UUID, LineVerdict],
    picked: dict[UUID, LineSample],
) -> ExaminedLine:
    cells = row["cells"]
    uid, total = UUID(row["uid"]), int(cells["spent"] or 0) + int(cells["expected"])
    verdict = known.get(uid)
    return ExaminedLine(
        uid=uid,
        section=section["key"],
        place=f"{section['mark']} {section['title']} {number}行目".strip(),
        cells=cells,
        total=total,
        is_eligible=cells["is_eligible"] == "対象",
        found=verdict if verdict is not None and verdict.total == total else None,
        sample=picked.get(uid),
    )
