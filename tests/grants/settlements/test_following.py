"""A report that is being written keeps to what others do meanwhile: the plan, the records."""

from __future__ import annotations

import re
from typing import Any

import pytest

from grants.awards.api import Award
from grants.demo.stories import LIGHT
from grants.records.api import PeriodReport
from grants.settlements.api import PerformanceReport, read_report, save_part, start_report
from portal.access.api import Role
from portal.core.problems import Refused
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.awards.test_rounds import apply_again, second_round
from tests.grants.closing import typed_rows
from tests.grants.contracts import Deal, pair_of
from tests.grants.records.test_months import record_of, submit
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


def test_14_a_later_decision_brings_its_lines_into_a_report_that_was_begun(world: World) -> None:
    world.filing("decided", story=LIGHT[0])
    award = Award.objects.select_related("programme", "grantee", "decision").get()
    filing = closing.write_report(world, award)
    report = PerformanceReport.objects.get(filing=filing)
    typed = {one.uid: one.spent for part in report.parts.all() for one in part.lines.all()}
    versions = {part.key: part.version for part in report.parts.all()}
    dropped = report.parts.get(key="incomes").incomes.create(
        uid=filing.pk, order=9, label="計画からなくなる収入", budget=5_000, amount=4_000
    )
    second_round(world)
    world.decide(apply_again(world))
    with pytest.raises(Refused, match="計画が変わっています"):
        world.request(filing)

    client = client_of(world.actor(Role.DRAFTER, award.grantee))
    page = client.get(f"/performance/{filing.pk}/", follow=True).content.decode()
    assert "新しい計画に合わせました" in page
    report.refresh_from_db()
    award.refresh_from_db()
    lines = [one for part in report.parts.all() for one in part.lines.all()]
    assert report.revision_id == award.revision_id
    assert sorted((one.uid, one.budget) for one in lines) == sorted(
        award.revision.lines.values_list("uid", "amount")
    )
    (new,) = [one for one in lines if one.uid not in typed]
    assert (new.item, new.spent) == ("追加の謝金", None)
    assert {one.uid: one.spent for one in lines if one != new} == typed
    dropped.refresh_from_db()
    assert (dropped.budget, dropped.amount) == (0, 4_000)
    assert {part.key: part.version - 1 for part in report.parts.all()} == versions
    again = client.get(f"/performance/{filing.pk}/")
    assert "新しい計画に合わせました" not in again.content.decode()


def test_14_what_was_filed_keeps_the_plan_that_it_was_filed_on(world: World) -> None:
    world.filing("decided", story=LIGHT[0])
    award = Award.objects.select_related("programme", "grantee", "decision").get()
    filing = world.submit(closing.write_report(world, award))
    before = PerformanceReport.objects.get(filing=filing).revision_id
    second_round(world)
    world.decide(apply_again(world))
    client = client_of(world.actor(Role.DRAFTER, award.grantee))
    assert client.get(f"/performance/{filing.pk}/").status_code == 200
    assert PerformanceReport.objects.get(filing=filing).revision_id == before


def test_2_2_the_records_of_today_stand_beside_the_figures(deal: Deal) -> None:
    """A month confirmed after the report was begun counts; a page that was saved keeps its own."""
    month = deal.month(deal.concluded())
    pair = pair_of(deal, month.contract)
    filing = start_report(actor=deal.drafter(), award=deal.award)
    report = PerformanceReport.objects.get(filing=filing)
    record_of(pair.recorder, month)
    submit(month, pair.responsible)
    perform(PeriodReport, month.pk, "confirm", deal.drafter(), data={"note": ""})

    found = [one for part in read_report(report).parts for one in part.results if one.recorded]
    assert found
    assert {one.actual for one in found} == {None}
    part = report.parts.get(results__uid=found[0].uid)
    client = client_of(deal.drafter())
    recorded = found[0].recorded or 0
    field = f'name="{found[0].uid}-actual" value="{recorded:.0f}"'
    assert field in _one_line(client.get(part.get_absolute_url()))
    save_part(
        actor=deal.drafter(), part=part, seen_version=1, text="実施した。", rows=typed_rows(part)
    )
    assert field not in _one_line(client.get(part.get_absolute_url()))


def _one_line(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
