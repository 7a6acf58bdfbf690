"""The list and the page of an award: what it costs to show them, and who does not see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.awards.api import Award, report_due, unfinished_report_due
from grants.kinds.performance.panels import to_report
from grants.settlements.api import PerformanceReport, start_report
from portal.access.api import Role
from portal.core.dates import day_with_weekday
from tests.grants import closing
from tests.grants.revocations.test_revocations import take_back
from tests.world import World, client_of

pytestmark = pytest.mark.django_db

FIRST, MORE = ("20", "13", "01"), ("02", "03", "04", "05", "06")


def count(world: World, url: str) -> int:
    client = client_of(world.actor(Role.AUDITOR))
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_list_costs_the_same_for_three_bodies_and_for_eight(world: World) -> None:
    def bring(code: str) -> None:
        closing.pay(world, closing.award_of(world, world.bodies[code]), 1_000)

    for code in FIRST:
        bring(code)
    three = count(world, "/settlements/")
    for code in MORE:
        bring(code)
    assert count(world, "/settlements/") == three


def test_another_prefecture_s_money_is_not_there(world: World) -> None:
    """Near-miss strangers: the same role of another body, and a paper that was never."""
    award = closing.award_of(world)
    payment = closing.pay(world, award)
    filing = closing.write_report(world, award)
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="platform")
    stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
    for url in (
        f"/settlements/awards/{award.pk}/",
        f"/refunds/awards/{award.pk}/what-if/",
        f"/payments/{payment.pk}/undo/",
        f"/performance/{filing.pk}/",
        f"/performance/parts/{part.pk}/",
    ):
        assert stranger.get(url).status_code == 404, url
    assert stranger.post(f"/performance/awards/{award.pk}/start/").status_code == 404
    assert "長野県" not in stranger.get("/settlements/").content.decode()


def test_a_draft_is_not_shown_to_the_cabinet_office(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.write_report(world, award)
    office = client_of(world.actor(Role.REVIEWER))
    assert office.get(f"/settlements/reports/{filing.pk}/lines/").status_code == 404
    assert office.get(f"/performance/{filing.pk}/").status_code == 404
    page = office.get(f"/settlements/awards/{award.pk}/").content.decode()
    assert "実績報告はまだ提出されていません" in page


def test_a_gap_is_pointed_at_with_its_row(world: World) -> None:
    """What cannot be read is said, and nothing typed is lost."""
    award = closing.award_of(world)
    filing = closing.write_report(world, award)
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="platform")
    line = part.lines.order_by("order")[0]
    client = client_of(world.actor(Role.DRAFTER))
    typed = {f"{line.uid}-spent": "１２千円", "text": "書いた。", "form_version": part.version}
    answer = client.post(f"/performance/parts/{part.pk}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1行目の支出済額" in page
    assert "１２千円" in page
    assert "書いた。" in page


def test_the_calculation_is_shown_before_anything_is_ordered(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    client = client_of(world.actor(Role.DECIDER))
    url = f"/refunds/awards/{award.pk}/what-if/"
    asked = {"ground": "revoked_body", "amount": str(award.amount), "due_on": "2027-01-29"}
    page = client.get(url, asked).content.decode()
    assert "加算金の合計" in page
    over = client.get(url, {**asked, "amount": str(award.amount + 1)})
    assert over.status_code == 422
    assert "1円超えて、返還を求めています" in over.content.decode()
    broken = client.get(url, {**asked, "repayments": "きのう 5"})
    assert "1行目は" in broken.content.decode()


def test_an_award_that_is_revoked_is_not_reported_on(world: World) -> None:
    award = closing.award_of(world)
    Award.objects.filter(pk=award.pk).update(state="withdrawn")
    client = client_of(world.actor(Role.DRAFTER))
    assert client.post(f"/performance/awards/{award.pk}/start/").status_code == 409


def test_what_somebody_else_saved_first_is_said_and_nothing_typed_is_lost(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.write_report(world, award)
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="platform")
    client = client_of(world.actor(Role.DRAFTER))
    typed = {"text": "書き直した。", "form_version": part.version - 1}
    answer = client.post(f"/performance/parts/{part.pk}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ほかの人が先に更新しました" in page
    assert "書き直した。" in page


def test_14_until_the_day_of_completion_is_known_the_day_of_next_year_is_shown(
    world: World,
) -> None:
    award = closing.award_of(world)
    filing = start_report(actor=world.actor(Role.DRAFTER), award=award)
    terms = award.programme.terms()
    due, otherwise = report_due(None, terms), unfinished_report_due(terms)
    assert due.day < otherwise.day
    page = client_of(world.actor(Role.DRAFTER)).get(f"/performance/{filing.pk}/").content.decode()
    assert f"<dd>{day_with_weekday(due.day)}" in page
    assert f"実績報告を{day_with_weekday(otherwise.day)}までに" in page


def test_the_home_page_lists_reports_to_write_and_no_finished_ones(world: World) -> None:
    award = closing.award_of(world)
    drafter = world.actor(Role.DRAFTER)
    filing = closing.write_report(world, award)
    (row,) = (to_report(drafter) or {})["rows"]
    assert row[0] == award
    world.submit(filing)
    assert to_report(drafter) is None


def test_what_is_left_to_pay_is_held_to_the_revoked_decision(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award, int(award.amount) - 2_000_000)
    closing.settled(world, award)
    take_back(world, award, after=int(award.amount) - 1_000_000)
    client = client_of(world.actor(Role.DECIDER))
    assert client.get(f"/settlements/awards/{award.pk}/").context["left"] == 1_000_000


def test_a_report_that_was_fixed_is_no_decision_of_the_list(world: World) -> None:
    """15条: its state is 決定 too, and it has no Decision to show."""
    closing.settled(world, closing.award_of(world))
    page = client_of(world.actor(Role.DECIDER)).get("/decisions/")
    assert page.status_code == 200
    assert "実績報告" not in page.content.decode()
