"""Who is told what when a month moves. No figures and no names in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import PeriodReport


def _report(pk: str) -> PeriodReport:
    return PeriodReport.objects.for_lists().get(pk=pk)  # type: ignore[no-any-return]


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
