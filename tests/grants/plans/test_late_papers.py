"""議決後の提出: a paper that awaits the council comes by its date, without a return."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grants.filings.api import Filing
from grants.kinds.application.attachments import slots
from grants.kinds.application.kind import judgements
from grants.plans.api import LatePaper, PlanRevision
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused
from portal.documents.api import Document
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
VOTE = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def filing(world: World) -> Filing:
    """Its council votes in a month, and the paper that says so is not there yet."""
    filing = world.draft()
    told(filing, budget_measure="pending", budget_vote_on=VOTE)
    Document.objects.filter(kind="attachment:budget").delete()
    return Filing.objects.get(pk=filing.pk)


def told(filing: Filing, **values: Any) -> None:
    PlanRevision.objects.filter(pk=filing.revision_id).update(**values)


@pytest.fixture
def drafter(world: World) -> Client:
    return client_of(world.actor(Role.DRAFTER))


def address(filing: Filing, name: str) -> str:
    return reverse(f"applications:{name}", args=[filing.pk])


def mark(client: Client, filing: Filing, days: int = 35, key: str = "budget") -> Any:
    due = (timezone.localdate() + timedelta(days=days)).isoformat()
    data = {"mark_late": "1", "late": key, "due_on": due}
    return client.post(address(filing, "attachments"), data)


def state_of(filing: Filing, requirement: str) -> str:
    return next(j.state for j in judgements(filing) if j.requirement.id == requirement)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("議決証明.csv", "議決,済\n".encode())


def test_a_missing_paper_stops_the_filing_until_it_is_marked(
    world: World, drafter: Client, filing: Filing
) -> None:
    assert state_of(filing, "filing.attachments") == "unmet"
    with pytest.raises(Refused):
        world.request(filing)
    assert mark(drafter, filing).status_code == 302
    assert state_of(filing, "filing.attachments") == "met"
    (late,) = [j for j in judgements(filing) if j.requirement.id == "filing.late_papers"]
    assert late.state == "warning"
    assert f"{(VOTE + timedelta(days=5)).day}日" in late.problems[0].message
    assert world.request(filing).state == "awaiting_approval"


def test_it_cannot_come_before_the_vote(drafter: Client, filing: Filing) -> None:
    answer = mark(drafter, filing, days=29)
    assert answer.status_code == 422
    assert "以後の日付にしてください" in answer.content.decode()
    assert not LatePaper.objects.exists()


def test_what_the_year_does_not_let_come_late_cannot_be_marked(
    drafter: Client, filing: Filing
) -> None:
    """The rules of the platform await no council: a value of the year, not of the form."""
    Document.objects.filter(kind="attachment:rules").delete()
    assert mark(drafter, filing, key="rules").status_code == 422
    filing.programme.attachments.filter(key="rules").update(may_come_late=True)
    assert mark(drafter, filing, key="rules").status_code == 302


def test_the_mark_counts_only_while_the_council_has_not_voted(
    drafter: Client, filing: Filing
) -> None:
    mark(drafter, filing)
    told(filing, budget_measure="initial")
    filing = Filing.objects.get(pk=filing.pk)
    assert state_of(filing, "filing.attachments") == "unmet"
    assert mark(drafter, filing, key="budget").status_code == 404


def test_the_mark_can_be_taken_off(drafter: Client, filing: Filing) -> None:
    mark(drafter, filing)
    drafter.post(address(filing, "attachments"), {"unmark": "budget"})
    assert state_of(filing, "filing.attachments") == "unmet"


@pytest.mark.parametrize("state", ["submitted", "decided"])
def test_it_is_handed_in_without_a_return(
    world: World, drafter: Client, filing: Filing, state: str
) -> None:
    mark(drafter, filing)
    filing = world.submit(filing)
    if state == "decided":
        filing = world.decide(world.finish_review(world.begin_review(filing)))
    before = filing.versions.count()
    answer = drafter.post(address(filing, "late"), {"slot": "budget", "file": paper()})
    assert answer.status_code == 302
    filing.refresh_from_db()
    assert (filing.state, filing.versions.count()) == (state, before)
    (slot,) = [s for s in slots(filing) if s.key == "budget"]
    assert not slot.is_awaited
    assert slot.documents[0].is_filed, "the Cabinet Office reads it"
    event = Event.objects.get(verb="filings.application.hand_in_late")
    assert event.article == "適正化法施行令3条2項"
    assert event.case_id == filing.case_id


def test_nothing_else_is_handed_in_that_way(world: World, drafter: Client, filing: Filing) -> None:
    mark(drafter, filing)
    filing = world.submit(filing)
    answer = drafter.post(address(filing, "late"), {"slot": "rules", "file": paper()})
    assert answer.status_code == 422
    assert not Event.objects.filter(verb="filings.application.hand_in_late").exists()


def test_the_list_of_filings_leads_there(world: World, drafter: Client, filing: Filing) -> None:
    mark(drafter, filing)
    assert address(filing, "late") not in drafter.get("/applications/").content.decode()
    filing = world.submit(filing)
    assert address(filing, "late") in drafter.get("/applications/").content.decode()
    assert drafter.get(address(filing, "late")).status_code == 200

    for role in (Role.APPROVER, Role.REVIEWER):
        data = {"slot": "budget", "file": paper()}
        other = client_of(world.actor(role))
        assert other.post(address(filing, "late"), data).status_code == 403, role
