"""A 事故・遅延報告 begun from what a contractor told: copied, named, and nobody else's."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from grants.changes.api import Incident
from grants.contractors.api import ContractPaper
from grants.kinds.incident.kind import payload
from portal.access.api import Role
from tests.grants.contractors.test_money import billed
from tests.grants.contractors.test_papers import INCIDENT
from tests.grants.contracts import Deal, Pair, pair_of
from tests.world import client_of


@pytest.fixture
def pair(deal: Deal) -> Pair:
    return pair_of(deal, deal.concluded())


@pytest.fixture
def paper(deal: Deal, pair: Pair) -> ContractPaper:
    contract = deal.award.contracts.get()
    url = reverse("contractors:incident", args=[contract.pk])
    assert pair.responsibles_client.post(url, INCIDENT).status_code == HTTPStatus.FOUND
    return contract.papers.get()


def start(paper: ContractPaper) -> str:
    return reverse("incident:start_from_paper", args=[paper.pk])


def test_what_corresponds_is_copied_and_the_origin_named(deal: Deal, paper: ContractPaper) -> None:
    drafter = client_of(deal.drafter())
    assert start(paper) in drafter.get(paper.get_absolute_url()).content.decode()
    answer = drafter.post(start(paper))
    incident = Incident.objects.get()
    assert answer.url == reverse("incident:edit", args=[incident.pk])
    assert (incident.what, incident.happened_on.isoformat()) == ("accident", "2024-11-01")
    assert "参加簿の控えを会場に置き忘れた" in incident.cause
    assert "八王子市の会場、影響を受けた人数3人" in incident.cause
    assert "控えを作らないことにした" in incident.measures
    assert incident.progress == ""
    assert incident.completes_on is None
    assert paper.get_absolute_url() in drafter.get(answer.url).content.decode()
    said = payload(incident.filing)["sections"][0]["fields"][-1]
    assert said["value"].startswith("事故報告書（第1号）　特定非営利活動法人みらい")
    page = drafter.get(paper.get_absolute_url()).content.decode()
    assert answer.url in page
    assert start(paper) not in page
    assert drafter.post(start(paper)).url == answer.url, "a second click goes on with it"
    assert Incident.objects.count() == 1


def test_another_report_on_its_way_is_not_overwritten(deal: Deal, paper: ContractPaper) -> None:
    drafter = client_of(deal.drafter())
    drafter.post(reverse("incident:start", args=[deal.award.pk]))
    answer = drafter.post(start(paper))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "書きかけの事故・遅延報告" in answer.content.decode()
    assert Incident.objects.get().cause == ""


def test_near_miss_strangers(deal: Deal, pair: Pair, paper: ContractPaper) -> None:
    """Another prefecture, the contractor itself, who decides in the prefecture, another paper."""
    for actor, status in (
        (deal.drafter(deal.world.nagano), HTTPStatus.NOT_FOUND),
        (pair.responsible, HTTPStatus.FORBIDDEN),
        (deal.world.actor(Role.APPROVER, deal.tokyo), HTTPStatus.FORBIDDEN),
        (deal.world.actor(Role.REVIEWER), HTTPStatus.FORBIDDEN),
    ):
        assert client_of(actor).post(start(paper)).status_code == status, actor
    billed(pair, paper.contract, 100)
    invoice = paper.contract.papers.get(kind="invoice")
    assert client_of(deal.drafter()).post(start(invoice)).status_code == HTTPStatus.NOT_FOUND
    assert not Incident.objects.exists()
    told = pair.responsibles_client.get(paper.get_absolute_url()).content.decode()
    assert "内閣府への報告" not in told
