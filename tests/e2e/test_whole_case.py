"""One case from the empty plan to the day until which the closed award is kept, in one journey."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine

from grants.awards.api import Award
from grants.settlements.api import Settlement
from portal.audit.api import verify
from portal.documents.api import Document
from tests.grants.contracts import NOW
from tests.running import wait_for
from tests.world import World

from . import contracting, settling
from .applying import (
    APPROVER,
    DRAFTER,
    YEAR,
    answer,
    decide,
    draft,
    finish_review,
    request_and_approve,
    review_and_return,
    tokyo_s_year,
)
from .conftest import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[..., Visitor]
PAPERS = (
    "notice_of_decision",
    "performance",
    "notice_of_settlement",
    "notice_of_refund",
)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """In the year of the sample month, while the state may still pay for it."""
    with time_machine.travel(NOW, tick=True):
        yield tokyo_s_year()


def test_from_the_empty_plan_to_the_keeping_of_the_closed_award(
    visit: Enter, arrive: Enter, world: World, worker: subprocess.Popen[bytes], mails: Path
) -> None:
    drafter, approver = visit(DRAFTER), visit(APPROVER)
    reviewer, decider = visit("reviewer@cao.example"), visit("decider@cao.example")
    filing, revision = draft(drafter)
    request_and_approve(drafter, approver, filing)
    review_and_return(reviewer, filing)
    answer(drafter, filing, revision)
    request_and_approve(drafter, approver, filing)
    finish_review(reviewer, filing)
    decide(decider, filing)
    award = Award.objects.select_related("grantee", "programme", "decision").get()
    settling.pay(decider, award)

    contracting.register(drafter, YEAR)
    contract = contracting.conclude(drafter, YEAR)
    people = contracting.invite(drafter, contract, arrive, mails)
    contracting.confirm(drafter, contracting.report_month(people, contract))

    report = settling.report(drafter, world, award, share=40)
    approver.goto(report.transition_url("submit"))
    approver.press("承認して提出する")
    reviewer.goto(f"/settlements/reports/{report.pk}/lines/")
    assert reviewer.says(contract.title), "the contract stands beside its line"
    settling.examine(reviewer, report)
    settlement = settling.fix(decider, report)
    settling.refund(decider, settlement)
    settling.close(decider, award)
    assert Settlement.objects.get().state == "closed"

    decider.goto(f"/retention/awards/{award.pk}/")
    assert decider.says("終了後5年（交付の条件）")
    assert decider.says("仕入控除税額の報告が済んでいません"), "what a condition still asks for"
    approver.goto(f"/settlements/awards/{award.pk}/")
    assert approver.says("額の確定通知書（府孤推第501号）")
    wait_for(
        lambda: (
            set(Document.objects.filter(state="ready").values_list("kind", flat=True))
            >= set(PAPERS)
        ),
        60,
    )
    assert verify() == []
