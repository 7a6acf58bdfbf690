"""適正化法9条: a decision is undone once, whole, and not under what rests on it."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from grants.awards.api import Award
from grants.awards.models import WithdrawalStatement
from grants.demo.stories import LIGHT
from grants.filings.api import Filing
from grants.programmes.api import Ledger
from portal.access.api import Role
from portal.core.problems import Refused
from portal.core.text import house_digits
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.awards.test_rounds import apply_again, second_round
from tests.grants.revocations.test_revocations import take_back
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


def withdraw(world: World, filing: Filing) -> None:
    world.act(filing, "withdraw_award", world.actor(Role.APPROVER), reason="条件に不服がある。")


def test_9_2_a_decision_that_was_paid_on_stands(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award, 1)
    with pytest.raises(Refused, match="この決定による支払（1円）"):
        withdraw(world, award.decision.filing)
    award.refresh_from_db()
    assert (award.state, Ledger.objects.get().decided) == ("in_force", award.amount)


def test_9_2_money_of_an_earlier_round_holds_no_later_decision(world: World) -> None:
    world.filing("decided", story=LIGHT[0])
    award = Award.objects.get()
    before = int(award.amount)
    closing.pay(world, award)
    second_round(world)
    again = apply_again(world)
    world.decide(again)
    withdraw(world, again)
    award.refresh_from_db()
    assert award.amount == before == Ledger.objects.get().decided


def test_9_2_the_budget_is_freed_once(world: World) -> None:
    """取消し freed a part of it already."""
    award = closing.award_of(world)
    take_back(world, award, after=1_000)
    with pytest.raises(Refused, match="この決定の後に取消しがある"):
        withdraw(world, award.decision.filing)
    award.refresh_from_db()
    assert (award.state, award.amount, Ledger.objects.get().decided) == ("in_force", 1_000, 1_000)


def test_9_2_a_revocation_before_the_decision_holds_it_not(world: World) -> None:
    world.filing("decided", story=LIGHT[0])
    award = Award.objects.get()
    kept = int(award.amount) - 400_000
    take_back(world, award, after=kept)
    second_round(world)
    again = apply_again(world)
    world.decide(again)
    withdraw(world, again)
    award.refresh_from_db()
    assert award.amount == kept == Ledger.objects.get().decided


def taken(queries: CaptureQueriesContext) -> list[str]:
    """What was locked or counted, in the order in which it was first."""
    found = []
    for query in queries.captured_queries:
        sql = query["sql"]
        if "FOR UPDATE" in sql and 'FROM "programmes_ledger"' in sql:
            found.append("ledger")
        elif "FOR UPDATE" in sql and 'FROM "awards_award"' in sql:
            found.append("award")
        elif 'INSERT INTO "awards_officenumber"' in sql:
            found.append("number")
    return list(dict.fromkeys(found))


def test_a_decision_and_a_revocation_take_their_locks_in_one_order(world: World) -> None:
    """Otherwise each would wait for what the other holds."""
    world.filing("decided", story=LIGHT[0])
    second_round(world)
    again = apply_again(world)
    with CaptureQueriesContext(connection) as deciding:
        world.decide(again)
    with CaptureQueriesContext(connection) as revoking:
        take_back(world, Award.objects.get(), after=1_000)
    assert taken(deciding) == taken(revoking) == ["ledger", "award", "number"]


def test_9_1_a_withdrawal_leaves_its_paper(world: World) -> None:
    """Sealed as the body wrote it, under the form's number of the year, open to both sides alone."""
    filing = world.filing("decided", story=LIGHT[0])
    form = world.programme.values.filter(key="form_of_withdrawal")
    form.update(text="様式第15号")
    approver = world.actor(Role.APPROVER)
    reason = "附された条件の5に不服がある。"
    world.act(filing, "withdraw_award", approver, reason=reason, document_number="8地福第9号")
    drain()
    paper = Document.objects.get(kind="withdrawal")
    assert (paper.state, paper.issued_by) == ("ready", world.nagano.name)
    pages = PdfReader(BytesIO(read_file(paper))).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    decision = filing.decision
    assert reason in text, "as it was typed"
    for said in ("様式第15号", "8地福第9号", f"金{decision.amount:,}円", "第9条第1項"):
        assert house_digits(said) in text, said
    for role, body, status in (
        (Role.DRAFTER, world.nagano, 200),
        (Role.REVIEWER, None, 200),
        (Role.DRAFTER, world.gifu, 404),
    ):
        actor = world.actor(role, body) if body else world.actor(role)
        assert client_of(actor).get(paper.get_absolute_url()).status_code == status
    statement = WithdrawalStatement.objects.get()
    assert json.loads(statement.payload)["reason"] == reason
    with pytest.raises(ProgrammingError, match="Cannot update"):
        WithdrawalStatement.objects.update(payload="")
