"""A confirmed report was wrong: more is ordered, less is decided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.awards.api import Award
from grants.conditions.api import decide_less
from grants.filings.api import latest_version
from grants.income.api import IncomeReport, Lessening, start_correction
from grants.refunds.api import claims_on, record_repayment
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused
from portal.notifications.models import Notice
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.income.earning import ALL, after, ask, confirm, fix, order, save, write, years
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def _fixed(world: World) -> Iterator[None]:
    """After the first year of an award whose income goes back by half, with nothing deducted."""
    award = closing.award_of(world)
    fix(world, award)
    ask(world, **ALL)
    with after(award):
        yield


def reported(world: World) -> IncomeReport:
    """400,000円 came in: 200,000円 are paid to the state."""
    award = Award.objects.select_related("programme", "grantee", "decision").get()
    return confirm(world, write(world, award, [400_000]))


def corrected(world: World, report: IncomeReport, amount: int) -> IncomeReport:
    drafter = world.actor(Role.DRAFTER, report.award.grantee)
    filing = start_correction(actor=drafter, report=report)
    assert start_correction(actor=drafter, report=report) == filing, "a second click"
    return confirm(world, save(world, filing, [amount], [], summary="集計の誤り。"))


def decide(world: World, report: IncomeReport, way: str) -> Lessening:
    made = decide_less(
        actor=world.actor(Role.DECIDER), report=report, way=way, reason="訂正のとおり。"
    )
    assert isinstance(made, Lessening)
    return made


@pytest.mark.usefixtures("_fixed")
class TestCorrections:
    def test_it_begins_with_what_was_confirmed(self, world: World) -> None:
        report = reported(world)
        made = IncomeReport.objects.get(
            filing=start_correction(actor=world.actor(Role.DRAFTER), report=report)
        )
        assert made.fiscal_year == report.fiscal_year
        assert [int(one.amount) for one in made.lines.all()] == [400_000]

    def test_more_is_ordered_by_its_difference_alone(self, world: World) -> None:
        report = reported(world)
        [claim] = claims_on(report.award)
        order(world, report.award, claim.key)
        more = corrected(world, report, 500_000)
        assert (more.returned, more.difference) == (250_000, 50_000)
        [further] = claims_on(report.award)
        assert (further.amount, further.ground) == (50_000, "income")
        assert "訂正の報告により、前の報告より多い" in further.about
        assert years(world, report.award)[0].returned == 250_000
        sealed = latest_version(more.filing)
        assert sealed is not None
        assert sealed.content["corrects"]["number"] == report.filing.receipt_number
        assert verify() == []

    def test_less_is_decided_before_anything_more_is_ordered(self, world: World) -> None:
        report = reported(world)
        lower = corrected(world, report, 300_000)
        assert (lower.returned, lower.difference) == (150_000, -50_000)
        assert not claims_on(report.award), "nothing is ordered while it is undecided"
        assert years(world, report.award)[0].undecided
        with pytest.raises(Refused, match=r"納付された額（0円）"):
            decide(world, lower, "repay")
        decide(world, lower, "deduct")
        [claim] = claims_on(report.award)
        assert claim.amount == 150_000
        event = Event.objects.get(verb="income.decide_less")
        assert event.data["said"]["減る額"] == "50,000円"
        drain()
        assert Notice.objects.filter(title__contains="減額について措置").count() == 1
        assert verify() == []

    def test_what_was_paid_is_given_again(self, world: World) -> None:
        report = reported(world)
        [claim] = claims_on(report.award)
        made = order(world, report.award, claim.key)
        lower = corrected(world, report, 300_000)
        with pytest.raises(Refused, match="返せません"):
            decide(world, lower, "repay")
        record_repayment(
            actor=world.actor(Role.DECIDER),
            order=made,
            amount=200_000,
            paid_on=timezone.localdate(),
        )
        decide(world, lower, "repay")
        assert not claims_on(report.award)

    def test_the_next_year_counts_on_the_corrected_one(self, world: World) -> None:
        report = reported(world)
        corrected(world, report, 300_000)
        decide(world, IncomeReport.objects.get(corrects=report), "deduct")
        with after(report.award, 2):
            second = confirm(world, write(world, report.award, [100_000]))
        assert second.returned == 50_000

    def test_pages(self, world: World) -> None:
        ensure_cache_table()
        report = reported(world)
        drafter = client_of(world.actor(Role.DRAFTER))
        stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
        correct = reverse("income:correct", args=[report.pk])
        assert stranger.post(correct).status_code == 404
        assert (
            "収入や必要経費の誤り" in drafter.get(report.filing.get_absolute_url()).content.decode()
        )
        page = drafter.get(drafter.post(correct)["Location"]).content.decode()
        assert "確認された報告を訂正する報告です" in page
        made = IncomeReport.objects.get(corrects=report)
        lower = confirm(world, save(world, made.filing, [300_000], [], summary="誤り"))
        less = reverse("income:less", args=[lower.pk])
        assert client_of(world.actor(Role.REVIEWER)).get(less).status_code == 403
        decider = client_of(world.actor(Role.DECIDER))
        assert "収益状況" in decider.get(less).content.decode()
        form = decider.get(less).context["form"]
        typed = {
            "way": "deduct",
            "reason": "訂正のとおり。",
            "request_key": form["request_key"].value(),
        }
        assert decider.post(less, typed).status_code == 302
        assert (
            "まだ命じていない返還の額から差し引く"
            in drafter.get(lower.filing.get_absolute_url()).content.decode()
        )
