"""Who is told of a demand. Not its content: that is read on the page."""

from __future__ import annotations

from collections.abc import Iterable

from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import Demand, Extension, Report
from .policy import ANSWERERS, WRITERS

_OFFICE = "内閣府"


def _to_body(report: Report, title: str, text: str) -> Draft:
    due = day_with_weekday(report.due_on)
    return Draft(
        report.grantee,
        tuple(sorted(ANSWERERS)),
        title.format(title=report.demand.title, due=due),
        text.format(due=due, basis=report.demand.get_basis_display()),
        report.get_absolute_url(),
        _OFFICE,
    )


def _to_writer(report: Report, title: str, text: str) -> Draft:
    return Draft(
        Organisation.objects.cabinet_office().get(),
        tuple(sorted(WRITERS)),
        title.format(body=report.grantee.name, title=report.demand.title),
        text,
        report.get_absolute_url(),
        report.grantee.name,
        users=(report.demand.written_by_id,),
    )


def _report(pk: str) -> Report:
    found: Report = Report.objects.for_lists().get(pk=pk)
    return found


@writes("demand.issued")
def issued(pk: str) -> Iterable[Draft]:
    reports = Demand.objects.get(pk=pk).reports.for_lists().order_by("grantee__prefecture_id")
    for report in reports:
        yield _to_body(
            report,
            "報告の徴求「{title}」がありました（{due}まで）",
            "根拠は{basis}です。報告の期限は{due}です。",
        )


@writes("demand.reminder")
def reminder(pk: str) -> Iterable[Draft]:
    owed = Demand.objects.get(pk=pk).reports.owed().for_lists()
    for report in owed.order_by("grantee__prefecture_id"):
        yield _to_body(
            report,
            "報告の徴求「{title}」への報告がまだ届いていません",
            "報告の期限は{due}です。至急、報告してください。",
        )


@writes("demand.asked_again")
def asked_again(pk: str) -> Iterable[Draft]:
    yield _to_body(
        _report(pk),
        "報告の徴求「{title}」について、再度の報告を求められました（{due}まで）",
        "理由を確認し、もう一度報告してください。",
    )


@writes("demand.answered")
def answered(pk: str) -> Iterable[Draft]:
    yield _to_writer(
        _report(pk),
        "{body}から、徴求「{title}」への報告が届きました",
        "報告を読み、確認済みにするか、再度の報告を求めてください。",
    )


@writes("demand.time_asked")
def time_asked(pk: str) -> Iterable[Draft]:
    yield _to_writer(
        _report(str(Extension.objects.get(pk=pk).report_id)),
        "{body}から、徴求「{title}」の期限の延長の申出がありました",
        "理由を読み、認めるかどうかを決めてください。",
    )


@writes("demand.time_answered")
def time_answered(pk: str) -> Iterable[Draft]:
    yield _to_body(
        _report(str(Extension.objects.get(pk=pk).report_id)),
        "報告の徴求「{title}」の期限の延長の申出に回答がありました",
        "いまの期限は{due}です。",
    )
