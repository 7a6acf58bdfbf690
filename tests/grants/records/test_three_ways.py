"""What a person types and what stands in a file is read by the same eyes, and judged in the same words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.activities.api import ACTIVITY_TYPES, Field, FieldKind, get_activity_type
from grants.plans.models import PlannedIndicator
from grants.records.api import ActivityRecord, PeriodReport
from grants.records.forms import RecordForm, typed
from grants.records.reading import Known, read_month
from grants.records.services import context_of, open_months
from grants.records.values import entered_fields
from portal.audit.api import Event
from portal.spreadsheets.api import UploadRefusedError, open_upload, write_csv
from tests.grants.activities.examples import GOOD
from tests.grants.contracts import Deal, Pair
from tests.grants.records.test_months import record_of, submit

NUMBERS = (
    "",
    "0",
    "1",
    "１２",
    "1,000",
    "約30",
    "30人",
    "3～4",
    "△1",
    "多数",
    "－",
    "1.5",
    "９９９",
)
DATES = ("", "2024/10/5", "R6.10.31", "令和6年10月", "45585", "R6.11.1", "R6.13.1", "10月")
TEXTS = (
    "",
    "縁側",
    "髙橋の家",
    "042-000-0000",
    "＝1+1",
    "  広場 ",
    "鈴木さんと話した。",
    "〃",
    "A" * 201,
)
CODES = ("", "132012", "13201", "132013", "012106", "12106", "大")


def texts_for(item: Field) -> st.SearchStrategy[str]:
    if item.options:
        return st.sampled_from(("", *item.options))
    if item.kind is FieldKind.DATE:
        return st.sampled_from(DATES)
    if item.kind is FieldKind.LG_CODE:
        return st.sampled_from(CODES)
    if item.kind.is_number:
        return st.sampled_from(NUMBERS) | st.integers(0, 10**10).map(str)
    return st.sampled_from(TEXTS)


@st.composite
def rows(draw: Any) -> tuple[str, dict[str, str]]:
    """A type, and a record of it in which most agrees and something may not."""
    activity = draw(st.sampled_from(ACTIVITY_TYPES))
    texts = {key: typed(value) for key, value in GOOD[activity.code].items()}
    fields = entered_fields(activity)
    for item in draw(st.lists(st.sampled_from(fields), max_size=4, unique=True)):
        texts[item.key] = draw(texts_for(item))
    return activity.code, texts


def of_file(report: PeriodReport, texts: dict[str, str]) -> dict[str, Any] | None:
    activity = report.activity
    keys = [item.key for item in entered_fields(activity)]
    head = [activity.record_spec.by_key[key].header for key in keys]
    data = write_csv(head, [[texts.get(key, "") for key in keys]])
    try:
        return read_month(open_upload(data, "a.csv"), activity, context_of(report), Known())
    except UploadRefusedError:
        return None


def test_the_form_and_the_importer_say_the_same(month: PeriodReport) -> None:
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(rows())
    def compare(sample: tuple[str, dict[str, str]]) -> None:
        month.type_code, texts = sample
        form = RecordForm(texts | {"confirmed": "on", "why": "確かめた。"}, report=month)
        is_valid, read = form.is_valid(), of_file(month, texts)
        if read is None:
            assert not is_valid
            return
        wrong = {p["key"] for p in read["problems"] if p["level"] == "error"}
        assert set(form.errors) == wrong
        assert form.doubts == [p for p in read["problems"] if p["level"] == "confirm"] or wrong
        if is_valid:
            (row,) = read["rows"]
            assert form.reading["rows"][0]["values"] == row["values"]
            assert form.approximate == row["approximate"]

    compare()


def test_a_doubt_is_answered_with_a_reason_which_is_kept(month: PeriodReport, pair: Pair) -> None:
    url, client = reverse("records:enter", args=[month.pk]), pair.recorders_client
    typed_in = {
        "municipality_name": "八王子市",
        "lg_code": "13201",
        "venue": "縁側",
        "sessions": "1",
        "held_on": "R6.10.5",
        "attend_total": "約12",
        "note": "042-000-0000へ",
    }
    asked = client.post(url, typed_in)
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = asked.content.decode()
    assert "確かめるところ" in page
    assert "団体の公開された番号であることを確かめてください" in page
    assert client.post(url, typed_in | {"confirmed": "on"}).status_code == 422, (
        "a tick is no reason"
    )
    answered = typed_in | {"confirmed": "on", "why": "市の窓口の番号である。"}
    assert client.post(url, answered).url == month.get_absolute_url()
    entry = ActivityRecord.objects.get()
    assert entry.approximate == ["attend_total"]
    event = Event.objects.get(verb="records.enter")
    assert event.data["said"]["確かめた理由"] == "市の窓口の番号である。"


def test_what_few_count_is_folded_away_and_still_counted(month: PeriodReport, pair: Pair) -> None:
    url, client = reverse("records:enter", args=[month.pk]), pair.recorders_client
    assert '<details class="more"><summary>内訳も入力する' in client.get(url).content.decode()
    typed_in = {
        "municipality_name": "八王子市",
        "lg_code": "13201",
        "venue": "縁側",
        "sessions": "1",
        "held_on": "R6.10.5",
        "attend_total": "12",
        "age_20s": "4",
        "age_unknown": "7",
    }
    wrong = client.post(url, typed_in)
    assert "合計が参加者（延）と違います" in wrong.content.decode()
    assert '<details class="more" open>' in wrong.content.decode()
    assert client.post(url, typed_in | {"age_unknown": "8"}).status_code == HTTPStatus.FOUND


def test_10_asks_for_what_its_plan_counts(deal: Deal, month: PeriodReport, pair: Pair) -> None:
    """⑩: the plan's words are the form's fields, the file's columns and the month's figures."""
    activity = deal.award.revision.activities.get(uid=month.activity_uid)
    PlannedIndicator.objects.filter(activity=activity).delete()
    PlannedIndicator.objects.create(
        activity=activity, uid=uuid4(), label="参加した学校", unit="校", target=12
    )
    type(activity).objects.filter(pk=activity.pk).update(type_code="10")
    month.contract.activities.update(type_code="10")
    PeriodReport.objects.filter(contract=month.contract).update(type_code="10")
    open_months(month.contract)
    month.refresh_from_db()
    assert month.activity.indicators[-1].label == "参加した学校（目標 12校）"
    key = month.own_indicators[0]["key"]
    page = pair.recorders_client.get(reverse("records:enter", args=[month.pk])).content.decode()
    assert "参加した学校" in page
    texts = {k: typed(v) for k, v in GOOD["10"].items()} | {
        "held_on": "R6.10.5",
        "approved_on": "R6.4.1",
        key: "3",
    }
    url = reverse("records:enter", args=[month.pk])
    assert pair.recorders_client.post(url, texts).status_code == HTTPStatus.FOUND
    page = pair.recorders_client.get(month.get_absolute_url()).content.decode()
    assert "参加した学校（目標 12校）" in page
    assert "3校" in page
    assert key not in get_activity_type("10").by_key


def test_the_months_before_stand_beside_it(deal: Deal, month: PeriodReport, pair: Pair) -> None:
    """The chart of the page and of the paper comes from the indicators of the type."""
    september = deal.month(month.contract, month.month.replace(month=9))
    page = pair.recorders_client.get(month.get_absolute_url()).content.decode()
    assert "これまでの推移" not in page
    record_of(pair.recorder, september)
    record_of(pair.recorder, month)
    page = pair.recorders_client.get(month.get_absolute_url()).content.decode()
    assert "これまでの推移" in page
    # A month that is still being written stands on its writers' page, not in what is sealed.
    submit(september, pair.responsible)
    submit(month, pair.responsible)
    version = month.versions.get()
    assert [row[0] for row in version.content["trend"]["rows"]] == ["9月分", "10月分"]
    assert version.content["trend"]["labels"] == [i.label for i in month.activity.indicators]
