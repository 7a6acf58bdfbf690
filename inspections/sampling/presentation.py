"""A draw as both sides read it: what was drawn, with which chance, and whether it comes out again."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from inspections.findings.api import Finding
from portal.core.actor import Actor
from portal.spreadsheets.api import write_csv

from .models import Draw
from .rules import chances, draw, projected
from .states import How

_HEADER = ("番号", "内容", "金額", "選ばれる確率", "抽出")


@dataclass(frozen=True, slots=True)
class Row:
    """`chance` as a share of 100, to one decimal: «12.5%»."""

    key: str
    words: str
    amount: int
    how: str
    chance: str


def context_of(made: Draw, actor: Actor) -> dict[str, Any]:
    content = made.content
    words = {key: (text, amount) for key, text, amount in content["lines"]}
    again = draw(made.lines, made.design, made.seed)
    rows = [
        Row(one.key, *words[one.key], How(one.how).label, _percent(one.chance)) for one in again
    ]
    total = sum(line.amount for line in made.lines)
    sampled = sum(row.amount for row in rows)
    # What was ruled to be so: a draft or a finding that was dropped projects nothing.
    found = Finding.objects.for_user(actor).ruled().filter(visit_id=made.visit_id)
    error = sum(amount or 0 for amount in found.values_list("amount", flat=True))
    return {
        "draw": made,
        "rows": rows,
        "size": len(made.lines),
        "total": total,
        "sampled": sampled,
        "share": _percent(Fraction(sampled, total)) if total else "―",
        "is_same": [one.key for one in again] == content["drawn"],
        "error": error,
        "projected": projected(error, sampled, total) if error else None,
    }


def as_csv(made: Draw) -> bytes:
    """The whole population, so that the sample can be drawn again elsewhere."""
    drawn = set(made.content["drawn"])
    chance = chances(made.lines, made.design)
    return write_csv(
        _HEADER,
        [
            (key, words, amount, _percent(chance[key]), "抽出" if key in drawn else "")
            for key, words, amount in made.content["lines"]
        ],
    )


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.1f}%"
