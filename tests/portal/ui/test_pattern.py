"""A table drawn from its pattern says exactly what the same rows say when drawn one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from portal.ui.api import RowForm, YenField, row_formset
from portal.ui.pattern import RowPattern

NASTY = "\"><script>alert(1)</script>'&__prefix__ __number__"
UIDS = ("7e9c8a52-3f5d-4a5e-9d21-0c1f3e8b2a01", "7e9c8a52-3f5d-4a5e-9d21-0c1f3e8b2a02")


class Line(RowForm):
    @property
    def row_class(self) -> str:
        return mark_safe(' class="has-error"') if self.errors else ""

    kind = forms.ChoiceField(label="節", choices=[("", "―"), ("07", "報償費"), (NASTY, NASTY)])
    price = YenField(label="単価", required=False)
    item = forms.CharField(label="細目", max_length=9, required=False)
    is_eligible = forms.BooleanField(label="対象", initial=True, required=False)


Lines = row_formset(Line, title="積算内訳", extra=1, most=9)
STORED: list[dict[str, Any]] = [
    {"uid": UIDS[0], "kind": "07", "price": 9300, "item": NASTY, "is_eligible": False},
    {"uid": UIDS[1], "kind": NASTY, "price": None, "item": "", "is_eligible": True},
]


def posted(**more: str) -> dict[str, str]:
    rows = (
        {"uid": UIDS[0], "kind": "07", "price": "約1万", "item": NASTY},
        {"uid": UIDS[1], "kind": "", "price": "１２円", "item": "会場", "is_eligible": "on"},
    )
    data = {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0", **more}
    for n, row in enumerate(rows):
        data |= {f"lines-{n}-{name}": value for name, value in row.items()}
    return data


def cells(html: str) -> Any:
    return parse_html(f"<table><tbody>{html}</tbody></table>")


@pytest.mark.parametrize("data", [None, posted()], ids=["stored", "typed"])
def test_the_same_html(data: dict[str, str] | None) -> None:
    initial = STORED if data is None else None
    table = Lines(data, initial=initial, prefix="lines")
    rows = [r for r in table.rows if r["uid"].value() in UIDS]
    drawn = RowPattern(table, "pattern_row.html").rows()
    one_by_one = engines["django"].from_string(
        '{% for row in rows %}{% include "pattern_row.html" %}{% endfor %}'
    )
    expected = str(one_by_one.render({"rows": rows}))
    shown = "".join(part for part in _rows_of(drawn) if any(uid in part for uid in UIDS))
    assert cells(shown) == cells(expected)
    assert "<script>" not in drawn


def _rows_of(html: str) -> list[str]:
    return [f"{part}</tr>" for part in html.split("</tr>") if part.strip()]


def test_what_a_person_typed_is_no_mark_of_the_pattern() -> None:
    table = Lines(None, initial=STORED, prefix="lines")
    drawn = RowPattern(table, "pattern_row.html").rows()
    assert drawn.count("__prefix__ __number__") == 1 + 2 * 3, "in one item, and twice in each list"


def test_the_blank_row_keeps_its_marks() -> None:
    blank = RowPattern(Lines(None, prefix="lines"), "pattern_row.html").blank()
    assert 'name="lines-__prefix__-price"' in blank
    assert "積算内訳 __number__行目の単価" in blank


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ("lines-1:up", ["会場", NASTY]),
        ("lines-0:down", ["会場", NASTY]),
        ("lines-0:up", [NASTY, "会場"]),
        ("lines-1:down", [NASTY, "会場"]),
        ("lines-7:up", [NASTY, "会場"]),
        ("other-1:up", [NASTY, "会場"]),
        ("lines-1:away", [NASTY, "会場"]),
        ("nonsense", [NASTY, "会場"]),
    ],
)
def test_a_row_moves_without_a_script(pressed: str, order: list[str]) -> None:
    table = Lines(posted(move_row=pressed), prefix="lines")
    table.forget_errors()
    assert [row.values["item"] for row in table.shown_rows()] == order
    assert table.is_row_action is (pressed.startswith("lines-") and "away" not in pressed)


def test_a_row_moves_past_a_deleted_one() -> None:
    data = posted(**{"lines-TOTAL_FORMS": "3", "move_row": "lines-2:up", "lines-1-DELETE": "on"})
    data |= {"lines-2-item": "三", "lines-2-uid": ""}
    table = Lines(data, prefix="lines")
    assert [row["item"].value() for row in table.rows] == ["三", NASTY]
    assert [row["item"].value() for row in table.deleted_rows] == ["会場"]
