"""Columns by the names that a contractor gives them, and what is struck out of a file."""

from __future__ import annotations

import html
import io
import zipfile
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from grants.activities.api import get_activity_type
from grants.records.api import ActivityRecord, ColumnName, PeriodReport, RecordBatch
from grants.records.columns import suggested
from grants.records.striking import without
from portal.audit.api import Event
from portal.documents.api import read_file
from portal.outbox.api import drain
from portal.spreadsheets.api import write_csv
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.records.test_import import answer, upload

SPEC = get_activity_type("07").record_spec


def own_file(total: str = "10", note: str = "雨天") -> bytes:
    """Three of six required columns have names of the body's own, and one is nothing of ours."""
    head = [
        "ふりがな",
        "市町村",
        "団体コード",
        "居場所名",
        "開催した日",
        "回数",
        "来た人の数",
        "備考",
    ]
    row = ["えんがわ", "八王子市", "132012", "縁側", "2024/10/5", "1", total, note]
    return write_csv(head, [row])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("開催した日", "held_on"),
        ("居場所の名", "venue"),
        ("うち新規の人", "attend_new"),
        ("市区町村の名", "municipality_name"),
        ("ふりがな", ""),
        ("天気", ""),
    ],
)
def test_what_a_name_is_like(text: str, key: str) -> None:
    assert suggested(text, SPEC.columns) == key


def chosen(batch: RecordBatch, **keys: str) -> dict[str, str]:
    places = {one["text"]: one["place"] for one in batch.reading["headers"]}
    return {f"column-{places[text]}": key for text, key in keys.items()}


def test_a_name_is_chosen_once_remembered_and_forgotten(
    deal: Deal, month: PeriodReport, pair: Pair
) -> None:
    client = pair.recorders_client
    batch = upload(client, month, own_file(), "10月.csv")
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "様式と違う名前の列があります" in page
    assert "開催した日" in page
    refused = answer(client, batch, "take")
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "どの項目か選んでいない列があります（「開催した日」" in refused.content.decode()

    picked = {"開催した日": "held_on", "来た人の数": "attend_total", "ふりがな": "-"}
    answer(client, batch, "recheck", **chosen(batch, **picked))
    assert [p["code"] for p in batch.reading["problems"]] == []
    renamed = batch.reading["cleanings"][0]
    assert (renamed["label"], renamed["count"]) == ("列の名前を項目に読み替える", 2)
    assert not ColumnName.objects.exists(), "a choice is the file's own until it is taken"
    assert answer(client, batch, "take").url == month.get_absolute_url()
    assert ActivityRecord.objects.get().values["attend_total"] == 10

    november = deal.month(month.contract, month.month.replace(month=9))
    second = upload(client, november, own_file().replace(b"2024/10/5", b"2024/9/5"), "9月.csv")
    assert second.reading["problems"] == []
    assert {one["text"]: one["choice"] for one in second.reading["headers"]} == {
        "開催した日": "held_on",
        "来た人の数": "attend_total",
        "ふりがな": "",
    }

    listed = client.get(reverse("records:columns")).content.decode()
    assert "来た人の数" in listed
    name = ColumnName.objects.get(text="来た人の数")
    forget = reverse("records:forget_column", args=[name.pk])
    other = pair_of(deal, deal.concluded("別の団体"), "other")
    assert other.recorders_client.post(forget).status_code == HTTPStatus.NOT_FOUND
    assert (
        "来た人の数" not in other.recorders_client.get(reverse("records:columns")).content.decode()
    )
    assert client.post(forget).status_code == HTTPStatus.FOUND
    assert Event.objects.filter(verb="records.forget_column").count() == 1
    third = upload(client, november, own_file("11").replace(b"2024/10/5", b"2024/9/5"), "再.csv")
    assert [p["code"] for p in third.reading["problems"]] == ["missing_column"]


def test_a_name_of_hundreds_of_letters_is_not_remembered(month: PeriodReport, pair: Pair) -> None:
    client, text = pair.recorders_client, "開催した日" + "（活動を行った日）" * 30
    file = own_file().replace("開催した日".encode(), text.encode())
    batch = upload(client, month, file, "10月.csv")
    picked = {text: "held_on", "来た人の数": "attend_total", "ふりがな": "-"}
    answer(client, batch, "recheck", **chosen(batch, **picked))
    assert answer(client, batch, "take").url == month.get_absolute_url()
    assert {one.text for one in ColumnName.objects.all()} == {"来た人の数", "ふりがな"}


def test_a_field_that_the_file_names_already_is_not_chosen_twice(
    month: PeriodReport, pair: Pair
) -> None:
    client = pair.recorders_client
    batch = upload(client, month, own_file(), "10月.csv")
    typed = chosen(batch, 来た人の数="sessions") | chosen(batch, 開催した日="no-such-field")
    answer(client, batch, "recheck", **typed)
    assert batch.columns == {}


