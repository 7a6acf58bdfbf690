"""People of a body below: they record their activities, see nothing else, and end with the consent."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from grants.connections.services import people_for_keys
from grants.contractors.api import Contract, ContractPerson, Invoice, limit_people
from grants.records.api import ActivityRecord, PeriodReport, enter_record
from grants.subcontracts.api import Subcontract, invite_recorder
from portal.access.api import Role
from portal.accounts.api import Invitation
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants.contracts import Pair
from tests.grants.records.test_months import record_of, submit
from tests.grants.subcontracts.conftest import TODAY, Links
from tests.world import client_of

ROW = {
    "municipality_name": "八王子市",
    "lg_code": "132012",
    "venue": "縁側",
    "held_on": date(2024, 10, 5),
    "sessions": 1,
    "attend_total": 12,
}


def joined(links: Links, link: Subcontract) -> Actor:
    """Invited by the prefecture, and come."""
    invite_recorder(
        actor=links.drafter, link=link, email="recorder@haguruma.example", name="下請 入力"
    )
    organisation = link.contractor.organisation
    actor: Actor = links.deal.world.cast.add(
        organisation, Role.RECORDER, "下請 入力", "recorder@haguruma.example", signs_in=False
    )
    Invitation.objects.filter(email="recorder@haguruma.example").update(
        accepted_by_id=actor.user_id, accepted_at="2024-11-05T01:00:00Z"
    )
    return actor


@pytest.fixture
def link(links: Links) -> Subcontract:
    return links.consented()


@pytest.fixture
def month(links: Links) -> PeriodReport:
    return links.deal.month(links.contract)


def test_they_record_and_see_neither_terms_nor_money(
    links: Links, link: Subcontract, month: PeriodReport
) -> None:
    recorder = joined(links, link)
    client = client_of(recorder)
    enter_record(actor=recorder, report=month, row=ROW)
    assert ActivityRecord.objects.for_user(recorder).count() == 1
    page = client.get(links.contract.get_absolute_url()).content.decode()
    assert "再委託を受けた業務" in page
    assert "1,800,000" not in page
    listed = client.get(reverse("contractors:contracts")).content.decode()
    assert "1,800,000" not in listed
    assert client.get(month.get_absolute_url()).status_code == HTTPStatus.OK
    assert client.get(link.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert not Invoice.objects.for_user(recorder).exists()
    assert not list(links.contract.papers.for_user(recorder))
    office = client_of(links.drafter)
    assert "下請 入力" in office.get(link.get_absolute_url()).content.decode()


def test_they_neither_submit_nor_send_by_program(
    links: Links, link: Subcontract, month: PeriodReport
) -> None:
    recorder = joined(links, link)
    assert recorder.user_id not in {user.pk for user, _ in people_for_keys(links.contract)}
    url = reverse("connections:make", args=[links.contract.pk])
    assert client_of(recorder).get(url).status_code == HTTPStatus.FORBIDDEN
    with pytest.raises(Exception, match="役割がありません"):
        perform(PeriodReport, month.pk, "submit", recorder, data={"remarks": ""})


def test_an_activity_that_was_not_passed_on_stays_hidden(
    links: Links, link: Subcontract, month: PeriodReport
) -> None:
    recorder = joined(links, link)
    client = client_of(recorder)
    assert client.get(month.get_absolute_url()).status_code == HTTPStatus.OK
    limit_people(links.contract, link.contractor.organisation, [uuid4()])
    assert not PeriodReport.objects.for_user(recorder).exists()
    assert client.get(month.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert (
        "入力できる取組はありません"
        in client.get(links.contract.get_absolute_url()).content.decode()
    )


def test_a_revoked_consent_ends_their_entry_at_once(
    links: Links, link: Subcontract, month: PeriodReport
) -> None:
    recorder = joined(links, link)
    client: Client = client_of(recorder)
    assert client.get(month.get_absolute_url()).status_code == HTTPStatus.OK
    data = {"reason": "誓約に反することが分かった。", "revoked_on": TODAY}
    perform(Subcontract, link.pk, "revoke", links.drafter, data=data)
    assert client.get(month.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert not Contract.objects.for_user(recorder).exists()
    person = ContractPerson.objects.get(sub_body=link.contractor.organisation)
    assert person.ended_at is not None
    link.refresh_from_db()
    with pytest.raises(Refused, match="承諾が効力を持つ間"):
        invite_recorder(actor=links.drafter, link=link, email="x@y.example", name="次の人")


def test_a_change_keeps_them_with_what_it_says(links: Links, link: Subcontract) -> None:
    recorder = joined(links, link)
    changed = links.asked(link.contractor, amount=200_000, replaces=link)
    links.consent(changed, "6福第14号")
    assert Contract.objects.for_user(recorder).count() == 1


def test_only_the_prefecture_invites(links: Links, link: Subcontract) -> None:
    url = reverse("subcontracts:invite", args=[link.pk])
    own: Pair = links.pair
    assert own.responsibles_client.get(url).status_code == HTTPStatus.FORBIDDEN
    office = client_of(links.drafter)
    assert office.get(url).status_code == HTTPStatus.OK
    answer = office.post(url, {"name": "下請 入力", "email": "recorder@haguruma.example"})
    assert answer.status_code == HTTPStatus.FOUND
    person = ContractPerson.objects.get(sub_body__isnull=False)
    assert (person.role, person.activity_uids) == ("recorder", [links.activity])


def test_who_records_is_told_and_colleagues_are_not(
    links: Links, link: Subcontract, month: PeriodReport
) -> None:
    """要領2(2): a month sent back is told to those who work on it, of the body below too."""
    recorder = joined(links, link)
    body = links.contract.contractor.organisation
    colleague = links.deal.world.cast.add(
        body, Role.RECORDER, "別の 担当", "other@mirai.example", signs_in=False
    )
    record_of(links.pair.recorder, month)
    submit(month, links.pair.responsible)
    perform(PeriodReport, month.pk, "send_back", links.drafter, data={"reason": "人数を確かめる。"})
    drain()
    told = [one for one in Notice.objects.all() if one.title.endswith("が差し戻されました")]
    users = {user for one in told for user in one.users}
    assert users == {links.pair.recorder.user_id, links.pair.responsible.user_id, recorder.user_id}
    assert colleague.user_id not in users
