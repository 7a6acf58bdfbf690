"""A month between the contractor and the prefecture: who may do what, and who sees it."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from grants.contractors.api import Contract
from grants.records.api import ActivityRecord, PeriodReport, RecordBatch, enter_record
from grants.records.rules import standing, unanswered, unusual
from portal.access.api import Role
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.workflow.api import perform
from tests.grants.contracts import Deal, Pair, pair_of
from tests.world import client_of

MONTH, DUE = date(2024, 10, 1), date(2024, 11, 10)


def record_of(
    actor: Actor, report: PeriodReport, day: int = 5, venue: str = "縁側"
) -> ActivityRecord:
    values = {
        "municipality_name": "八王子市",
        "lg_code": "132012",
        "venue": venue,
        "held_on": report.month.replace(day=day),
        "sessions": 1,
        "attend_total": 12,
        "attend_new": 2,
    }
    return enter_record(actor=actor, report=report, row=values)


def submit(report: PeriodReport, actor: Actor, **data: Any) -> PeriodReport:
    return perform(PeriodReport, report.pk, "submit", actor, data={"remarks": ""} | data).subject


@pytest.mark.parametrize(
    ("state", "today", "stands"),
    [
        ("open", date(2024, 9, 30), "coming"),
        ("open", date(2024, 10, 1), "not_submitted"),
        ("open", DUE, "not_submitted"),
        ("open", date(2024, 11, 11), "overdue"),
        ("sent_back", date(2024, 11, 11), "sent_back"),
        ("submitted", date(2025, 11, 11), "unconfirmed"),
        ("confirmed", date(2025, 11, 11), "confirmed"),
    ],
)
def test_how_a_month_stands(state: str, today: date, stands: str) -> None:
    """要領2(2)-3: unconfirmed periods are shown until done; overdue is a question of the day."""
    assert standing(state, MONTH, DUE, today) == stands


@given(st.lists(st.integers(0, 500), min_size=4), st.integers(0, 500))
def test_what_lies_within_the_past_is_never_unusual(past: list[int], value: int) -> None:
    if min(past) <= value <= max(past):
        assert unusual(value, past) is None
    elif value > max(past) * 2:
        assert unusual(value, past) == (min(past), max(past))


def test_a_tick_without_the_reason_asked_for_is_no_answer() -> None:
    problems = [
        {"id": "A1-phone", "level": "confirm", "asks_reason": True},
        {"id": "B9-total", "level": "confirm", "asks_reason": False},
        {"id": "C1-number", "level": "error", "asks_reason": True},
    ]
    assert unanswered(problems, {}) == ["A1-phone", "B9-total"]
    assert unanswered(problems, {"A1-phone": " ", "B9-total": ""}) == ["A1-phone"]


# ---- Who submits -----------------------------------------------------------------------------------


def test_who_entered_does_not_submit_unless_the_contract_says_so(
    month: PeriodReport, pair: Pair
) -> None:
    record_of(pair.responsible, month)
    with pytest.raises(Refused, match="入力した人と提出する責任者を分けます"):
        submit(month, pair.responsible)
    Contract.objects.filter(pk=month.contract_id).update(same_person_may_submit=True)
    assert submit(month, pair.responsible).state == "submitted"


def test_the_same_person_is_the_same_in_another_role(
    deal: Deal, month: PeriodReport, pair: Pair
) -> None:
    """Judged by person: who typed as 入力担当 does not submit as 責任者."""
    organisation = month.contract.contractor.organisation
    both = deal.world.wearing(pair.recorder, organisation, Role.RESPONSIBLE)
    deal.join(month.contract, Role.RESPONSIBLE, "入力 花子", "recorder@mirai.example")
    record_of(pair.recorder, month)
    with pytest.raises(Refused, match="分けます"):
        submit(month, both)


def test_the_responsible_of_another_contract_does_not_submit(
    deal: Deal, month: PeriodReport
) -> None:
    """On this one they are 入力担当: the role of the contract counts, not that of the body."""
    organisation = month.contract.contractor.organisation
    person = deal.join(month.contract, Role.RECORDER, "入力 一郎", "i@mirai.example")
    elsewhere = deal.world.wearing(person, organisation, Role.RESPONSIBLE)
    with pytest.raises(Refused, match="この契約の責任者"):
        submit(month, elsewhere, nothing_held=True)


def test_a_month_without_records_says_that_nothing_was_held(
    month: PeriodReport, pair: Pair
) -> None:
    client = pair.responsibles_client
    url = month.transition_url("submit")
    empty = client.post(url, {"version": month.version, "remarks": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(url, {"version": month.version, "remarks": "", "nothing_held": "on"})
    month.refresh_from_db()
    assert (month.state, month.nothing_held) == ("submitted", True)


def test_a_month_to_come_is_not_submitted(deal: Deal, month: PeriodReport, pair: Pair) -> None:
    december = deal.month(month.contract, date(2024, 12, 1))
    with pytest.raises(Refused, match="まだ始まっていない月"):
        submit(december, pair.responsible, nothing_held=True)


def test_a_file_half_done_keeps_the_month_from_being_submitted(
    month: PeriodReport, pair: Pair
) -> None:
    record_of(pair.recorder, month)
    pair.recorders_client.post(
        reverse("records:upload", args=[month.pk]),
        {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")},
    )
    with pytest.raises(Refused, match="取込みの終わっていないファイルが1件"):
        submit(month, pair.responsible)


def test_sent_back_with_a_reason_and_submitted_again(
    deal: Deal, month: PeriodReport, pair: Pair
) -> None:
    record = record_of(pair.recorder, month)
    submitted = submit(month, pair.responsible)
    drafter = client_of(deal.drafter())
    url = submitted.transition_url("send_back")
    assert drafter.post(url, {"version": submitted.version, "reason": ""}).status_code == 422
    reason = "参加者の数を参加簿と照らしてください。"
    drafter.post(url, {"version": submitted.version, "reason": reason})
    client = pair.recorders_client
    assert reason in client.get(month.get_absolute_url()).content.decode()
    edit = reverse("records:edit", args=[record.pk])
    typed = _typed() | {"attend_total": "１３人", "form_version": "1"}
    assert client.post(edit, typed).status_code == HTTPStatus.FOUND
    record.refresh_from_db()
    assert record.values["attend_total"] == 13
    again = submit(month, pair.responsible)
    assert (again.state, again.return_reason) == ("submitted", "")


def test_no_raw_update_confirms_a_month(month: PeriodReport) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        PeriodReport.objects.filter(pk=month.pk).update(state="confirmed")


# ---- Typing ----------------------------------------------------------------------------------------


def _typed() -> dict[str, str]:
    return {
        "municipality_name": "八王子市",
        "lg_code": "13201",
        "venue": "縁側",
        "held_on": "R6.10.5",
        "sessions": "1",
        "attend_total": "１２人",
        "attend_new": "2",
        "note": "雨天",
    }


def test_a_record_is_typed_by_hand(month: PeriodReport, pair: Pair) -> None:
    client = pair.recorders_client
    url = reverse("records:enter", args=[month.pk])
    assert client.get(url).status_code == HTTPStatus.OK
    assert client.post(url, _typed()).url == month.get_absolute_url()
    record = ActivityRecord.objects.get()
    assert record.values["attend_total"] == 12
    assert (record.lg_code, record.held_on, record.venue) == ("132012", date(2024, 10, 5), "縁側")
    twice = client.post(url, _typed())
    assert twice.status_code == HTTPStatus.CONFLICT
    assert "もうあります" in twice.content.decode()


@pytest.mark.parametrize("venue", ["合計", "注意書きの会"])
def test_what_is_typed_is_a_record_whatever_it_is_called(
    month: PeriodReport, pair: Pair, venue: str
) -> None:
    url = reverse("records:enter", args=[month.pk])
    assert pair.recorders_client.post(url, _typed() | {"venue": venue}).status_code == 302
    assert ActivityRecord.objects.get().venue == venue


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"attend_new": "13"}, "うち新規が参加者（延）より多くなっています"),
        ({"attend_total": "3～4"}, "参加者（延）："),
        ({"held_on": "R6.11.1"}, "2024年10月31日"),
        ({"held_on": "R6.13.1"}, "13月"),
        ({"venue": ""}, "居場所名が空欄です。居場所名を入力してください"),
        ({"note": "042-000-0000へ"}, "備考：個人の電話番号と思われる文字があります"),
        ({"lg_code": "132013"}, "八王子市のコードは132012です"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    month: PeriodReport, pair: Pair, changes: dict[str, str], says: str
) -> None:
    url = reverse("records:enter", args=[month.pk])
    answer = pair.recorders_client.post(url, _typed() | changes)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert says in page
    assert all(text in page for text in changes.values())
    assert not ActivityRecord.objects.exists()


def test_a_record_is_deleted_while_the_month_is_open(month: PeriodReport, pair: Pair) -> None:
    kept, gone = record_of(pair.recorder, month), record_of(pair.recorder, month, day=6)
    client = pair.recorders_client
    client.post(reverse("records:delete", args=[gone.pk]))
    assert ActivityRecord.objects.get() == kept
    submit(month, pair.responsible)
    late = client.post(reverse("records:delete", args=[kept.pk]))
    assert late.status_code == HTTPStatus.FORBIDDEN
    assert ActivityRecord.objects.get() == kept


# ---- Who sees it -----------------------------------------------------------------------------------


@pytest.fixture
def batch(month: PeriodReport, pair: Pair) -> RecordBatch:
    pair.recorders_client.post(
        reverse("records:upload", args=[month.pk]),
        {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")},
    )
    return RecordBatch.objects.get()


def test_strangers_find_nothing(
    deal: Deal, month: PeriodReport, pair: Pair, batch: RecordBatch
) -> None:
    """Another contractor, another prefecture, and a colleague who is not on this contract."""
    record = record_of(pair.recorder, month)
    other = deal.concluded("別の団体")
    organisation = month.contract.contractor.organisation
    strangers = [
        pair_of(deal, other, "other").responsible,
        deal.world.cast.add(organisation, Role.RECORDER, "同僚", "c@x.example", signs_in=False),
    ]
    own = [
        month.get_absolute_url(),
        month.transition_url("submit"),
        reverse("records:enter", args=[month.pk]),
        reverse("records:upload", args=[month.pk]),
        reverse("records:blank_form", args=[month.pk]),
        reverse("records:edit", args=[record.pk]),
        reverse("records:delete", args=[record.pk]),
        batch.get_absolute_url(),
        reverse("records:sent_file", args=[batch.pk]),
        reverse("records:marked_copy", args=[batch.pk]),
        batch.transition_url("abandon"),
    ]
    for actor in (*strangers, deal.drafter(deal.world.nagano)):
        client = client_of(actor)
        for url in own:
            assert client.get(url).status_code == HTTPStatus.NOT_FOUND, (actor.name, url)
    assert not Document.objects.for_user(strangers[1]).exists()


def test_offices_read_records_once_submitted_and_files_never(
    deal: Deal, month: PeriodReport, pair: Pair, batch: RecordBatch
) -> None:
    record_of(pair.recorder, month, venue="秘密の場所")
    drafter, auditor = deal.drafter(), deal.world.actor(Role.AUDITOR)
    for actor in (drafter, auditor):
        client = client_of(actor)
        assert "秘密の場所" not in client.get(month.get_absolute_url()).content.decode()
        assert client.get(batch.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    perform(RecordBatch, batch.pk, "abandon", pair.recorder)
    submit(month, pair.responsible)
    for actor in (drafter, auditor):
        client = client_of(actor)
        assert "秘密の場所" in client.get(month.get_absolute_url()).content.decode()
    url = month.transition_url("confirm")
    assert client_of(auditor).post(url).status_code == HTTPStatus.FORBIDDEN
    approver = deal.world.actor(Role.APPROVER, deal.tokyo)
    assert client_of(approver).post(url).status_code == HTTPStatus.FORBIDDEN


def test_homes_say_what_waits(deal: Deal, month: PeriodReport, pair: Pair) -> None:
    home = reverse("home")
    assert "提出していない月 8件" in pair.recorders_client.get(home).content.decode()
    assert "未確認" not in client_of(deal.drafter()).get(home).content.decode()
    submit(month, pair.responsible, nothing_held=True)
    page = client_of(deal.drafter()).get(home).content.decode()
    assert "未確認 1件" in page
    assert "1者・1か月分" in page
    assert "期限超過" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"令和6年9月分", "令和6年10月分"}),
        ("?group=todo", {"令和6年10月分"}),
        ("?group=submitted", {"令和6年9月分"}),
        ("?group=confirmed", set()),
        ("?year=2024&group=todo", {"令和6年10月分"}),
        ("?year=1999&group=nonsense", {"令和6年9月分", "令和6年10月分"}),
    ],
    ids=["all", "to-enter", "submitted", "none", "of-the-year", "unknown-words-choose-nothing"],
)
def test_the_list_shows_the_months_that_are_asked_for(
    deal: Deal, month: PeriodReport, pair: Pair, query: str, shown: set[str]
) -> None:
    september = deal.month(month.contract, date(2024, 9, 1))
    submit(september, pair.responsible, nothing_held=True)
    page = pair.recorders_client.get(reverse("records:list") + query).content.decode()
    assert {one for one in ("令和6年9月分", "令和6年10月分") if f">{one}<span" in page} == shown
    assert ("条件に合う月はありません" in page) == (not shown)


@pytest.mark.parametrize("url_name", ["home", "records:list", "records:overview"])
def test_a_page_asks_the_same_at_3_and_at_8_contracts(
    deal: Deal, month: PeriodReport, pair: Pair, url_name: str
) -> None:
    actor = deal.drafter() if url_name == "records:overview" else pair.recorder
    counts = []
    for total in (3, 8):
        for n in range(Contract.objects.count(), total):
            contract = deal.prepare(month.contract.contractor, title=f"契約{n}")
            deal.conclude(contract)
            deal.join(contract, Role.RECORDER, "入力 花子", "recorder@mirai.example")
        client = client_of(actor)
        client.get(reverse(url_name))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(url_name))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_a_month_asks_the_same_at_3_and_at_8_records(month: PeriodReport, pair: Pair) -> None:
    client = pair.recorders_client
    counts = []
    for total in (3, 8):
        for day in range(ActivityRecord.objects.count() + 1, total + 1):
            record_of(pair.recorder, month, day=day)
        client.get(month.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(month.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]
