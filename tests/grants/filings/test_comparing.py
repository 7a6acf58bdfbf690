"""Only what changed, row by row; what was written anew is recognised where it can be. Pure."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.filings.api import aligned, changes, compare
from grants.plans.sheet import sheet
from tests.grants.plans_of import plan, terms

SHEET = sheet(plan(), terms())
Sections = list[dict[str, Any]]


def lines_of(sections: Sections, mark: str = "⑦") -> list[dict[str, Any]]:
    section = next(s for s in sections if s["mark"] == mark)
    rows: list[dict[str, Any]] = next(t for t in section["tables"] if t["key"] == "lines")["rows"]
    return rows


def long(count: int) -> Sections:
    """The sheet with as many lines under ⑦, each with a name of its own."""
    made = copy.deepcopy(SHEET)
    rows = lines_of(made)
    model = rows[0]
    rows[:] = [
        {"uid": f"u{n}", "cells": {**model["cells"], "item": f"細目{n}", "unit_price": 1000 + n}}
        for n in range(count)
    ]
    return made


def test_the_same_is_no_difference() -> None:
    found = compare(SHEET, SHEET)
    assert (found.sections, found.same, found.places) == ((), len(SHEET), 0)


def test_two_versions_of_two_hundred_lines_show_what_changed_alone() -> None:
    old = long(200)
    new = copy.deepcopy(old)
    rows = lines_of(new)
    rows[4]["cells"]["unit_price"] = 9
    rows[7]["cells"]["item"] = "別の細目"
    del rows[100]
    rows.append({"uid": "new", "cells": {**rows[0]["cells"], "item": "加えた細目"}})
    found = compare(old, new)
    (section,) = found.sections
    (table,) = section.tables
    assert [(row.kind, row.number) for row in table.rows] == [
        ("changed", 5),
        ("changed", 8),
        ("added", 200),
        ("removed", 0),
    ]
    assert table.unchanged == 197
    changed = [cell.label for cell in table.rows[0].cells if cell.is_changed]
    assert changed == ["単価"]


def test_a_section_that_came_and_one_that_went() -> None:
    old, new = copy.deepcopy(SHEET), copy.deepcopy(SHEET)
    gone = next(s for s in new if s["mark"] == "⑦")
    new.remove(gone)
    assert [(s.kind, s.key) for s in compare(old, new).sections] == [("removed", gone["key"])]
    assert [(s.kind, s.key) for s in compare(new, old).sections] == [("added", gone["key"])]


@given(st.data())
def test_every_row_is_either_shown_or_counted(data: st.DataObject) -> None:
    old = long(data.draw(st.integers(1, 12)))
    new = copy.deepcopy(old)
    rows = lines_of(new)
    for n in data.draw(st.sets(st.integers(0, len(rows) - 1))):
        rows[n]["cells"]["unit_price"] = -1
    found = compare(old, new)
    shown = sum(len(t.rows) for s in found.sections for t in s.tables)
    counted = sum(t.unchanged for s in found.sections for t in s.tables)
    assert shown + counted == (len(rows) if found.sections else 0)
    assert found.places == len(changes(old, new))


def rewritten(sections: Sections) -> Sections:
    """The same words under other keys, as a plan that was not copied has them."""
    made = copy.deepcopy(sections)
    for n, section in enumerate(made):
        if section["key"].startswith("activity:"):
            section["key"] = f"activity:new{n}"
        for table in section["tables"]:
            for m, row in enumerate(table["rows"]):
                row["uid"] = f"{n}-{m}"
    return made


def test_a_plan_written_anew_is_laid_beside_the_old_one() -> None:
    new = rewritten(SHEET)
    assert compare(SHEET, new).places > 0
    assert compare(aligned(SHEET, new), new).places == 0
    lines_of(new)[0]["cells"]["unit_price"] = 1
    found = compare(aligned(SHEET, new), new)
    (section,) = found.sections
    assert [row.kind for row in section.tables[0].rows] == ["changed"]


@pytest.mark.parametrize("side", ["old", "new"])
def test_two_rows_of_one_name_are_not_guessed_at(side: str) -> None:
    old, new = copy.deepcopy(SHEET), rewritten(SHEET)
    rows = lines_of(old if side == "old" else new)
    rows.append({"uid": "twin", "cells": dict(rows[0]["cells"])})
    (section,) = compare(aligned(old, new), new).sections
    kinds = sorted(row.kind for table in section.tables for row in table.rows)
    assert kinds == sorted(
        ["removed", "removed", "added"] if side == "old" else ["removed", "added", "added"]
    )


def test_what_was_given_is_left_as_it_is() -> None:
    before = copy.deepcopy(SHEET)
    aligned(SHEET, rewritten(SHEET))
    assert before == SHEET
