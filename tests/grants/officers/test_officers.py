"""A list of officers: entered, opened for its purpose, answered, destroyed; seen by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.officers.models import OfficerList
from grants.officers.rules import Officer
from grants.officers.services import destroy_due, open_list, write_list
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused
from tests.grants.contracts import Deal
from tests.world import client_of

OFFICERS = [Officer("たかはし はなこ", "髙橋 花子", date(1970, 2, 3), "F", "長野市南1", "理事長")]
ROW = {
    "officers-TOTAL_FORMS": "1",
    "officers-INITIAL_FORMS": "0",
    "officers-0-kana": "たかはし　はなこ",
    "officers-0-name": "髙橋 花子",
    "officers-0-born_on": "S45.2.3",
    "officers-0-sex": "F",
    "officers-0-address": "長野市南1",
    "officers-0-title": "理事長",
}


def entered(deal: Deal, days: int = 30, **given: Any) -> OfficerList:
    today = timezone.localdate()
    return write_list(
        actor=deal.drafter(),
        contractor=given.pop("contractor", None) or deal.contractor(),
        collected_on=today,
        destroy_on=today + timedelta(days=days),
        officers=OFFICERS,
    )


def address(name: str, pk: Any) -> str:
    return reverse(f"officers:{name}", args=[pk])


def test_entered_opened_answered_and_destroyed_in_the_browser(deal: Deal) -> None:
    contractor, office = deal.contractor(), client_of(deal.drafter())
    dates = {"collected_on": "2024年11月1日", "destroy_on": "2025年3月31日"}
    answer = office.post(address("write", contractor.pk), ROW | dates)
    assert answer.status_code == HTTPStatus.FOUND
    kept = OfficerList.objects.get()

    page = office.get(address("body", contractor.pk)).content.decode()
    assert "1人" in page
    assert "髙橋" not in page

    opened = office.post(address("open", kept.pk), {"purpose": "send"})
    assert "ﾀｶﾊｼ ﾊﾅｺ" in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    file = office.post(address("open", kept.pk), {"purpose": "send", "file": "csv"})
    assert "髙橋　花子" in file.content.decode()
    looks = Event.objects.filter(verb="officers.open").order_by("seq")
    assert [look.data["said"]["目的"] for look in looks] == ["警察への照会書を作成する"] * 2

    told = {"asked_on": "2024年11月2日", "answered_on": "2024年11月5日", "outcome": "none_found"}
    assert office.post(address("answer", kept.pk), told).status_code == HTTPStatus.FOUND
    assert office.post(address("destroy", kept.pk), {"reason": "誤りがあった。"}).status_code == 302
    kept.refresh_from_db()
    assert bytes(kept.sealed) == b""
    assert kept.get_outcome_display() == "該当なし"
    assert office.post(address("open", kept.pk), {"purpose": "send"}).status_code == 409
    assert "廃棄されています" in office.get(address("open", kept.pk)).content.decode()


def test_the_names_stand_nowhere_in_the_database(deal: Deal) -> None:
    kept = entered(deal)
    open_list(actor=deal.drafter(), officer_list=kept, purpose="verify")
    with connection.cursor() as cursor:
        cursor.execute("select sealed::text from officers_officerlist")
        (row,) = cursor.fetchone()
        cursor.execute("select string_agg(data::text || subject_label, '') from audit_event")
        (told,) = cursor.fetchone()
    for word in ("髙橋", "花子", "はなこ", "長野市南"):
        assert word.encode().hex() not in row
        assert word not in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"officers-0-kana": "たかはしはなこ"}, "1文字空けて"),
        ({"officers-0-kana": "髙橋 花子"}, "かなで入力"),
        ({"officers-0-born_on": "2024年11月30日"}, "以前の日付"),
        ({"officers-0-sex": ""}, "性別"),
        ({"destroy_on": "2024年11月1日"}, "以後の日付"),
        ({"destroy_on": "2026年3月31日"}, "以前の日付"),
        ({"collected_on": "2025年1月1日"}, "以前の日付"),
    ],
)
def test_wrong_input_is_said_on_the_page(deal: Deal, changed: dict[str, str], said: str) -> None:
    contractor = deal.contractor()
    dates = {"collected_on": "2024年11月1日", "destroy_on": "2025年3月31日"}
    answer = client_of(deal.drafter()).post(address("write", contractor.pk), ROW | dates | changed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.content.decode()
    assert not OfficerList.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": "waiting"}, "空欄にしてください"),
        ({"answered_on": ""}, "回答日を入力してください"),
        ({"answered_on": "2024年10月31日"}, "照会日以後"),
    ],
)
def test_an_answer_and_its_days_belong_together(
    deal: Deal, changed: dict[str, str], said: str
) -> None:
    told = {"asked_on": "2024年11月2日", "answered_on": "2024年11月5日", "outcome": "none_found"}
    answer = client_of(deal.drafter()).post(address("answer", entered(deal).pk), told | changed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.content.decode()


@pytest.mark.parametrize("name", ["open", "answer", "destroy"])
def test_strangers(deal: Deal, name: str) -> None:
    """個人情報保護法69条: nobody but the 起案者 of the prefecture that collected it."""
    kept, world = entered(deal), deal.world
    neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert neighbour.get(address(name, kept.pk)).status_code == HTTPStatus.NOT_FOUND
    insiders = [
        world.actor(Role.APPROVER, world.nagano),
        world.actor(Role.REVIEWER),
        world.actor(Role.AUDITOR),
    ]
    for actor in insiders:
        for place in (address(name, kept.pk), address("body", kept.contractor_id)):
            answer = client_of(actor).get(place)
            assert answer.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND), actor.role
    assert not Event.objects.filter(verb="officers.open").exists()


def test_a_list_is_destroyed_on_its_day_and_once(deal: Deal) -> None:
    soon, later = entered(deal, days=1), entered(deal, 2, contractor=deal.contractor("別の団体"))
    tomorrow = timezone.now() + timedelta(days=1)
    assert destroy_due(timezone.now()) == 0
    assert [destroy_due(tomorrow), destroy_due(tomorrow)] == [1, 0]
    soon.refresh_from_db()
    later.refresh_from_db()
    assert (soon.is_kept, later.is_kept) == (False, True)
    with pytest.raises(Refused, match="廃棄されています"):
        open_list(actor=deal.drafter(), officer_list=soon, purpose="send")


def test_the_text_of_one_list_cannot_be_put_into_another(deal: Deal) -> None:
    first, second = entered(deal), entered(deal, contractor=deal.contractor("別の団体"))
    OfficerList.objects.filter(pk=first.pk).update(sealed=second.sealed)
    first.refresh_from_db()
    with pytest.raises(ValueError, match="another list"):
        first.officers()


def test_the_row_outlives_the_list(deal: Deal) -> None:
    kept = entered(deal)
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficerList.objects.update(count=2)


def test_the_page_asks_the_same_at_3_and_at_8_lists(deal: Deal) -> None:
    contractor, client, counts = deal.contractor(), client_of(deal.drafter()), []
    for total in (3, 8):
        for _ in range(OfficerList.objects.count(), total):
            entered(deal, contractor=contractor)
        client.get(address("body", contractor.pk))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address("body", contractor.pk))
        assert page.content.decode().count("に受け取った名簿") >= total
        counts.append(len(asked))
    assert counts[0] == counts[1]
