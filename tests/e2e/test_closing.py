"""From the decision to the closed award: report, examination, 額の確定, a refund in two parts, the end."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from portal.documents.api import Document
from tests.grants import closing
from tests.running import wait_for
from tests.world import World

from .conftest import Visitor
from .settling import close, examine, fix, pay, refund, report

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Visitor]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_decision_to_the_closed_award(
    world: World, worker: subprocess.Popen[bytes], visit: Enter, has_scripts: bool
) -> None:
    award = closing.award_of(world)
    decider = visit("decider@cao.example", has_scripts)
    pay(decider, award)
    filing = report(visit("drafter@nagano.example", has_scripts), world, award)
    approver = visit("approver@nagano.example", has_scripts)
    approver.goto(filing.transition_url("submit"))
    approver.press("承認して提出する")
    assert approver.says(f"{world.programme.fiscal_year}-J-0001")
    examine(visit("reviewer@cao.example", has_scripts), filing)
    settlement = fix(decider, filing)
    assert settlement.amount < award.amount
    order = refund(decider, settlement)
    assert order.amount == award.amount - settlement.amount
    close(decider, award)
    kinds = ("performance", "notice_of_settlement", "notice_of_refund")
    wait_for(
        lambda: Document.objects.filter(kind__in=kinds, state="ready").count() == len(kinds), 60
    )
    approver.goto(f"/settlements/awards/{award.pk}/")
    assert approver.says("額の確定通知書（府孤推第501号）")
    assert approver.says("返還命令書（府孤推第502号）")
