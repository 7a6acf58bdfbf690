"""A statement as plain values, as it is judged, sealed and compared; no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from grants.activities.api import get_activity_type
from grants.plans.api import AmountTable, compute_amounts
from grants.programmes.api import Terms


@dataclass(frozen=True, slots=True)
class NeedsRow:
    """Amounts in yen; `uid` is kept through carrying over, so that a point stays at its row."""

    uid: UUID
    type_code: str
    count: int
    total: int
    income: int
    eligible: int
    wish: int

    @property
    def title(self) -> str:
        return get_activity_type(self.type_code).title


@dataclass(frozen=True, slots=True)
class StatementSubject:
    """What a requirement on a statement is given; `already` is what was decided before (column H)."""

    rows: tuple[NeedsRow, ...]
    contact_name: str
    questions: str
    answer: str
    terms: Terms
    already: int = 0

    @property
    def wish(self) -> int:
        return sum(row.wish for row in self.rows)

    @property
    def amounts(self) -> AmountTable:
        """The columns A to H as they would be for these sums; the wish is held against I."""
        return compute_amounts(
            sum(row.total for row in self.rows),
            sum(row.income for row in self.rows),
            sum(row.eligible for row in self.rows),
            self.terms,
            self.already,
        )


_COLUMNS = (
    ("type", "取組", "text"),
    ("count", "取組の数", "count"),
    ("total", "総事業費", "yen"),
    ("income", "寄附金その他の収入", "yen"),
    ("eligible", "対象経費", "yen"),
    ("wish", "希望額", "yen"),
)


def needs_table(rows: Iterable[NeedsRow]) -> dict[str, Any]:
    """As it is sealed: integer yen, with its own labels."""
    kept = [row for row in rows if row.total or row.wish or row.count]
    return {
        "key": "needs",
        "title": "取組ごとの所要額",
        "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in _COLUMNS],
        "rows": [
            {
                "uid": str(row.uid),
                "cells": {
                    "type": row.title,
                    "count": row.count,
                    "total": row.total,
                    "income": row.income,
                    "eligible": row.eligible,
                    "wish": row.wish,
                },
                "type_code": row.type_code,
            }
            for row in kept
        ],
        "total": sum(row.total for row in kept),
        "eligible_total": sum(row.eligible for row in kept),
    }


def sealed_rows(content: Mapping[str, Any]) -> tuple[NeedsRow, ...]:
    """The rows of a sealed statement, as they were filed."""
    table = next(t for s in content["sections"] for t in s["tables"] if t["key"] == "needs")
    return tuple(
        NeedsRow(
            UUID(row["uid"]),
            row["type_code"],
            *(int(row["cells"][key]) for key in ("count", "total", "income", "eligible", "wish")),
        )
        for row in table["rows"]
    )