# ---- What is struck out ----------------------------------------------------------------------------

# A number and a name of this file alone: the storage is shared with other tests.
PERSON, PHONE = "佐久間さん", "042-318-4477"
SECRET = f"{PERSON} {PHONE} へ連絡"
HEAD = ["市町村名", "団体コード", "居場所名", "開催日", "回数", "参加者", "備考"]
LINE = ["八王子市", "132012", "縁側", "2024/10/5", "1", "10", SECRET]


def stored_bytes() -> bytes:
    """Everything in the storage, packages unpacked."""
    found = b""
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += content
            if content[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(content)) as package:
                    texts = [
                        package.read(name).decode("utf-8", "replace") for name in package.namelist()
                    ]
                    # A writer may put letters as numbers: &#38306;
                    found += html.unescape("".join(texts)).encode()
    return found


def rows_of_everything() -> str:
    batches = list(RecordBatch.objects.values("reading", "mends", "confirmations", "message"))
    entries = list(ActivityRecord.objects.values("values", "originals", "mended"))
    events = list(Event.objects.values("data", "subject_label", "label"))
    return repr((batches, entries, events))


@pytest.mark.django_db(transaction=True)
def test_what_was_struck_out_is_nowhere_any_more(
    month: PeriodReport, pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    client = pair.recorders_client
    content = write_csv(HEAD, [LINE])
    batch = upload(client, month, content, "10月.csv")
    sent, kept_as = batch.document.sha256, batch.document.file
    cell = batch.reading["problems"][0]["cell"]
    assert PHONE in rows_of_everything()
    answer(client, batch, "recheck", **{f"mend-{cell}": "関係者へ連絡"})
    taken = answer(client, batch, "take", **{f"mend-{cell}": "関係者へ連絡"})
    assert taken.status_code == HTTPStatus.FOUND
    drain()
    for part in (PERSON, PHONE):
        assert part not in rows_of_everything()
        assert part.encode() not in stored_bytes()
        assert part not in caplog.text
    assert not default_storage.exists(kept_as)
    batch.refresh_from_db()
    assert batch.sent_sha256 == sent, "of what came, the hash stays"
    assert "関係者へ連絡".encode() in stored_bytes()
    assert read_file(batch.document)[:2] == b"PK"
    entry = ActivityRecord.objects.get()
    assert entry.originals["note"] == "関係者へ連絡"
    page = client.get(batch.get_absolute_url()).content.decode()
    assert sent[:8] in page
    event = Event.objects.get(verb="records.strike")
    assert event.data["said"]["送られたファイルの識別値"] == sent

    again = upload(client, month, content, "10月.csv")
    assert again.document_id == batch.document_id
    assert again.reading["problems"] == [], "what is read is what was left of it"
    assert PHONE.encode() not in stored_bytes()


def test_what_was_confirmed_stays_and_so_does_the_file(month: PeriodReport, pair: Pair) -> None:
    client = pair.recorders_client
    line = [*LINE[:-1], "窓口は 042-318-0000"]
    batch = upload(client, month, write_csv(HEAD, [line]), "10月.csv")
    typed = {}
    for problem in batch.reading["problems"]:
        typed |= {f"ok-{problem['id']}": "1", f"why-{problem['id']}": "団体の公開の窓口である。"}
    assert answer(client, batch, "take", **typed).status_code == HTTPStatus.FOUND
    drain()
    batch.refresh_from_db()
    assert batch.sent_sha256 == ""
    assert line[-1].encode() in read_file(batch.document)


def test_texts_leave_every_depth_and_the_longest_first() -> None:
    value = {"a": ["鈴木さん", {"b": "鈴木さんの家"}], "n": 3, "x": None}
    texts = {"鈴木さん": "ある人", "鈴木さんの家": "ある家"}
    assert without(value, texts) == {"a": ["ある人", {"b": "ある家"}], "n": 3, "x": None}


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_given_up_keeps_no_person(month: PeriodReport, pair: Pair) -> None:
    """And the same file sent again is read anew, as it is."""
    client = pair.recorders_client
    line = [*LINE[:-1], "042-318-9900 の桐生さん"]
    batch = upload(client, month, write_csv(HEAD, [line]), "10月.csv")
    client.post(batch.transition_url("abandon"), {"version": batch.version})
    drain()
    batch.refresh_from_db()
    assert batch.state == "abandoned"
    assert "042-318-9900" not in rows_of_everything()
    assert b"042-318-9900" not in stored_bytes()
    again = upload(client, month, write_csv(HEAD, [line]), "10月.csv")
    assert again.document_id != batch.document_id
    assert {problem["code"] for problem in again.reading["problems"]} == {"phone", "personal"}
