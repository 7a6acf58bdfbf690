"""A second round of a year: column H, the amended award, and its withdrawal (適正化法9条)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from grants.allocations.api import file_prior_start, first_eligible_day
from grants.awards.api import Amendment, Award
from grants.demo import cases
from grants.demo.stories import LIGHT
from grants.filings.api import Filing, latest_version
from grants.kinds.api import start_application
from grants.kinds.application.kind import judgements
from grants.plans.api import BudgetLine, PlanRevision
from grants.programmes.api import Ledger, Round, open_round
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.outbox.api import drain
from tests.grants.needs import promised
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


def second_round(world: World) -> Round:
    now = timezone.now()
    return open_round(
        actor=world.actor(Role.PROGRAMME_MANAGER),
        programme=world.programme,
        name="追加募集",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=10),
    )


def apply_again(world: World, round_number: int = 2, more: int = 2_000_000) -> Filing:
    """The plan in force with one line more, of `more` yen, led to the end of its review."""
    drafter = world.actor(Role.DRAFTER)
    filing = start_application(actor=drafter, programme=world.programme, round_number=round_number)
    revision = filing.plan_revision
    BudgetLine.objects.filter(revision=revision).update(other_funding="none")
    PlanRevision.objects.filter(pk=revision.pk).update(budget_measure="initial")
    first = revision.lines.filter(delivery="direct").order_by("order").first()
    assert first is not None
    BudgetLine.objects.create(
        revision=revision,
        activity_uid=first.activity_uid,
        order=99,
        category_code="07",
        item="追加の謝金",
        delivery="direct",
        quantity=1,
        unit="式",
        unit_price=more,
        amount=more,
        other_funding="none",
    )
    cases.add_attachments(drafter, filing)
    filing = cases.submit(world.cast, filing)
    filing = cases.begin_review(world.cast, world.office, filing)
    return cases.finish_review(world.cast, world.office, filing)


def test_column_h_carries_and_the_award_is_amended(world: World) -> None:
    first = world.filing("decided", story=LIGHT[0])
    before = Award.objects.get()
    second_round(world)
    again = apply_again(world)
    sealed = latest_version(again)
    assert sealed is not None
    assert sealed.content["amounts"]["h"] == before.amount
    assert sealed.content["amounts"]["i"] == 1_000_000
    assert again.receipt_number.endswith("-0002")
    world.decide(again)
    award = Award.objects.get()
    assert award.pk == before.pk
    assert award.amount == before.amount + 1_000_000
    assert award.revision_id == again.revision_id
    assert award.decision.filing_id == first.pk
    amendment = Amendment.objects.get()
    assert (amendment.amount_before, amendment.amount_after) == (before.amount, award.amount)
    assert Ledger.objects.get().decided == Award.objects.total() == award.amount
    drain()
    assert Document.objects.filter(kind="notice_of_decision", state="ready").count() == 2
    assert verify() == []


def test_a_withdrawal_takes_the_last_decision_first(world: World) -> None:
    """適正化法9条2項: the award goes back to what it was; the founding decision waits its turn."""
    first = world.filing("decided", story=LIGHT[0])
    amount = Award.objects.get().amount
    second_round(world)
    again = apply_again(world)
    world.decide(again)
    approver = world.actor(Role.APPROVER)
    with pytest.raises(Refused, match="先に、後の回の申請を取り下げて"):
        world.act(first, "withdraw_award", approver, reason="条件に不服がある。")
    world.act(again, "withdraw_award", approver, reason="条件に不服がある。")
    award = Award.objects.in_force().get()
    assert (award.amount, award.revision_id) == (amount, first.revision_id)
    assert Ledger.objects.get().decided == amount
    world.act(first, "withdraw_award", approver, reason="条件に不服がある。")
    assert Ledger.objects.get().decided == 0
    assert not Award.objects.in_force().exists()


def test_one_application_a_round_and_none_beside_one_on_its_way(world: World) -> None:
    world.draft()
    drafter = world.actor(Role.DRAFTER)
    with pytest.raises(Refused, match="開かれていません"):
        start_application(actor=drafter, programme=world.programme, round_number=2)
    second_round(world)
    with pytest.raises(Refused, match="まだ決定していません"):
        start_application(actor=drafter, programme=world.programme, round_number=2)


def test_the_database_keeps_one_a_round(world: World) -> None:
    """The unique constraint, past every service."""
    filing = world.draft()
    with pytest.raises(DatabaseError, match="filing_one_a_round"), transaction.atomic():
        Filing.objects.create(
            kind="application", programme=filing.programme, grantee=filing.grantee
        )
    Filing.objects.create(
        kind="application", programme=filing.programme, grantee=filing.grantee, round_number=2
    )


def test_an_amendment_stays_as_it_was_made(world: World) -> None:
    world.filing("decided", story=LIGHT[0])
    second_round(world)
    world.decide(apply_again(world))
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.update(amount_after=1)


def test_the_page_offers_the_next_round_to_a_body_with_a_decision(world: World) -> None:
    ensure_cache_table()
    world.filing("decided", story=LIGHT[0])
    second_round(world)
    drafter = client_of(world.actor(Role.DRAFTER))
    assert "追加の申請を始める" in drafter.get("/applications/").content.decode()
    form = {"programme": str(world.programme.pk), "round": "2"}
    assert drafter.post("/applications/start/", form).status_code == 302
    assert Filing.objects.of_kind("application").count() == 2
    assert "追加の申請を始める" not in drafter.get("/applications/").content.decode()


@pytest.mark.parametrize("rule", ["decision", "notice", "april", "prior"])
def test_the_first_day_of_a_body(world: World, rule: str) -> None:
    """要綱（交付決定前の着手）: computed for each body, by the programme's rule."""
    world.programme.values.filter(key="first_eligible_day").update(text=rule)
    today = timezone.localdate()
    start = today.replace(month=4, day=1, year=world.programme.fiscal_year)
    assert first_eligible_day(world.programme, world.nagano.pk) == (
        start if rule == "april" else None
    )
    promised(world, world.nagano, 30_000_000)
    if rule == "prior":
        file_prior_start(
            actor=world.actor(Role.APPROVER),
            programme=world.programme,
            starts_on=today,
            reason="年度の初めから相談を受けるため。",
        )
    world.filing("decided", story=LIGHT[0])
    expected = start if rule == "april" else today
    assert first_eligible_day(world.programme, world.nagano.pk) == expected
    assert first_eligible_day(world.programme, world.gifu.pk) == (
        start if rule == "april" else None
    )


def test_a_prior_start_is_taken_only_where_the_programme_says_so(world: World) -> None:
    given = {
        "actor": world.actor(Role.APPROVER),
        "programme": world.programme,
        "starts_on": timezone.localdate() - timedelta(days=1),
        "reason": "早く始めるため。",
    }
    with pytest.raises(Refused) as refusal:
        file_prior_start(**given)
    assert len(refusal.value.reasons) == 2, "every reason, not the first"


def test_a_plan_that_starts_too_early_is_flagged(world: World) -> None:
    """要綱（交付決定前の着手）: a warning, which stops nothing."""
    filing = world.draft()

    def state() -> str:
        found = judgements(Filing.objects.get(pk=filing.pk))
        return next(j.state for j in found if j.requirement.id == "filing.start")

    assert state() == "warning", "1 April lies before the window opened"
    opened = timezone.localdate(world.programme.terms().window_opens)
    type(filing.plan_revision).objects.filter(pk=filing.revision_id).update(starts_on=opened)
    assert state() == "met"
