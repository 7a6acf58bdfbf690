"""A long table in a browser: paste from a spreadsheet, move, take back; and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Visitor, World
from .test_side_roads import prepared

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[..., Visitor]
PASTE = """([id, text]) => {
  const cell = document.getElementById(id);
  cell.focus();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
CELLS = (
    "07\t講師の謝金\t2人\t直営\t１２\t回\t１２，５００円\t税抜\t対象\tなし\n"
    '報償費\t"二行の\n細目"\t\t委託\t約3\t式\t1,000\t税込\t対象外\tあり\t国の調査費\n'
)


def items(v: Visitor) -> list[str]:
    boxes = v.page.locator("[data-rows=lines] tbody tr:visible [name$='-item']")
    return [box.input_value() for box in boxes.all()]


def said(v: Visitor) -> str:
    return v.page.locator("[data-rows=lines] [data-rows-said]").inner_text()


def row(v: Visitor, n: int) -> tuple[str, ...]:
    names = ("category_code", "delivery", "quantity", "unit_price", "tax", "other_funding")
    return tuple(v.page.locator(f"#id_lines-{n}-{name}").input_value() for name in names)


def test_pasted_rows_fill_the_table_and_every_step_is_taken_back(
    visit: Enter, world: World
) -> None:
    filing = prepared(world, world.nagano)
    v = visit("drafter@nagano.example")
    v.goto(f"/plans/{filing.revision_id}/section/platform/")
    before = items(v)
    last = len(before) - 1
    v.page.evaluate(PASTE, [f"id_lines-{last}-category_code", CELLS])
    assert said(v).startswith("2行を貼り付けました。3つのセルで、全角の数字、カンマ、「円」を整え")
    assert row(v, last) == ("07", "direct", "12", "12500", "excluded", "none")
    assert row(v, last + 1) == ("07", "contract", "約3", "1000", "included", "exists")
    v.page.locator("button[name=move_row][value='lines-0:down']").click()
    assert items(v)[:2] == [before[1], before[0]]
    v.page.locator("button[name=delete_row][value='lines-1']").click()
    assert len(items(v)) == len(before)
    for _ in range(3):
        v.page.locator("[data-rows=lines] [data-undo]").click()
    assert items(v) == before
    v.page.locator("[data-rows=lines] [data-redo]").click()
    v.press("一時保存する")
    stored = list(filing.plan_revision.lines.filter(activity_uid=None))
    assert [line.item for line in stored][last] == "講師の謝金"
    assert (stored[last].amount, stored[last].tax) == (150_000, "excluded")
    assert stored[last + 1].amount is None, "約3 is kept as it was typed, and said"


def test_rows_move_without_a_script(visit: Enter, world: World) -> None:
    filing = prepared(world, world.nagano)
    v = visit("drafter@nagano.example", has_scripts=False)
    v.goto(f"/plans/{filing.revision_id}/section/platform/")
    before = items(v)
    v.page.locator("button[name=move_row][value='lines-0:down']").click()
    assert items(v)[:2] == [before[1], before[0]]
    v.press("一時保存する")
    stored = filing.plan_revision.lines.filter(activity_uid=None)
    assert [line.item for line in stored][:2] == [before[1], before[0]]
