"""What a program sends, and what it is told: the third way in, in the words of the other two."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from grants.activities.api import ACTIVITY_TYPES
from grants.connections.openapi import schema
from grants.records.api import ActivityRecord, PeriodReport, RecordBatch
from portal.audit.api import Event
from portal.outbox.api import drain
from tests.grants.connections.conftest import key_for
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.records.test_import import upload
from tests.grants.records.test_months import submit

GOOD = {
    "municipality_name": "八王子市",
    "lg_code": "13201",
    "venue": "縁側",
    "held_on": "2024-10-05",
    "sessions": 1,
    "attend_total": "約12人",
}


def asked(secret: str, path: str, body: Any = None) -> Any:
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    if body is None:
        return client.get(f"/api/v1/{path}")
    return client.post(f"/api/v1/{path}", body, content_type="application/json")


def sent(secret: str, month: PeriodReport, *records: Any, **more: Any) -> Any:
    return asked(secret, f"months/{month.pk}/records", {"records": list(records), **more})


def test_rows_are_taken_whole_and_twice_is_once(
    month: PeriodReport, pair: Pair, secret: str
) -> None:
    first = sent(secret, month, GOOD, GOOD | {"venue": "広場"})
    assert first.status_code == HTTPStatus.OK, first.content.decode()
    assert (first.json()["new"], first.json()["same"]) == (2, 0)
    again = sent(secret, month, GOOD, GOOD | {"venue": "広場"})
    assert (again.json()["new"], again.json()["same"]) == (0, 2)
    assert ActivityRecord.objects.count() == 2
    entry = ActivityRecord.objects.get(venue="縁側")
    assert entry.approximate == ["attend_total"]
    assert entry.entered_by_id == pair.recorder.user_id, "so that the 責任者 may submit it"
    taken = Event.objects.filter(verb="records.batch.take").first()
    assert taken is not None
    assert taken.actor_name == "入力 花子（接続キー「会員管理」）"
    (row, _) = asked(secret, f"months/{month.pk}/records").json()["records"]
    assert row["attend_total"] == 12


def test_problems_are_those_of_a_file(month: PeriodReport, pair: Pair, secret: str) -> None:
    wrong = GOOD | {"attend_new": 13, "held_on": "R6.11.1"}
    answer = sent(secret, month, GOOD, wrong)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    found = {one["field"]: one for one in answer.json()["problems"]}
    assert found["attend_new"]["row"] == 2
    assert found["attend_new"]["reason"] == "うち新規が参加者（延）より多くなっています。"
    assert found["held_on"]["level"] == "confirm"
    assert not ActivityRecord.objects.exists()
    assert not RecordBatch.objects.pending().exists(), (
        "nothing keeps the month from being submitted"
    )
    read_back = asked(secret, f"sendings/{answer.json()['id']}")
    assert read_back.json() == answer.json()

    head = "市町村名,団体コード,居場所名,開催日,回数,参加者,うち新規\n"
    lines = "八王子市,13201,縁側,2024-10-05,1,約12人,\n八王子市,13201,縁側,R6.11.1,1,約12人,13\n"
    batch = upload(pair.recorders_client, month, (head + lines).encode(), "a.csv")
    of_file = {one["key"]: one for one in batch.reading["problems"]}
    for field, one in found.items():
        for part in ("level", "code", "reason", "fix"):
            assert one[part] == of_file[field][part]


def test_a_doubt_is_answered_with_its_reason(month: PeriodReport, secret: str) -> None:
    doubtful = GOOD | {"note": "窓口は042-000-0000です。"}
    (problem,) = sent(secret, month, doubtful).json()["problems"]
    answer = sent(secret, month, doubtful, confirmations={problem["id"]: "市の公開の窓口である。"})
    assert answer.status_code == HTTPStatus.OK, answer.content.decode()


def test_what_is_stored_is_replaced_only_when_said(month: PeriodReport, secret: str) -> None:
    sent(secret, month, GOOD)
    other = GOOD | {"attend_total": 20}
    refused = sent(secret, month, other)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "旧と新のどちらにするか" in refused.json()["reasons"][0]
    assert sent(secret, month, other, replace=True).json()["changed"] == 1
    assert ActivityRecord.objects.get().values["attend_total"] == 20


def test_no_row_is_left_out_in_silence(month: PeriodReport, secret: str) -> None:
    """A file may hold empty rows and sums; a sending may not."""
    answer = sent(secret, month, GOOD, {})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json()["reasons"]
    assert not ActivityRecord.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        '{"records": []}',
        '{"records": [3]}',
        '{"records": [{"no_such_field": 1}]}',
        '{"records": [{"venue": ["縁側"]}]}',
        '{"records": [{"sessions": NaN}]}',
        '{"records": [{"venue": "a"}], "replace": "yes"}',
        '{"records": [{"venue": "a"}], "confirmations": {"a": ""}}',
        '{"records": [{"venue": "a"}], "more": 1}',
        '{"records": [' + ",".join(["{}"] * 1_001) + "]}",
        "[" * 5_000,
    ],
)
def test_what_is_not_of_the_form(month: PeriodReport, secret: str, body: str) -> None:
    answer = asked(secret, f"months/{month.pk}/records", body)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.json()["reasons"]
    assert not RecordBatch.objects.exists()


def test_a_key_opens_its_contract_alone(deal: Deal, month: PeriodReport, pair: Pair) -> None:
    """Also where its person works on another contract too."""
    other = deal.concluded("別の団体")
    strangers = pair_of(deal, other, "other")
    elsewhere = deal.month(other)
    _, secret = key_for(pair, month)
    _, theirs = key_for(strangers, elsewhere)
    for path in (f"months/{elsewhere.pk}/records", f"months/{uuid4()}/records", "sendings/x"):
        assert asked(secret, path).status_code == HTTPStatus.NOT_FOUND
    assert sent(secret, elsewhere, GOOD).status_code == HTTPStatus.NOT_FOUND
    sending = sent(theirs, elsewhere, GOOD).json()["id"]
    assert asked(secret, f"sendings/{sending}").status_code == HTTPStatus.NOT_FOUND
    months = {one["id"] for one in asked(secret, "months").json()["months"]}
    assert str(month.pk) in months
    assert str(elsewhere.pk) not in months


def test_scopes_and_closed_months(month: PeriodReport, pair: Pair) -> None:
    _, reader = key_for(pair, month, "read")
    _, writer = key_for(pair, month, "write")
    assert sent(reader, month, GOOD).status_code == HTTPStatus.FORBIDDEN
    assert asked(writer, "months").status_code == HTTPStatus.FORBIDDEN
    assert sent(writer, month, GOOD).status_code == HTTPStatus.OK
    submit(month, pair.responsible)
    closed = sent(writer, month, GOOD)
    assert closed.status_code == HTTPStatus.CONFLICT
    assert closed.json()["reasons"]


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer kodoku_wrong"}, {"Authorization": "Basic a"}]
)
def test_without_a_key_nothing_opens(
    month: PeriodReport, pair: Pair, header: dict[str, str]
) -> None:
    """A session does not open it either: no other site can use one."""
    client = pair.recorders_client
    answer = client.get("/api/v1/months", headers=header)
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_person_sees_what_a_program_sent(month: PeriodReport, pair: Pair, secret: str) -> None:
    sent(secret, month, GOOD)
    drain()
    page = pair.recorders_client.get(month.get_absolute_url()).content.decode()
    assert "システムからの送信.csv" in page


def test_the_schema_is_made_of_the_types() -> None:
    schemas = schema()["components"]["schemas"]
    for activity in ACTIVITY_TYPES:
        record = schemas[f"Record{activity.code}"]
        assert list(record["properties"]) == [item.key for item in activity.entered_fields]
        assert record["required"] == [item.key for item in activity.entered_fields if item.required]
    days = schemas["Record07"]["properties"]["open_days"]
    assert (days["minimum"], days["maximum"], days["description"]) == (0, 366, "開設日数（日）")


@pytest.mark.parametrize(
    "body",
    [
        '{"records": [{"attend_total": 1e9999999999999999999}]}',
        '{"records": [{"venue": "\\ud800"}]}',
        '{"records": [{"venue": "\\u0000"}]}',
        '{"records": [{"\\udfff": 1}]}',
        '{"records": [{}], "confirmations": {"B2-phone": "\\ud800"}}',
        '{"records": [{}], "confirmations": {"B2-phone": "\\u0000"}}',
    ],
)
def test_what_no_file_can_hold_is_refused_and_leaves_nothing(
    month: PeriodReport, secret: str, body: str
) -> None:
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    url = f"/api/v1/months/{month.pk}/records"
    answer = client.post(url, body, content_type="application/json")
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert not RecordBatch.objects.exists()


def test_a_worker_finds_nothing_left_to_read(month: PeriodReport, secret: str) -> None:
    assert sent(secret, month, GOOD).status_code == HTTPStatus.OK
    drain()
    assert [batch.state for batch in RecordBatch.objects.all()] == ["taken"]
