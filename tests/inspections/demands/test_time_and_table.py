"""More time for a report, who sees which, and all of them in one table."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from inspections.demands.api import (
    Demand,
    Extension,
    Report,
    ask_for_time,
)
from portal.access.api import Role
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.inspections.demands.way import DAY, issue, page, report_of, reported, written
from tests.world import World, client_of


@pytest.mark.django_db
class TestMoreTime:
    def ask(self, world: World, days: int = 21) -> tuple[Report, Extension]:
        demand = issue(world)
        report = report_of(demand, world.nagano)
        asked = ask_for_time(
            actor=world.actor(Role.DRAFTER),
            report=report,
            wanted_on=timezone.localdate() + days * DAY,
            reason="委託先の決算を待つため。",
        )
        return report, asked

    def test_granted_moves_this_bodys_day_alone(self, world: World) -> None:
        report, asked = self.ask(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        assert "期限の延長を申し出ています" in page(inspector, report.demand.get_absolute_url())
        assert inspector.post(asked.transition_url("grant")).status_code == 302
        moved = report_of(report.demand, world.nagano)
        assert moved.due_on == timezone.localdate() + 21 * DAY
        assert report_of(report.demand, world.gifu).due_on == report.demand.due_on

    def test_an_old_request_never_moves_a_later_day_back(self, world: World) -> None:
        """Asked for the 21st day, reported, asked again until the 30th: the request is of no use."""
        report, asked = self.ask(world)
        reported(world, report.demand, world.nagano)
        inspector = world.actor(Role.INSPECTOR)
        with pytest.raises(Refused, match="延長は要りません"):
            perform(Extension, asked.pk, "grant", inspector)
        due = timezone.localdate() + 30 * DAY
        again = {"reason": "金額が合いません。", "due_on": due}
        perform(Report, report.pk, "ask_again", inspector, data=again)
        with pytest.raises(Refused, match="より後の日付ではありません"):
            perform(Extension, asked.pk, "grant", inspector)
        assert report_of(report.demand, world.nagano).due_on == due

    def test_refused_with_its_reason(self, world: World) -> None:
        report, asked = self.ask(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        answered = inspector.post(
            asked.transition_url("refuse"), {"reason": "決算を待たずに報告できるため。"}
        )
        assert answered.status_code == 302
        drafter = client_of(world.actor(Role.DRAFTER))
        assert "決算を待たずに報告できるため。" in page(drafter, report.get_absolute_url())
        assert report_of(report.demand, world.nagano).due_on == report.due_on

    def test_one_at_a_time(self, world: World) -> None:
        report, _ = self.ask(world)
        with pytest.raises(Refused, match="前の申出"):
            ask_for_time(
                actor=world.actor(Role.DRAFTER),
                report=report,
                wanted_on=timezone.localdate() + 30 * DAY,
                reason="もう一度の申出。",
            )

    def test_not_to_an_earlier_day(self, world: World) -> None:
        with pytest.raises(Refused, match="より後の日付"):
            self.ask(world, days=3)


@pytest.mark.django_db
class TestWhoSees:
    def test_near_miss_strangers(self, world: World) -> None:
        """The neighbour was asked the same, and sees its own report and no other."""
        demand = issue(world)
        mine = reported(world, demand, world.nagano)
        neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
        for url in (mine.get_absolute_url(), mine.transition_url("answer")):
            assert neighbour.get(url).status_code == 404
        assert neighbour.get(f"/demands/reports/{mine.pk}/edit/").status_code == 404
        assert neighbour.get(demand.get_absolute_url()).status_code in (403, 404)
        listed = page(neighbour, "/demands/")
        assert listed.count("委託費の執行") >= 1
        assert "長野県" not in listed
        paper = Document.objects.get(kind="notice_of_demand", subject_id=str(mine.pk))
        assert neighbour.get(paper.get_absolute_url()).status_code == 404

    def test_the_auditor_reads_and_changes_nothing(self, world: World) -> None:
        demand = issue(world)
        report = reported(world, demand, world.nagano)
        auditor = client_of(world.actor(Role.AUDITOR))
        assert "検査調書による" in page(auditor, demand.get_absolute_url())
        for name in ("accept", "ask_again"):
            assert auditor.post(report.transition_url(name)).status_code == 403


@pytest.mark.django_db
class TestTheTable:
    def test_as_a_file_without_formulas(self, world: World) -> None:
        demand = issue(world)
        report = written(world, demand, world.nagano, '=HYPERLINK("http://evil.example")', "なし")
        perform(Report, report.pk, "answer", world.actor(Role.APPROVER))
        inspector = client_of(world.actor(Role.INSPECTOR))
        sheet = load_workbook(
            io.BytesIO(inspector.get(f"/demands/{demand.pk}/reports.xlsx").content)
        ).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        assert any("HYPERLINK" in str(cell.value) for cell in cells)
        assert "（1）契約の相手方と金額" in {cell.value for cell in cells}

    def test_reminded_once_a_day(self, world: World) -> None:
        demand = issue(world)
        reported(world, demand, world.nagano)
        drain()
        Notice.objects.all().delete()
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = f"/demands/{demand.pk}/remind/"
        assert "岐阜県" in page(inspector, url)
        assert inspector.post(url).status_code == 302
        assert inspector.post(url).status_code == 409
        drain()
        told = {notice.organisation for notice in Notice.objects.all()}
        assert told == {world.gifu, world.tottori}

    def test_the_same_queries_at_three_rows_and_at_eight(self, world: World) -> None:
        inspector = client_of(world.actor(Role.INSPECTOR))

        def count(demand: Demand) -> int:
            inspector.get(demand.get_absolute_url())
            with CaptureQueriesContext(connection) as captured:
                assert inspector.get(demand.get_absolute_url()).status_code == 200
            return len(captured)

        three = issue(world)
        for body in (world.nagano, world.gifu, world.tottori):
            reported(world, three, body)
        bodies = [world.bodies[code] for code in ("01", "02", "03", "04", "05", "06", "07", "08")]
        eight = issue(world, *bodies, number="府孤推第179号")
        for body in bodies:
            reported(world, eight, body)
        assert count(three) == count(eight)
