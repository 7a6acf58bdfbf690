"""Two people at once: one act, one number, and never more than the budget.

Small rounds here; `./dev proof` runs the long ones.
"""

from __future__ import annotations

import uuid

import pytest
from django.db import transaction

from grants.awards.api import Award, Decision
from grants.filings.api import Filing, SealedVersion
from grants.kinds.api import start_application
from grants.programmes.api import Ledger
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused, Stale
from portal.workflow.api import perform
from tests.workflow.races import at_once, failures
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

NAMES = ("01", "02", "03", "04")


@pytest.fixture
def world(world: World) -> World:
    """Terms are read once, so that the threads meet at the locks and not while reading."""
    world.programme.terms()
    return world


def decide_by_two(world: World, filing: Filing) -> list[object]:
    deciders = [world.actor(Role.DECIDER)] * 2
    given = [world.decision(filing) for _ in deciders]
    return at_once(
        *(
            lambda actor=actor, data=data: perform(
                Filing, filing.pk, "decide", actor, seen_version=filing.version, data=data
            )
            for actor, data in zip(deciders, given, strict=True)
        )
    )


def test_two_decide_the_same_case(world: World) -> None:
    """security B3-9: one wins, the other hears that somebody was first; the ledger is exact."""
    for code in NAMES[:2]:
        filing = world.filing("reviewed", world.bodies[code])
        results = decide_by_two(world, filing)
        lost = failures(results)
        assert len(lost) == 1
        assert isinstance(lost[0], Stale)
        assert Decision.objects.filter(filing=filing).count() == 1
        assert (
            Event.objects.filter(
                subject_id=str(filing.pk), verb="filings.application.decide"
            ).count()
            == 1
        )
    assert Ledger.objects.get().decided == Award.objects.total()
    assert verify() == []


def test_many_identical_submissions_at_once(world: World) -> None:
    """security B3-8: one receipt number, one version, one paper, one event."""
    filing = world.filing("awaiting_approval")
    key = uuid.uuid4()
    results = at_once(
        *[lambda: perform(Filing, filing.pk, "submit", world.actor(Role.APPROVER), request_key=key)]
        * 12
    )
    assert failures(results) == []
    assert sum(not result.is_repeat for result in results) == 1
    submitted = Filing.objects.get(pk=filing.pk)
    assert submitted.receipt_number == f"{world.programme.fiscal_year}-A-0001"
    assert {result.subject.receipt_number for result in results} == {submitted.receipt_number}
    assert SealedVersion.objects.filter(filing=filing).count() == 1
    assert Event.objects.filter(verb="filings.application.submit").count() == 1


def test_many_submissions_without_a_key(world: World) -> None:
    """Tabs of several people: one files, the others are told the state."""
    filing = world.filing("awaiting_approval")
    results = at_once(
        *[lambda: perform(Filing, filing.pk, "submit", world.actor(Role.APPROVER))] * 6
    )
    assert len(failures(results)) == 5
    assert all(isinstance(problem, Refused) for problem in failures(results))
    assert SealedVersion.objects.filter(filing=filing).count() == 1


def test_receipt_numbers_have_no_gaps(world: World) -> None:
    """Four bodies at once; one of them is refused by its guards and takes no number with it."""
    filings = [world.filing("awaiting_approval", world.bodies[code]) for code in NAMES]
    Filing.objects.filter(pk=filings[2].pk).update(requested_digest="changed since")
    results = at_once(
        *(
            lambda filing=filing: perform(
                Filing, filing.pk, "submit", world.actor(Role.APPROVER, filing.grantee)
            )
            for filing in filings
        )
    )
    assert len(failures(results)) == 1
    again = world.act(
        world.filing("awaiting_approval", world.bodies["05"]),
        "submit",
        world.actor(Role.APPROVER, world.bodies["05"]),
    )
    assert again.subject.receipt_number.endswith("0004")
    numbers = Filing.objects.exclude(receipt_number=None).values_list("receipt_number", flat=True)
    year = world.programme.fiscal_year
    assert sorted(numbers) == [f"{year}-A-{n:04d}" for n in range(1, 5)]


def test_a_number_drawn_and_rolled_back_is_given_again(world: World) -> None:
    filing = world.filing("awaiting_approval")
    with transaction.atomic():
        world.act(filing, "submit", world.actor(Role.APPROVER))
        transaction.set_rollback(True)
    other = world.filing("submitted", world.bodies["13"])
    assert other.receipt_number == f"{world.programme.fiscal_year}-A-0001"


def test_the_budget_is_never_exceeded(world: World) -> None:
    """security B3-11: four decisions at once against money for two, to the yen."""
    filings = [world.filing("reviewed", world.bodies[code]) for code in NAMES]
    amount = int(filings[0].requested_amount or 0)
    world.programme.values.filter(key="budget").update(text=str(3 * amount - 1))
    given = [world.decision(filing) for filing in filings]
    results = at_once(
        *(
            lambda filing=filing, data=data: perform(
                Filing, filing.pk, "decide", world.actor(Role.DECIDER), data=data
            )
            for filing, data in zip(filings, given, strict=True)
        )
    )
    lost = failures(results)
    assert len(lost) == 2
    assert all("予算の残り" in str(problem) for problem in lost)
    assert Ledger.objects.get().decided == Award.objects.total() == 2 * amount


def test_one_application_a_year_however_often_one_clicks(world: World) -> None:
    drafter = world.actor(Role.DRAFTER)
    results = at_once(*[lambda: start_application(actor=drafter, programme=world.programme)] * 6)
    assert failures(results) == []
    assert len({filing.pk for filing in results}) == 1
    assert Event.objects.filter(verb="filings.application.start").count() == 1
