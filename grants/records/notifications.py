"""Who is told what when a month moves. No figures and no names in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import PeriodReport


def _report(pk: str) -> PeriodReport:
    return PeriodReport.objects.for_lists().get(pk=pk)


@writes("report.submitted")
def submitted(pk: str) -> Iterable[Draft]:
    report = _report(pk)
    contractor = report.contract.contractor
    yield Draft(
        contractor.grantee,
        (Role.DRAFTER,),
        f"{report}が提出されました",
        "内容を見て、確認するか差し戻してください。",
        report.get_absolute_url(),
        contractor.name,
    )


def _to_contractor(pk: str, title: str, text: str, *roles: str) -> Iterable[Draft]:
    report = _report(pk)
    contractor = report.contract.contractor
    yield Draft(
        contractor.organisation,
        roles,
        f"{report}{title}",
        text,
        report.get_absolute_url(),
        contractor.grantee.name,
    )


@writes("report.sent_back")
def sent_back(pk: str) -> Iterable[Draft]:
    return _to_contractor(
        pk,
        "が差し戻されました",
        "理由を見て記録を直し、もう一度提出してください。",
        Role.RECORDER,
        Role.RESPONSIBLE,
    )


@writes("report.confirmed")
def confirmed(pk: str) -> Iterable[Draft]:
    return _to_contractor(
        pk, "が確認されました", "都道府県の所見を見ることができます。", Role.RESPONSIBLE
    )


@writes("report.due")
def due(pk: str) -> Iterable[Draft]:
    return _to_contractor(
        pk,
        "の提出期限が近づいています",
        "記録を入力し、責任者が提出してください。",
        Role.RECORDER,
        Role.RESPONSIBLE,
    )


@writes("report.overdue")
def overdue(pk: str) -> Iterable[Draft]:
    """Both sides: the prefecture sees what is missing (要領2(2))."""
    yield from _to_contractor(
        pk,
        "の提出期限を過ぎています",
        "記録を入力し、責任者が提出してください。",
        Role.RECORDER,
        Role.RESPONSIBLE,
    )
    report = _report(pk)
    contractor = report.contract.contractor
    yield Draft(
        contractor.grantee,
        (Role.DRAFTER,),
        f"{report}がまだ提出されていません",
        "委託先に状況を確かめてください。",
        report.get_absolute_url(),
        contractor.name,
    )
