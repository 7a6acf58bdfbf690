"""A report that is being written keeps to what others do meanwhile: the plan, the records."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from grants.activities.api import own_key
from grants.awards.api import Award
from grants.demo.stories import LIGHT
from grants.records.api import PeriodReport
from grants.settlements.api import (
    PerformanceReport,
    read_report,
    recorded_figures,
    save_part,
    start_report,
)
from grants.settlements.contracted import contracts_of
from portal.access.api import Role
from portal.core.problems import Refused
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.awards.test_rounds import apply_again, second_round
from tests.grants.closing import typed_rows
from tests.grants.contractors.test_money import terminate
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


def test_10_figures_that_the_plan_names_itself_are_counted(deal: Deal) -> None:
    """⑩ by its own uid, a suggested figure by its code, whatever the plan calls it."""
    month = deal.month(deal.concluded())
    pair = pair_of(deal, month.contract)
    activity = deal.award.revision.activities.get(uid=month.activity_uid)
    suggested = activity.indicators.create(
        uid=uuid4(), code="07.attend_total", label="延べ参加者（市内）", unit="人"
    )
    record_of(pair.recorder, month)
    submit(month, pair.responsible)
    perform(PeriodReport, month.pk, "confirm", deal.drafter(), data={"note": ""})
    before = recorded_figures(deal.award)
    assert before[suggested.uid] == 12

    own = activity.indicators.create(uid=uuid4(), label="参加した学校", unit="校", target=12)
    type(activity).objects.filter(pk=activity.pk).update(type_code="10")
    key = own_key(own.uid)
    PeriodReport.objects.filter(pk=month.pk).update(
        type_code="10",
        own_indicators=[{"key": key, "label": own.label, "unit": "校", "target": "12"}],
    )
    month.records.update(values={"title": "学校との会", "held_on": "2024-10-05", key: "3"})
    assert recorded_figures(deal.award)[own.uid] == 3


def test_2_2_a_terminated_contract_is_listed_with_what_was_asked_for(deal: Deal) -> None:
    contract = deal.concluded()
    terminate(deal, contract)
    (listed,) = contracts_of(deal.award)
    assert listed.title == f"{contract.title}（解除）"
    assert listed.amount == 0


def _one_line(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
