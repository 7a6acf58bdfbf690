"""A budget typed, moved, deleted, pasted, taken back and sent as a workbook, in any order.

Whatever was done: line, section, category, activity and columns A to I say the same yen.
"""

from __future__ import annotations

import io
import uuid
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from openpyxl import load_workbook

from grants.filings.api import Filing
from grants.plans.api import PlanRevision, budget, read_content, required_amounts, sheet
from grants.plans.models import Section
from portal.access.api import Role
from tests.world import World, client_of

Row = dict[str, str]
PLACES = st.sampled_from(["platform", "activity"])
ROWS = st.fixed_dictionaries(
    {
        "category_code": st.sampled_from(["", "07", "10", "12"]),
        "item": st.sampled_from(["謝金", "=1+1", "印刷", "〃"]),
        "delivery": st.sampled_from(["", "direct", "contract"]),
        "quantity": st.sampled_from(["", "0", "1", "2.5", "１２", "0.333"]),
        "unit": st.just("回"),
        "unit_price": st.sampled_from(["", "0", "1", "9,999円", "１０，０００", "123457"]),
        "tax": st.sampled_from(["included", "excluded"]),
        "is_eligible": st.sampled_from(["on", ""]),
        "other_funding": st.sampled_from(["", "none", "exists"]),
    }
)
_NUMBERS = str.maketrans("０１２３４５６７８９，", "0123456789,")
_PRICE = 9


def yen(row: Row) -> int:
    """What a line comes to, worked out without the portal: nothing while a half of it is missing."""
    quantity, price = (
        row[name].translate(_NUMBERS).replace(",", "").removesuffix("円")
        for name in ("quantity", "unit_price")
    )
    return int(Decimal(quantity) * int(price)) if quantity and price else 0


