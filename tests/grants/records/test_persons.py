"""No text about activities keeps a person unasked: fields, ways in, and what was answered once."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from grants.contractors import money_forms
from grants.kinds.incident import forms as incident_forms
from grants.records import forms as record_forms
from grants.records.api import ActivityRecord, ClearedText, PeriodReport
from portal.ui.api import PortalForm, SearchedTextField, SearchingForm
from tests.grants.connections.conftest import key_for
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.records.test_import import answer, row, table, upload
from tests.world import client_of

VENUE = "つながりカフェ髙橋"

# What is written about people who are named on purpose, or holds no words of the writer's own.
NAMED = {
    "AcceptanceForm": {"inspector", "attended_by"},
    "InvoiceForm": {"number"},
    "PaymentForm": {"voucher_number"},
    "FundingRow": {"name"},
    "RecordForm": {"why"},
    "InstructionForm": {"instruction"},
}


def free_texts(module: Any) -> list[Any]:
    found = []
    for name, form in vars(module).items():
        if not (isinstance(form, type) and issubclass(form, PortalForm)):
            continue
        if form.__module__ != module.__name__:
            continue
        for field_name, field in form.base_fields.items():
            is_text = isinstance(field, forms.CharField) and not isinstance(
                field, forms.ChoiceField | forms.UUIDField
            )
            if is_text and field_name not in NAMED.get(name, ()):
                found.append(pytest.param(form, field, id=f"{name}.{field_name}"))
    return found


@pytest.mark.parametrize(
    ("form", "field"),
    [one for module in (money_forms, record_forms, incident_forms) for one in free_texts(module)],
)
def test_every_free_text_is_searched(form: type[PortalForm], field: forms.Field) -> None:
    assert getattr(field, "is_searched", False)
    assert issubclass(form, SearchingForm)


class NoteForm(SearchingForm):
    note = SearchedTextField(label="摘要", max_length=500)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("山田さんに渡した。", "氏名「山田さん」"),
        ("佐藤 健太が担当", "氏名「佐藤 健太」"),
        ("連絡は0263-00-1234へ", "電話番号を消すか"),
        ("本町2丁目15で開いた", "住所「2丁目15」"),
        ("taro@example.jp まで", "メールアドレス「taro@example.jp」"),
    ],
)
def test_a_person_is_asked_about_and_may_stay(text: str, said: str) -> None:
    asked = NoteForm({"note": text})
    assert not asked.is_valid()
    assert said in asked.errors["note"][0]
    kept = [value for value, _ in asked.fields["kept_words"].choices]
    assert NoteForm({"note": text, "kept_words": kept}).is_valid()
    other = NoteForm({"note": f"{text}鈴木さんも来た。", "kept_words": kept})
    assert not other.is_valid(), "an answer is for what was shown"


@pytest.mark.parametrize(
    "text",
    [
        "2024-10-05から2024-10-12まで",
        "令和6年10月5日（土）",
        "請求額 1,234,567円、単価9,300円",
        "団体コード202029、契約番号R7-福-012",
        "第1四半期分、参加者18人",
        "皆さんで調理した。",
        "",
    ],
)
def test_what_is_no_person_is_not_asked_about(text: str) -> None:
    form = NoteForm({"note": text or "なし"})
    assert form.is_valid()
    assert "kept_words" not in form.fields


@pytest.mark.parametrize("venue", [VENUE, "縁側 0263-00-1234"], ids=["a name", "a number"])
def test_a_venue_is_asked_about_once(
    deal: Deal, month: PeriodReport, pair: Pair, venue: str
) -> None:
    """Once in a file of many rows, once for all files, forms and programs of the contractor."""
    client = pair.recorders_client
    content = table(row(venue=venue), row(venue=venue, day="2024/10/6"))
    batch = upload(client, month, content, "1.csv")
    (asked,) = batch.reading["problems"]
    assert asked["rows_alike"] == 2
    shown = client.get(batch.get_absolute_url()).content.decode()
    assert "同じ文字が2行にあります" in shown
    answer(client, batch, "take", **{f"ok-{asked['id']}": "1", f"why-{asked['id']}": "店の名前。"})
    assert ActivityRecord.objects.count() == 2
    assert ClearedText.objects.get().text == venue
    again = upload(client, month, table(row(venue=venue, day="2024/10/7")), "2.csv")
    assert again.reading["problems"] == []
    typed = {"municipality_name": "八王子市", "lg_code": "132012", "venue": venue}
    typed |= {"held_on": "2024/10/8", "sessions": "1", "attend_total": "5"}
    answered = client.post(reverse("records:enter", args=[month.pk]), typed)
    assert answered.status_code == HTTPStatus.FOUND
    url = reverse("records:forget_cleared", args=[ClearedText.objects.get().pk])
    assert url in client.get(reverse("records:columns")).content.decode()
    assert client_of(deal.drafter()).post(url).status_code == HTTPStatus.NOT_FOUND
    other = pair_of(deal, deal.concluded("一般社団法人となり"), "tonari")
    assert other.recorders_client.post(url).status_code == HTTPStatus.NOT_FOUND
    assert client.post(url).status_code == HTTPStatus.FOUND
    assert upload(client, month, table(row(venue=venue)), "3.csv").reading["problems"]


def test_what_is_typed_for_a_venue_holds_for_all_its_rows(month: PeriodReport, pair: Pair) -> None:
    client = pair.recorders_client
    content = table(row(venue="山田さん宅"), row(venue="山田さん宅", day="2024/10/6"))
    batch = upload(client, month, content, "1.csv")
    (asked,) = batch.reading["problems"]
    typed = {f"mend-{asked['cell']}": "個人の住まい"}
    answer(client, batch, "take", **typed)
    batch.refresh_from_db()
    assert batch.reading["problems"] == []
    answer(
        client,
        batch,
        "take",
        **{f"mend-{one['cell']}": one["typed"] for one in batch.reading["mended"]},
    )
    assert set(ActivityRecord.objects.values_list("venue", flat=True)) == {"個人の住まい"}
    assert not ClearedText.objects.exists()


def by_form(pair: Pair, month: PeriodReport, values: dict[str, str]) -> str:
    answered = pair.recorders_client.post(reverse("records:enter", args=[month.pk]), values)
    return answered.content.decode()


def by_file(pair: Pair, month: PeriodReport, values: dict[str, str]) -> str:
    content = table(row(venue=values["venue"]))
    batch = upload(pair.recorders_client, month, content, "1.csv")
    return json.dumps(batch.reading["problems"], ensure_ascii=False)


def by_program(pair: Pair, month: PeriodReport, values: dict[str, str]) -> str:
    _, secret = key_for(pair, month)
    answered = Client(headers={"Authorization": f"Bearer {secret}"}).post(
        reverse("connections_api:records", args=[month.pk]),
        {"records": [values]},
        content_type="application/json",
    )
    return answered.content.decode()


@pytest.mark.parametrize("way", [by_form, by_file, by_program])
def test_every_way_says_the_same_words(
    month: PeriodReport, pair: Pair, way: Callable[[Pair, PeriodReport, dict[str, str]], str]
) -> None:
    values = {"municipality_name": "八王子市", "lg_code": "132012", "venue": VENUE}
    values |= {"held_on": "2024/10/5", "sessions": "1", "attend_total": "10"}
    said = way(pair, month, values)
    assert "個人の情報と思われる文字があります（氏名「髙橋」）。" in said
    assert "消すか、個人の情報でないことを確かめてください。" in said


def test_a_reason_names_nobody(month: PeriodReport, pair: Pair) -> None:
    client = pair.recorders_client
    batch = upload(client, month, table(row(venue=VENUE)), "1.csv")
    (asked,) = batch.reading["problems"]
    refused = answer(
        client, batch, "take", **{f"ok-{asked['id']}": "1", f"why-{asked['id']}": "山田さんの店。"}
    )
    assert "理由の氏名「山田さん」を消してください" in refused.content.decode()
    assert not ActivityRecord.objects.exists()
