"""Who is told what when a month moves. No figures and no names in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from grants.contractors.api import to_people
from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import PeriodReport, RecordBatch

# Until then who sent a file is taken to be looking at its page.
_PATIENCE = timedelta(minutes=1)


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
    """Those on the contract, of the body or of one below that records this activity."""
    report = _report(pk)
    return to_people(
        report.contract,
        roles,
        f"{report}{title}",
        text,
        report.get_absolute_url(),
        report.activity_uid,
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


@writes("batch.read")
def read(pk: str) -> Iterable[Draft]:
    """To who sent the file, when the first reading of it took so long that they may have left."""
    batch = RecordBatch.objects.select_related(
        "report__contract__contractor__grantee", "report__contract__contractor__organisation"
    ).get(pk=pk)
    is_first = batch.version == 2
    if not is_first or timezone.now() - batch.uploaded_at < _PATIENCE:
        return ()
    report = batch.report
    return to_people(
        report.contract,
        (Role.RECORDER, Role.RESPONSIBLE),
        f"{report.month_label}のファイルを読み終わりました",
        "結果を見て、取り込むか直してください。",
        batch.get_absolute_url(),
        report.activity_uid,
        only=batch.uploaded_by_id,
    )
