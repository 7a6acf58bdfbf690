"""要領3(1): months of a contract for the platform, by form, file and program, up to what is published."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from grants.activities.api import PLATFORM
from grants.records.api import ActivityRecord, PeriodReport
from grants.records.forms import typed
from grants.records.publication import published
from grants.records.values import entered_fields
from portal.access.api import Role
from portal.outbox.api import drain
from portal.spreadsheets.api import write_csv
from portal.workflow.api import perform
from tests.grants.activities.examples import GOOD
from tests.grants.connections.conftest import key_for
from tests.grants.connections.test_sending import asked, sent
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.records.test_import import answer, upload
from tests.grants.records.test_months import submit
from tests.world import client_of

FIRST = GOOD["PF"] | {"held_on": date(2024, 10, 8)}
SECOND = FIRST | {"title": "第2回全体会", "held_on": date(2024, 10, 22), "agreements": 1}
TEXTS = {key: typed(value) for key, value in FIRST.items()}


@pytest.fixture
def month(platform_deal: Deal) -> PeriodReport:
    return platform_deal.month(platform_deal.secretariat())


@pytest.fixture
def pair(platform_deal: Deal, month: PeriodReport) -> Pair:
    return pair_of(platform_deal, month.contract)


def test_a_meeting_is_typed_submitted_confirmed_and_published(
    platform_deal: Deal, month: PeriodReport, pair: Pair
) -> None:
    client, office = pair.recorders_client, client_of(platform_deal.drafter())
    assert month.type_code == "PF"
    assert PeriodReport.objects.filter(contract=month.contract).count() == 12
    enter = reverse("records:enter", args=[month.pk])
    assert client.post(enter, TEXTS).url == month.get_absolute_url()
    entered = ActivityRecord.objects.get().row
    assert PLATFORM.with_computed(entered)["members"] == 48
    client.post(enter, TEXTS | {"title": "第2回全体会", "held_on": "2024年10月22日"})
    page = client.get(month.get_absolute_url()).content.decode()
    assert "第1回全体会" in page
    overview = office.get(reverse("records:overview")).content.decode()
    assert f"PF {month.activity_name}" in overview

    submit(month, pair.responsible)
    drain()
    paper = office.get(month.versions.get().get_absolute_url())
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert "第1回全体会" in text.replace("\n", "")
    assert not published(month.contract.award.programme)
    perform(PeriodReport, month.pk, "confirm", platform_deal.drafter(), data={"note": ""})
    (table,) = published(month.contract.award.programme)
    assert table.activity is PLATFORM
    (name, row), *_ = table.rows
    assert name == platform_deal.tokyo.name
    shown = {cell.label: cell.text for cell in row}
    assert shown["議題数"] == "10", "of two meetings"
    assert shown["参画団体（民）"] == "36", "bodies that take part are no more for a second meeting"
    publication = client_of(platform_deal.world.actor(Role.REVIEWER)).get(
        reverse("records:publication")
    )
    assert "官民連携プラットフォーム" in publication.content.decode()


def test_a_file_of_the_template_is_taken_once(month: PeriodReport, pair: Pair) -> None:
    """A wrong check is said in the words of the type; the mended file comes in, twice is once."""
    client = pair.recorders_client
    sheet = load_workbook(
        io.BytesIO(client.get(reverse("records:blank_form", args=[month.pk])).content)
    ).worksheets[0]
    head = [PLATFORM.record_spec.by_key[field.key].header for field in entered_fields(PLATFORM)]
    assert set(head) <= {str(cell.value) for row in sheet.iter_rows() for cell in row}

    wrong = upload(client, month, table(head, FIRST | {"new_members": 49}, SECOND), "10月.csv")
    page = client.get(wrong.get_absolute_url()).content.decode()
    assert "新規参画数" in page
    assert answer(client, wrong, "take").status_code == HTTPStatus.CONFLICT
    client.post(wrong.transition_url("abandon"), {"version": wrong.version})
    for _ in range(2):
        batch = upload(client, month, table(head, FIRST, SECOND), "10月.csv")
        answer(client, batch, "take")
    entries = ActivityRecord.objects.filter(report=month).order_by("held_on")
    assert [entry.row["title"] for entry in entries] == ["第1回全体会", "第2回全体会"]
    figures = PLATFORM.figures(entry.row for entry in entries)
    assert (figures["PF.meetings"], figures["PF.members"], figures["PF.agreements"]) == (2, 48, 3)


def table(head: list[str], *rows: dict[str, object]) -> bytes:
    keys = [field.key for field in entered_fields(PLATFORM)]
    return write_csv(head, [[typed(row.get(key)) for key in keys] for row in rows])


def test_a_program_sends_the_same_record(month: PeriodReport, pair: Pair) -> None:
    secret = key_for(pair, month)[1]
    row = FIRST | {"held_on": "2024-10-08"}
    taken = sent(secret, month, row)
    assert taken.status_code == HTTPStatus.OK, taken.content.decode()
    assert taken.json()["new"] == 1
    (known,) = asked(secret, f"months/{month.pk}/records").json()["records"]
    assert known["agreements"] == 2
    refused = sent(secret, month, row | {"municipalities_joined": 78})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_month_of_the_platform_is_its_contracts_alone(
    platform_deal: Deal, month: PeriodReport, pair: Pair
) -> None:
    """Near misses: a colleague on the body's contract for ⑦, and a drafter of the prefecture beside."""
    other = platform_deal.concluded("一般社団法人つどい")
    beside = pair_of(platform_deal, other, "tsudoi").recorders_client
    stranger = client_of(platform_deal.world.actor(Role.DRAFTER, platform_deal.world.nagano))
    enter = reverse("records:enter", args=[month.pk])
    found: list[Client] = [beside, stranger]
    assert [client.get(enter).status_code for client in found] == [HTTPStatus.NOT_FOUND] * 2
    assert pair.recorders_client.get(enter).status_code == HTTPStatus.OK