class Budget(RuleBasedStateMachine):
    """Two sections of one draft; each run is undone, so that the next begins at the same place."""

    client: Client
    filing: Filing
    steps_done: int

    @initialize()
    def begin(self) -> None:
        self.undo_all = transaction.atomic()
        self.undo_all.__enter__()
        activity = self.filing.plan_revision.activities.order_by("type_code").first()
        assert activity is not None
        self.keys = {"platform": "platform", "activity": f"activity:{activity.uid}"}
        self.rows: dict[str, list[Row]] = {"platform": [], "activity": []}
        self.past: list[tuple[str, list[Row]]] = []
        for place in self.rows:
            assert self.post(place, self.posted(place, [], draft="1")).status_code == 302
        elsewhere = self.revision().lines.exclude(activity_uid__in=[activity.uid])
        elsewhere.exclude(activity_uid=None).delete()

    def teardown(self) -> None:
        if hasattr(self, "undo_all"):
            transaction.set_rollback(True)
            self.undo_all.__exit__(None, None, None)

    def revision(self) -> PlanRevision:
        return PlanRevision.objects.with_everything().get(pk=self.filing.revision_id)

    def posted(self, place: str, rows: list[Row], **more: str) -> dict[str, str]:
        version = Section.objects.get(revision=self.filing.revision_id, key=self.keys[place])
        data = {
            "section_version": str(version.version),
            "name": "取組",
            "platform_name": "場",
            "lines-TOTAL_FORMS": str(len(rows)),
            "lines-INITIAL_FORMS": "0",
            "indicators-TOTAL_FORMS": "0",
            "indicators-INITIAL_FORMS": "0",
            **more,
        }
        for n, row in enumerate(rows):
            data |= {f"lines-{n}-{name}": value for name, value in row.items() if value}
        return data

    def post(self, place: str, data: dict[str, str]) -> Any:
        url = reverse("plans:section", args=[self.filing.revision_id, self.keys[place]])
        return self.client.post(url, data)

    def save(self, place: str, rows: list[Row]) -> None:
        answer = self.post(place, self.posted(place, rows, draft="1"))
        assert answer.status_code == 302
        self.rows[place] = rows
        type(self).steps_done += 1

    def change(self, place: str, rows: list[Row]) -> None:
        self.past.append((place, self.rows[place]))
        self.save(place, rows)

    @rule(place=PLACES, row=ROWS)
    def add(self, place: str, row: Row) -> None:
        self.change(place, [*self.rows[place], {**row, "uid": str(uuid.uuid4())}])

    @rule(place=PLACES, rows=st.lists(ROWS, min_size=2, max_size=12))
    def paste(self, place: str, rows: list[Row]) -> None:
        pasted = [{**row, "uid": str(uuid.uuid4())} for row in rows]
        self.change(place, [*self.rows[place], *pasted])

    @rule(place=PLACES, at=st.integers(0, 30), button=st.sampled_from(["up", "down", "delete"]))
    def press(self, place: str, at: int, button: str) -> None:
        """A row's button: the page comes back as it would be, nothing is stored until it is saved."""
        rows = self.rows[place]
        if not rows:
            return
        at %= len(rows)
        name = "delete_row" if button == "delete" else "move_row"
        value = f"lines-{at}" + ("" if button == "delete" else f":{button}")
        before = self.revision().lines.count()
        answer = self.post(place, self.posted(place, rows, **{name: value}))
        assert answer.status_code == 200
        assert self.revision().lines.count() == before
        shown = answer.context["editor"].lines.shown_rows()
        kept = {row["uid"]: row for row in rows}
        self.change(place, [kept[str(row.values["uid"])] for row in shown])

    @rule()
    def take_back(self) -> None:
        if self.past:
            place, rows = self.past.pop()
            self.save(place, rows)

    @rule(at=st.integers(0, 60), price=st.sampled_from([None, 0, 777]), gone=st.booleans())
    def send_a_workbook(self, at: int, price: int | None, gone: bool) -> None:
        """One line of the downloaded workbook is given another price, or taken out."""
        pk = self.filing.revision_id
        content = self.client.get(reverse("plans:workbook_download", args=[pk])).content
        book = load_workbook(io.BytesIO(content))
        page = book["積算内訳"]
        lines = [row for rows in self.rows.values() for row in rows]
        if not lines:
            return
        at %= len(lines)
        uid = str(page.cell(at + 2, 1).value)
        if gone:
            page.delete_rows(at + 2)
        else:
            page.cell(at + 2, _PRICE).value = price
        out = io.BytesIO()
        book.save(out)
        upload = SimpleUploadedFile("表.xlsx", out.getvalue())
        answer = self.client.post(reverse("plans:workbook", args=[pk]), {"file": upload})
        preview = self.client.get(answer.url)
        if not preview.context["may_take"]:
            return
        assert self.client.post(answer.url, {"seen": preview.context["seen"]}).status_code == 302
        typed = "" if price is None else str(price)
        for place, rows in self.rows.items():
            self.rows[place] = [
                {**row, "unit_price": typed} if row["uid"] == uid else row
                for row in rows
                if not (gone and row["uid"] == uid)
            ]
        self.past.clear()
        type(self).steps_done += 1

    @invariant()
    def every_level_says_the_same(self) -> None:
        if not hasattr(self, "rows"):
            return
        revision = self.revision()
        terms = revision.plan.programme.terms()
        content = read_content(revision)
        expected = {place: sum(map(yen, rows)) for place, rows in self.rows.items()}
        total = sum(expected.values())
        assert (revision.lines.aggregate(sum=Sum("amount"))["sum"] or 0) == total
        found = budget(content, terms)
        by_section = {row.section: row.total for row in found.rows}
        assert {place: by_section[key] for place, key in self.keys.items()} == expected
        assert sum(by_section.values()) == found.whole.total == total
        assert sum(found.whole.by_category) == total
        for row in (*found.rows, found.whole):
            assert sum(row.by_category) == row.total
        amounts = required_amounts(content, terms)
        eligible = sum(
            yen(row) for rows in self.rows.values() for row in rows if row["is_eligible"]
        )
        assert (amounts.a, amounts.d) == (total, eligible)
        assert amounts.d == found.whole.eligible
        assert amounts.c == amounts.a - amounts.b
        tables = {
            section["key"]: table["total"]
            for section in sheet(content, terms)
            for table in section["tables"]
            if table["key"] == "lines"
        }
        assert tables == by_section

    @invariant()
    def the_order_is_that_of_the_page(self) -> None:
        if not hasattr(self, "rows"):
            return
        for place, rows in self.rows.items():
            uid = self.keys[place].partition(":")[2] or None
            stored = self.revision().lines.filter(activity_uid=uid)
            assert [str(line.uid) for line in stored] == [row["uid"] for row in rows]


def drift(world: World, *, runs: int, steps: int) -> int:
    """Walks; returns how many changes were stored."""
    filing = world.draft()

    class Walk(Budget):
        steps_done = 0

    Walk.client = client_of(world.actor(Role.DRAFTER))
    Walk.filing = filing
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Walk.steps_done
