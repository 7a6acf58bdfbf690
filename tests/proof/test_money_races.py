"""47 at once near the limit: 内示 and decisions, apart and together, never a yen above the budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.allocations.api import Promise, promise
from grants.awards.api import Award
from grants.filings.api import Filing
from grants.programmes.api import Ledger
from portal.access.api import Role
from portal.audit.api import verify
from portal.workflow.api import perform
from tests.grants.needs import answer, scenario, survey
from tests.workflow.races import at_once, failures
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db(transaction=True)
WISH = 2_000_000


def promises(world: World, codes: list[str]) -> list[Callable[[], Any]]:
    """Each body's 内示 of WISH yen, ready to be made."""
    asked = survey(world)
    for code in codes:
        answer(world, asked, world.bodies[code], WISH)
    table = scenario(world, WISH * len(codes))
    day = timezone.localdate()
    rows = [row for row in table.rows.select_related("grantee") if row.amount]
    assert len(rows) == len(codes)
    numbers = [world.numbered()["document_number"] for _ in rows]
    return [
        lambda row=row, number=number: promise(
            actor=world.actor(Role.DECIDER),
            scenario=table,
            row=row,
            number=number,
            issued_on=day,
        )
        for row, number in zip(rows, numbers, strict=True)
    ]


def decisions(world: World, codes: list[str]) -> tuple[list[Callable[[], Any]], int]:
    """Each body's decision, ready to be made, and the yen of each."""
    filings = [world.filing("reviewed", world.bodies[code]) for code in codes]
    given = [world.decision(filing) for filing in filings]
    acts = [
        lambda filing=filing, data=data: perform(
            Filing, filing.pk, "decide", world.actor(Role.DECIDER), data=data
        )
        for filing, data in zip(filings, given, strict=True)
    ]
    return acts, int(filings[0].requested_amount or 0)


def set_budget(world: World, yen: int) -> None:
    world.programme.values.filter(key="budget").update(text=str(yen))


def test_47_promises_at_once_near_the_limit(world: World) -> None:
    """Money for thirty, less a yen: twenty-nine are made (適正化法6条1項)."""
    acts = promises(world, list(world.bodies))
    set_budget(world, 30 * WISH - 1)
    lost = failures(at_once(*acts))
    assert len(lost) == 47 - 29
    assert all("予算の残り" in str(problem) for problem in lost)
    assert Ledger.objects.get().promised == 29 * WISH
    assert sum(Promise.objects.values_list("amount", flat=True)) == 29 * WISH
    assert verify() == []


def test_47_decisions_at_once_near_the_limit(world: World) -> None:
    acts, amount = decisions(world, list(world.bodies))
    set_budget(world, 30 * amount - 1)
    lost = failures(at_once(*acts))
    assert len(lost) == 47 - 29
    assert Ledger.objects.get().decided == Award.objects.total() == 29 * amount
    assert verify() == []


def test_promises_and_decisions_of_others_at_once(world: World) -> None:
    """20 bodies are promised while 20 others are decided: together within the budget, to the yen."""
    codes = [code for code in world.bodies if code != "21"][:40]
    made, (decided, amount) = promises(world, codes[:20]), decisions(world, codes[20:])
    budget = 10 * WISH + 10 * amount - 1
    set_budget(world, budget)
    at_once(*made, *decided)
    ledger = Ledger.objects.get()
    assert ledger.decided == Award.objects.total()
    assert ledger.promised == sum(Promise.objects.standing().values_list("amount", flat=True))
    assert ledger.decided + ledger.promised <= budget
    assert budget - ledger.decided - ledger.promised < max(WISH, amount)
    assert verify() == []


def test_the_comparison_asks_as_often_for_47_as_for_three(world: World) -> None:
    ensure_cache_table()
    asked = survey(world)
    reviewer = client_of(world.actor(Role.REVIEWER))

    def count() -> int:
        reviewer.get(asked.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert reviewer.get(asked.get_absolute_url()).status_code == 200
        return len(captured)

    codes = list(world.bodies)
    for code in codes[:3]:
        answer(world, asked, world.bodies[code], WISH)
    three = count()
    for code in codes[3:]:
        answer(world, asked, world.bodies[code], WISH)
    assert count() == three
