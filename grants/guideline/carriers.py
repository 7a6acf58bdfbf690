"""What carries each clause: a rule, a process or a screen. What nothing carries is 未対応."""

from __future__ import annotations

from dataclasses import dataclass

from .clauses import Clause, clause, clauses
from .requirements import Requirement, requirements


@dataclass(frozen=True, slots=True)
class Carrier:
    """`url_name` is a page that needs no object, or empty where the place is inside a case."""

    clause_number: str
    label: str
    url_name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    clause: Clause
    rules: tuple[Requirement, ...]
    carriers: tuple[Carrier, ...]

    @property
    def is_carried(self) -> bool:
        return bool(self.rules or self.carriers)


_carriers: list[Carrier] = []


def carry(*carriers: Carrier) -> None:
    for carrier in carriers:
        clause(carrier.clause_number)
        if carrier not in _carriers:
            _carriers.append(carrier)


def table() -> list[Row]:
    """All 35 clauses in the guideline's order, each with what carries it."""
    return [
        Row(
            one,
            tuple(r for r in requirements() if r.clause_number == number),
            tuple(c for c in _carriers if c.clause_number == number),
        )
        for number, one in clauses().items()
    ]


def uncarried() -> list[str]:
    return [row.clause.number for row in table() if not row.is_carried]
