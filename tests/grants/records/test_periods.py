"""Periods as the contract says, lines sent back, versions after a confirmation, reminders."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from grants.contractors.reminders import remind_of_checks
from grants.contractors.rules import months_between, periods_between
from grants.records.api import ActivityRecord, PeriodReport, ReportVersion
from grants.records.reminders import remind_of_months
from portal.core.problems import Refused
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.records.test_months import record_of, submit
from tests.world import client_of


@pytest.mark.parametrize(
    ("first", "last", "length", "expected"),
    [
        (date(2024, 4, 1), date(2025, 3, 31), 3, [(4, 6), (7, 9), (10, 12), (1, 3)]),
        (date(2024, 5, 10), date(2024, 10, 5), 3, [(5, 6), (7, 9), (10, 10)]),
        (date(2024, 4, 1), date(2025, 3, 31), 6, [(4, 9), (10, 3)]),
        (date(2024, 6, 1), date(2025, 3, 31), 12, [(6, 3)]),
        (date(2024, 4, 1), date(2024, 6, 30), 1, [(4, 4), (5, 5), (6, 6)]),
        (date(2024, 5, 1), date(2024, 8, 31), 2, [(5, 5), (6, 7), (8, 8)]),
    ],
    ids=["quarters", "begun in mid-quarter", "halves", "once", "months", "two months"],
)
def test_periods_are_counted_from_april(
    first: date, last: date, length: int, expected: list[tuple[int, int]]
) -> None:
    found = periods_between(first, last, length)
    assert [(one.month, other.month) for one, other in found] == expected


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 400),
    st.sampled_from([1, 2, 3, 6, 12]),
)
def test_periods_cover_every_month_once(first: date, days: int, length: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    covered = [
        month
        for begins, ends in periods_between(first, last, length)
        for month in months_between(begins, ends)
    ]
    assert covered == months_between(first, last)


def test_a_quarter_is_one_report_due_after_its_last_month(deal: Deal) -> None:
    contract = deal.concluded(report_interval=3, final_due_on=date(2025, 3, 31))
    reports = list(PeriodReport.objects.filter(contract=contract).order_by("month"))
    assert [one.due_on for one in reports] == [
        date(2024, 7, 10),
        date(2024, 10, 10),
        date(2025, 1, 10),
        date(2025, 3, 31),
    ]
    assert reports[1].month_label == "令和6年7月から9月分"
    assert reports[1].period == (date(2024, 7, 1), date(2024, 9, 30))
    page = client_of(deal.drafter()).get(reverse("records:overview")).content.decode()
    assert page.count(reports[1].get_absolute_url()) == 3


# ---- Lines and versions ----------------------------------------------------------------------------


@pytest.fixture
def pair(deal: Deal) -> Pair:
    return pair_of(deal, deal.concluded())


@pytest.fixture
def report(deal: Deal, pair: Pair) -> PeriodReport:
    found = PeriodReport.objects.get(month=date(2024, 10, 1))
    for day in (5, 6):
        record_of(pair.recorder, found, day)
    return submit(found, pair.responsible)


def test_a_line_is_sent_back_with_its_reason_and_must_be_answered(
    deal: Deal, pair: Pair, report: PeriodReport
) -> None:
    entry = report.records.order_by("held_on")[0]
    url = reverse("records:return_line", args=[entry.pk])
    office, body = client_of(deal.drafter()), pair.responsibles_client
    assert pair.recorders_client.get(url).status_code == HTTPStatus.FORBIDDEN
    office.post(url, {"reason": "参加簿の人数と違います。"})
    assert "参加簿の人数と違います" not in body.get(report.get_absolute_url()).content.decode()
    sent = office.post(report.transition_url("send_back"), {"reason": ""})
    assert sent.status_code == HTTPStatus.FOUND
    assert "参加簿の人数と違います" in body.get(report.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="差し戻された行が1行、直されていません"):
        submit(report, pair.responsible)
    edit = reverse("records:edit", args=[entry.pk])
    form = pair.recorders_client.get(edit).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert pair.recorders_client.post(edit, typed).status_code == HTTPStatus.FOUND
    assert submit(report, pair.responsible).state == "submitted"


def test_sending_back_needs_a_reason_or_a_marked_line(deal: Deal, report: PeriodReport) -> None:
    office = client_of(deal.drafter())
    url = report.transition_url("send_back")
    assert office.post(url, {"reason": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    entry = report.records.order_by("held_on")[0]
    mark = reverse("records:return_line", args=[entry.pk])
    office.post(mark, {"reason": "人数を確かめてください。"})
    office.post(mark, {"undo": "1"})
    assert not ActivityRecord.objects.returned().exists()
    assert office.post(url, {"reason": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_correction_after_confirmation_is_a_version_with_its_reason(
    deal: Deal, pair: Pair, report: PeriodReport
) -> None:
    perform(PeriodReport, report.pk, "confirm", deal.drafter(), data={"note": ""})
    with pytest.raises(Refused):
        submit(report, pair.responsible)
    reason = {"reason": "10月6日の回が漏れていたため。"}
    perform(PeriodReport, report.pk, "correct", deal.drafter(), data=reason)
    record_of(pair.recorder, report, 7)
    submit(report, pair.responsible)
    second, first = report.versions.order_by("-number")
    assert (first.reason, second.reason) == ("", reason["reason"])
    assert (len(first.content["rows"]), len(second.content["rows"])) == (2, 3)
    drain()
    answer = pair.responsibles_client.get(second.get_absolute_url())
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "令和６年10月分" in text
    assert "10月7日" in text
    assert "漏れていた" in text.replace("\n", "")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.update(reason="")


def test_a_paper_of_a_month_is_not_for_strangers(
    deal: Deal, pair: Pair, report: PeriodReport
) -> None:
    drain()
    url = report.versions.get().get_absolute_url()
    assert client_of(deal.drafter()).get(url).status_code == HTTPStatus.OK
    other = pair_of(deal, deal.concluded("別の団体"), "other")
    for client in (other.responsibles_client, client_of(deal.drafter(deal.world.nagano))):
        assert client.get(url).status_code == HTTPStatus.NOT_FOUND


# ---- Reminders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "title", "count"),
    [
        ("2024-11-06 10:00+09:00", "提出期限が近づいています", 0),
        ("2024-11-07 10:00+09:00", "提出期限が近づいています", 1),
        ("2024-11-07 08:00+09:00", "提出期限が近づいています", 0),
        ("2024-11-10 10:00+09:00", "提出期限が近づいています", 1),
        ("2024-11-11 10:00+09:00", "提出期限を過ぎています", 1),
    ],
    ids=["four days before", "three days before", "before office hours", "the day", "a day late"],
)
def test_a_period_that_is_owed_is_asked_for_once_a_day(
    deal: Deal, day: str, title: str, count: int
) -> None:
    contract = deal.concluded()
    pair_of(deal, contract)
    with time_machine.travel(day, tick=False):
        remind_of_months()
        remind_of_months()
        drain()
    body = contract.contractor.organisation
    notices = Notice.objects.filter(organisation=body, title__contains=title)
    assert notices.filter(title__contains="10月分").count() == count


def test_nothing_is_asked_before_the_contract_begins_or_after_it_was_cut(deal: Deal) -> None:
    """契約期間外: a period that is none is never owed."""
    contract = deal.concluded(starts_on=date(2024, 11, 1))
    assert not PeriodReport.objects.filter(contract=contract, month__lt=date(2024, 11, 1)).exists()
    data = {"terminated_on": date(2024, 11, 4), "ground": "agreed", "reason": "合意したため。"}
    perform(type(contract), contract.pk, "terminate", deal.drafter(), data=data)
    with time_machine.travel("2025-01-07 10:00+09:00", tick=False):
        assert remind_of_months() == 0


def test_a_check_that_lapses_is_announced_while_a_contract_needs_it(deal: Deal) -> None:
    """要領2(2): an expiry is announced before it comes."""
    contract = deal.concluded()
    idle = deal.checked(deal.contractor("契約のない団体"))
    with time_machine.travel("2025-03-01 10:00+09:00", tick=False):
        assert remind_of_checks() == 1
        drain()
    notice = Notice.objects.get(title="委託先の確認の有効期限が近づいています")
    assert notice.url == contract.contractor.get_absolute_url()
    deal.check(idle, "religious", reviewed_on=date(2024, 4, 1), expires_on=date(2026, 3, 31))
    for kind in ("religious", "political", "organised_crime"):
        deal.check(contract.contractor, kind, expires_on=date(2026, 3, 31))
    with time_machine.travel("2025-03-31 10:00+09:00", tick=False):
        assert remind_of_checks() == 0
