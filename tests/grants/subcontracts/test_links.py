"""A link from the request to its end: through the services and the pages."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.contractors.api import Contract, Contractor, LineShare, lines_for
from grants.subcontracts.api import Subcontract, chain_of
from grants.subcontracts.reminders import remind_of_subcontractors
from grants.subcontracts.services import edit_link
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Denied, Refused, Stale
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants.contracts import Deal, pair_of
from tests.grants.subcontracts.conftest import Links
from tests.world import client_of

NUMBER = "1000013040008"


def typed(links: Links, **given: Any) -> dict[str, Any]:
    return {
        "parent": "contract",
        "body": "new",
        "name": "株式会社はぐるま",
        "kana": "はぐるま",
        "body_type": "company",
        "corporate_number": "",
        "representative": "歯車 進",
        "address": "東京都八王子市元本郷町1",
        "work": "会場の設営と受付",
        "reason": "会場の近くに事務所があり、費用が少なくて済む。",
        "starts_on": "R6.11.5",
        "ends_on": "R7.3.31",
        "begun_on": "",
        f"extent_{links.activity}": "part",
        f"share_{links.line}": "300,000",
    } | given


def test_a_body_asks_and_the_prefecture_consents(links: Links) -> None:
    """要領2(2): from the form of the 責任者 to the 承諾書."""
    client = links.pair.responsibles_client
    url = reverse("subcontracts:write", args=[links.contract.pk])
    assert client.get(url).status_code == HTTPStatus.OK
    answer = client.post(url, typed(links))
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    link = Subcontract.objects.get()
    office = client_of(links.drafter)
    assert office.get(link.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND, "not asked yet"
    perform(Subcontract, link.pk, "request", links.pair.responsible)
    assert office.get(link.get_absolute_url()).status_code == HTTPStatus.OK
    with pytest.raises(Refused, match=r"確認した記録がありません.*要領2\(2\)"):
        links.consent(link)
    links.deal.checked(link.contractor)
    links.consent(link)
    link.refresh_from_db()
    assert (link.state, link.document_number) == ("consented", "6福第12号")
    page = client.get(links.contract.get_absolute_url()).content.decode()
    assert "株式会社はぐるま" in page
    assert "契約額の16%" in page
    drain()
    titles = Document.objects.filter(kind__startswith="contract_sub").values_list("title", "state")
    assert {(title.partition("（")[0], state) for title, state in titles} == {
        ("再委託承諾願", "ready"),
        ("再委託承諾書", "ready"),
    }
    told = Notice.objects.filter(title__startswith="再委託").values_list("title", flat=True)
    assert set(told) == {"再委託の承諾願が出ました", "再委託が承諾されました"}
    event = Event.objects.get(verb="subcontracts.link.consent")
    assert event.article == "要領2(2)、委託契約（再委託の事前の承諾）"


def test_a_part_of_the_platforms_work_is_passed_on_and_never_all_of_it(
    platform_deal: Deal,
) -> None:
    """要領3(1), 2(2): under its own name, in months that the body below may record."""
    contract = platform_deal.secretariat()
    links = Links(platform_deal, contract, pair_of(platform_deal, contract))
    link = links.consented()
    assert [one.title for one in link.activities.all()] == ["官民連携プラットフォーム"]
    page = client_of(links.drafter).get(link.get_absolute_url()).content.decode()
    assert f"官民連携プラットフォーム　{contract.activities.get().name}" in page
    with pytest.raises(Refused, match="業務の全部を再委託"):
        links.asked(links.body("有限会社ぜんまい"), extent="whole")


def test_a_body_that_the_prefecture_knows_is_found_by_its_number(links: Links) -> None:
    known = links.body("はぐるま（県の登録）", NUMBER)
    client = links.pair.responsibles_client
    client.post(
        reverse("subcontracts:write", args=[links.contract.pk]),
        typed(links, corporate_number=NUMBER),
    )
    assert Subcontract.objects.get().contractor == known
    assert Contractor.objects.filter(organisation__corporate_number=NUMBER).count() == 1


def test_the_form_says_what_is_missing(links: Links) -> None:
    client = links.pair.responsibles_client
    url = reverse("subcontracts:write", args=[links.contract.pk])
    spoilt = {"name": "", "starts_on": "R7.4.1"}
    answer = client.post(url, typed(links, **spoilt))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "再委託先の名称を入力してください。" in page
    assert "期間の末日は、初日以後" in page
    nothing = client.post(url, typed(links, **{f"share_{links.line}": ""}))
    assert "再委託する額を、内訳に1行以上" in nothing.content.decode()


def test_the_prefecture_enters_what_came_on_paper(links: Links) -> None:
    body = links.body()
    client = client_of(links.drafter)
    data = typed(links, body=str(body.pk), requested_on="R6.11.1", starts_on="R6.11.5")
    client.post(reverse("subcontracts:write", args=[links.contract.pk]), data)
    link = Subcontract.objects.get()
    assert link.is_offices_own
    perform(Subcontract, link.pk, "request", links.drafter)
    with pytest.raises(Refused, match="作成した側"):
        perform(Subcontract, link.pk, "withdraw", links.pair.responsible, data={"reason": "x"})
    links.consent(link)
    assert not Document.objects.filter(kind="contract_sub_request").exists(), "it is on paper"


def test_only_the_responsible_of_the_contract_asks(links: Links) -> None:
    url = reverse("subcontracts:write", args=[links.contract.pk])
    assert links.pair.recorders_client.get(url).status_code == HTTPStatus.FORBIDDEN
    other = pair_of(links.deal, links.deal.concluded("別の団体"), "other")
    assert other.responsibles_client.get(url).status_code == HTTPStatus.NOT_FOUND
    with pytest.raises(Denied):
        perform(Subcontract, links.written().pk, "request", links.pair.recorder)


def test_two_that_do_not_fit_together_are_not_both_consented(links: Links) -> None:
    first = links.asked(links.body("甲"), amount=1_000_000)
    second = links.asked(links.body("乙"), amount=900_000)
    links.consent(first)
    with pytest.raises(Refused, match="超えています"):
        links.consent(second, "6福第13号")
    second.refresh_from_db()
    assert second.state == "requested"


def test_a_consent_is_not_given_for_what_begins_before_it(links: Links) -> None:
    with pytest.raises(Refused, match="より前です"):
        links.asked(starts_on=date(2024, 11, 1))
    late = links.asked(links.body("正直"), starts_on=date(2024, 10, 1), begun_on=date(2024, 10, 1))
    links.consent(late)
    assert Subcontract.objects.begun_before_consent().count() == 1


def test_a_change_takes_the_place_of_the_consent_and_keeps_what_hangs_below(links: Links) -> None:
    link = links.consented()
    below = links.consent(
        links.asked(links.body("下の団体"), amount=100_000, parent=link), "6福第13号"
    )
    too_small = links.written(link.contractor, amount=99_999, replaces=link)
    with pytest.raises(Refused, match="株式会社はぐるまの額（99,999円）を超えて"):
        perform(Subcontract, too_small.pk, "request", links.pair.responsible)
    with pytest.raises(Refused, match="もう求めています"):
        links.written(link.contractor, amount=200_000, replaces=link)
    perform(
        Subcontract, too_small.pk, "withdraw", links.pair.responsible, data={"reason": "やめる。"}
    )
    new = links.asked(link.contractor, amount=200_000, replaces=link)
    links.consent(new, "6福第14号")
    link.refresh_from_db()
    below.refresh_from_db()
    assert link.state == "superseded"
    assert below.parent_id == new.pk
    assert [one.amount for one in chain_of(links.contract).below(None)] == [200_000]


def test_a_revoked_consent_ends_what_hangs_below_it(links: Links) -> None:
    link = links.consented()
    below = links.consent(
        links.asked(links.body("下の団体"), amount=100_000, parent=link), "6福第13号"
    )
    data = {"reason": "誓約に反することが分かった。", "revoked_on": date(2024, 11, 5)}
    perform(Subcontract, link.pk, "revoke", links.drafter, data=data)
    link.refresh_from_db()
    below.refresh_from_db()
    assert (link.state, below.state) == ("revoked", "ended")
    assert not chain_of(links.contract).in_force


@pytest.mark.parametrize("act", ["end", "terminate"])
def test_a_chain_ends_with_its_contract(links: Links, act: str) -> None:
    link = links.consented()
    waiting = links.asked(links.body("待つ団体"), amount=10_000)
    data: dict[str, Any] = {"reason": "期間が終わった。"}
    if act == "terminate":
        data |= {"terminated_on": date(2024, 11, 5), "ground": "agreed"}
    with time_machine.travel("2025-04-01 09:00+09:00", tick=True):
        perform(Contract, links.contract.pk, act, links.drafter, data=data)
    states = Subcontract.objects.filter(pk__in=(link.pk, waiting.pk)).values_list(
        "state", flat=True
    )
    assert set(states) == {"ended"}


def test_a_change_of_the_contract_below_what_was_passed_on_is_named(links: Links) -> None:
    links.consented(amount=300_000)
    planned = {line.uid for line in lines_for(links.contract)}
    shares = {uid: LineShare(299_999 if uid == links.line else 0) for uid in planned}
    data = {
        "signed_on": date(2024, 11, 5),
        "ends_on": date(2025, 3, 31),
        "reason": "業務を減らした。",
        "shares": shares,
    }
    with pytest.raises(Refused, match="再委託する額の合計"):
        perform(Contract, links.contract.pk, "change", links.drafter, data=data)


def test_an_overtaken_edit_is_refused(links: Links) -> None:
    link = links.written()
    actor = links.pair.responsible
    edit_link(actor=actor, link=link, seen_version=1, terms=links.terms(200_000))
    with pytest.raises(Stale):
        edit_link(actor=actor, link=link, seen_version=1, terms=links.terms(100_000))
    link.refresh_from_db()
    assert link.amount == 200_000
    perform(Subcontract, link.pk, "request", actor)
    client = links.pair.responsibles_client
    url = reverse("subcontracts:edit", args=[link.pk])
    assert client.get(url).status_code == HTTPStatus.CONFLICT, "it is with the prefecture"


def test_strangers_find_no_link(links: Links) -> None:
    link = links.consented()
    other = pair_of(links.deal, links.deal.concluded("別の団体"), "other")
    elsewhere = client_of(links.deal.world.actor(Role.DRAFTER, links.deal.world.nagano))
    for name in ("detail", "edit", "replace", "invite"):
        url = reverse(f"subcontracts:{name}", args=[link.pk])
        assert elsewhere.get(url).status_code == HTTPStatus.NOT_FOUND
        if name != "invite":
            assert other.responsibles_client.get(url).status_code == HTTPStatus.NOT_FOUND
    assert "はぐるま" not in elsewhere.get(reverse("subcontracts:list")).content.decode()


@pytest.mark.parametrize("page", ["contract", "list"])
def test_a_page_asks_the_same_number_of_queries(links: Links, page: str) -> None:
    client = client_of(links.drafter)
    url = {
        "contract": links.contract.get_absolute_url(),
        "list": reverse("subcontracts:list"),
    }[page]

    def queries(number: int) -> int:
        for n in range(Subcontract.objects.count(), number):
            links.asked(links.body(f"団体{n}"), amount=10_000)
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == HTTPStatus.OK
        return len(found)

    assert queries(3) == queries(8)


def test_a_lapsed_check_is_announced_and_shown(links: Links, deal: Deal) -> None:
    links.consented()
    drain()
    with time_machine.travel("2025-03-01 09:00+09:00", tick=True):
        assert remind_of_subcontractors() == 1
        drain()
    notice = Notice.objects.get(title__contains="有効期限")
    assert str(links.contract.pk) not in notice.url, "of the body, not of the contract"
    with time_machine.travel("2025-04-01 09:00+09:00", tick=True):
        page = client_of(links.drafter).get(links.contract.get_absolute_url()).content.decode()
    assert "2025年4月1日には有効でありません" in page


def test_what_waits_is_on_the_home_of_who_must_act(links: Links) -> None:
    """要領2(2): the office sees what is asked for, the body what came back."""
    office, body = client_of(links.drafter), links.pair.responsibles_client
    assert "承諾を待っている再委託" not in office.get("/").content.decode()
    link = links.asked()
    page = office.get("/").content.decode()
    assert "承諾を待っている再委託（1件）" in page
    assert f'href="{link.get_absolute_url()}"' in page
    assert link.contractor.name not in body.get("/").content.decode()
    perform(Subcontract, link.pk, "send_back", links.drafter, data={"reason": "期間を確かめる。"})
    assert "承諾を待っている再委託" not in office.get("/").content.decode()
    assert "差し戻された承諾願（1件）" in body.get("/").content.decode()
    neighbour = links.deal.world.actor(Role.DRAFTER, links.deal.world.bodies["27"])
    assert link.contractor.name not in client_of(neighbour).get("/").content.decode()
