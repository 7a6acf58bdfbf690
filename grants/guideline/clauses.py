"""The 35 clauses of the 実施要領 (令和6年4月3日府孤推第7号), in its own order."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "clauses.csv"


class ClauseKind(StrEnum):
    PURPOSE = "purpose"
    RULE = "rule"
    PROCESS = "process"
    ACTIVITY = "activity"
    PRINCIPLE = "principle"

    @property
    def label(self) -> str:
        return {
            "purpose": "目的",
            "rule": "要件",
            "process": "手続",
            "activity": "取組",
            "principle": "留意点",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Clause:
    """`number` as the guideline writes it («2(2)-1» is the first sentence of 2(2))."""

    number: str
    kind: ClauseKind
    subject: str

    @property
    def shown(self) -> str:
        """«要領2(2)»: how a page, a checklist and a notice cite it."""
        return "要領" + self.number.partition("-")[0]


@cache
def clauses() -> dict[str, Clause]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Clause(row["clause"], ClauseKind(row["kind"]), row["subject"])
            for row in csv.DictReader(file)
        ]
    return {clause.number: clause for clause in rows}


def clause(number: str) -> Clause:
    """Raises KeyError for a clause that the guideline does not have."""
    return clauses()[number]
