"""The long rounds of `tests/workflow/test_races.py`."""

from __future__ import annotations

import uuid

import pytest

from grants.awards.api import Award, Decision
from grants.filings.api import Filing, SealedVersion
from grants.programmes.api import Ledger
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Stale
from portal.workflow.api import perform
from tests.workflow.lifecycle_machine import walk
from tests.workflow.races import at_once, failures
from tests.workflow.test_races import decide_by_two
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 50


def test_two_decide_the_same_case_50_times(world: World) -> None:
    """security B3-9. The money of each award is free again after 9条, so that the round can be repeated."""
    bodies = [body for code, body in world.bodies.items() if code != "21"]
    for number in range(ROUNDS):
        filing = world.filing("reviewed", bodies[number % len(bodies)])
        (lost,) = failures(decide_by_two(world, filing))
        assert isinstance(lost, Stale)
        assert Decision.objects.filter(filing=filing).count() == 1
        assert Ledger.objects.get().decided == Award.objects.in_force().total()
        approver = world.actor(Role.APPROVER, filing.grantee)
        world.act(filing, "withdraw_award", approver, reason="次の回のため。")
        assert Ledger.objects.get().decided == 0
    assert Event.objects.filter(verb="filings.application.decide").count() == ROUNDS
    assert verify() == []


def test_50_identical_submissions_at_once(world: World) -> None:
    """security B3-8."""
    for code in ("20", "31", "13"):
        filing = world.filing("awaiting_approval", world.bodies[code])
        key = uuid.uuid4()
        approver = world.actor(Role.APPROVER, filing.grantee)
        results = at_once(
            *[
                lambda filing=filing, approver=approver, key=key: perform(
                    Filing, filing.pk, "submit", approver, request_key=key
                )
            ]
            * ROUNDS
        )
        assert failures(results) == []
        assert len({result.subject.receipt_number for result in results}) == 1
        assert SealedVersion.objects.filter(filing=filing).count() == 1
    numbers = Filing.objects.exclude(receipt_number=None).values_list("receipt_number", flat=True)
    assert len(set(numbers)) == 3


def test_40_decisions_at_once_near_the_ceiling(world: World) -> None:
    """security B3-11: money for half of them, less one yen."""
    bodies = [body for code, body in world.bodies.items() if code != "21"][:40]
    filings = [world.filing("reviewed", body) for body in bodies]
    amount = int(filings[0].requested_amount or 0)
    world.programme.values.filter(key="budget").update(text=str(20 * amount - 1))
    given = [world.decision(filing) for filing in filings]
    results = at_once(
        *(
            lambda filing=filing, data=data: perform(
                Filing, filing.pk, "decide", world.actor(Role.DECIDER), data=data
            )
            for filing, data in zip(filings, given, strict=True)
        )
    )
    assert len(failures(results)) == 21
    assert Ledger.objects.get().decided == Award.objects.total() == 19 * amount
    assert verify() == []


@pytest.mark.parametrize(
    ("start", "reached"),
    [
        ("draft", {"submitted", "under_review", "withdrawn"}),
        ("under_review", {"returned"}),
        ("reviewed", {"decided", "declined", "under_review"}),
    ],
)
def test_thousands_of_steps_of_anybody_trying_anything(
    world: World, start: str, reached: set[str]
) -> None:
    """security B3-4; from three places of the way, so that all of it is walked."""
    tried, found = walk(world, runs=150, steps=80, start=start)
    print(f"\nfrom {start}: {tried} acts tried, reached {sorted(found)}")
    assert tried >= 1_000
    assert reached <= found
