"""The main job in one go, from the empty plan to the confirmed month, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grants.contractors.api import Contract
from portal.audit.api import verify
from portal.documents.api import Document
from tests.running import wait_for
from tests.world import World

from . import contracting
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


@pytest.fixture
def world(transactional_db: None) -> World:
    return tokyo_s_year()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_empty_plan_to_the_confirmed_month(
    visit: Enter, arrive: Enter, world: World, worker: Any, mails: Path, has_scripts: bool
) -> None:
    drafter, approver = visit(DRAFTER, has_scripts), visit(APPROVER, has_scripts)
    filing, revision = draft(drafter)
    request_and_approve(drafter, approver, filing)
    wait_for(lambda: Document.objects.filter(kind="application", state="ready").count() == 1)

    reviewer = visit("reviewer@cao.example", has_scripts)
    review_and_return(reviewer, filing)
    answer(drafter, filing, revision)
    request_and_approve(drafter, approver, filing)
    finish_review(reviewer, filing)
    decide(visit("decider@cao.example", has_scripts), filing)
    wait_for(lambda: Document.objects.filter(kind="notice_of_decision", state="ready").count() == 1)
    assert Document.objects.filter(kind="application", state="ready").count() == 2

    contracting.register(drafter, YEAR)
    contract = contracting.conclude(drafter, YEAR)
    people = contracting.invite(drafter, contract, arrive, mails)
    contracting.confirm(drafter, contracting.report_month(people, contract))

    drafter.goto(f"/filings/{filing}/")
    assert drafter.says("府孤推第41号")
    read_as_auditor(visit("auditor@cao.example", has_scripts), filing, contract)
    assert verify() == []


def read_as_auditor(v: Visitor, filing: str, contract: Contract) -> None:
    """The whole story, and nothing to change in it."""
    v.goto(f"/filings/{filing}/")
    for act in ("決裁を依頼する（庁内）", "承認して提出する", "差し戻す", "交付を決定する"):
        assert v.says(act)
    assert v.says("適正化法6条から8条まで")
    assert v.page.locator("main form[method=post]").count() == 0, "an auditor changes nothing"
    for path in ("/", f"/contractors/contracts/{contract.pk}/", "/audit/", "/guideline/"):
        v.goto(path)
        assert v.page.locator("main form[method=post]").count() == 0, path
