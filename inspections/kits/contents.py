"""What goes into a kit, in the order in which an auditor asks: what was promised, decided, contracted,
done, paid, reported, given back, inspected. As far as the one who asks may read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from grants.awards.api import Award
from grants.contractors.api import Contract, ContractPaper, Invoice
from grants.filings.api import Filing, SealedVersion
from grants.records.api import PeriodReport, ReportVersion
from inspections.demands.api import Report
from inspections.findings.api import Finding
from inspections.orders.api import Order
from inspections.visits.api import Visit
from portal.audit.api import Event
from portal.core.actor import Actor
from portal.documents.api import Document, DocumentState
from portal.spreadsheets.api import ExportValue, write_csv

SECTIONS = {
    1: "申請と計画",
    2: "交付の決定と変更",
    3: "委託・補助の契約と請求",
    4: "活動の実績",
    5: "国からの支払",
    6: "実績報告と額の確定",
    7: "返還と取消し",
    8: "検査、指摘、命令",
    9: "経過の記録",
}
_OF_ROOM = {
    "plans": 1,
    "filings": 1,
    "awards": 2,
    "changes": 2,
    "allocations": 2,
    "contractors": 3,
    "records": 4,
    "payments": 5,
    "settlements": 6,
    "refunds": 7,
    "revocations": 7,
}
_REPORT = "performance"
Rows = Iterable[tuple[ExportValue, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the kit: a document by its id, or `text` as it is. `path` is plain letters."""

    section: int
    path: str
    title: str
    document: str = ""
    text: str = ""


def entries_of(award: Award, actor: Actor) -> list[dict[str, Any]]:
    """A fixed number of queries, whatever the case holds."""
    found = sorted(
        [*_sealed(award, actor), *_papers(award, actor), *_tables(award, actor)],
        key=lambda entry: entry.section,
    )
    numbers: dict[int, int] = dict.fromkeys(SECTIONS, 0)
    placed = []
    for entry in found:
        numbers[entry.section] += 1
        path = f"{entry.section:02}/{numbers[entry.section]:03}{entry.path}"
        placed.append({**asdict(entry), "path": path})
    return placed


def _filings(award: Award) -> Any:
    return Filing.objects.filter(programme_id=award.programme_id, grantee_id=award.grantee_id)


def _sealed(award: Award, actor: Actor) -> Iterator[Entry]:
    """Each version as it was filed: the hash of the file is the seal."""
    versions = SealedVersion.objects.for_user(actor).filter(filing__in=_filings(award))
    for one in versions.select_related("filing__grantee", "filing__programme").order_by(
        "sealed_at", "pk"
    ):
        section = 6 if one.filing.kind == _REPORT else 1
        title = f"{one.filing.form_name} 第{one.number}版（提出した内容）"
        yield Entry(section, ".json", title, text=one.payload)


def _cases(award: Award) -> dict[UUID, int]:
    """The ids under which papers and events of the award are kept, with their section."""
    body = {"award": award}
    cases = {award.case_id: 0}
    cases |= {filing.pk: 6 if filing.kind == _REPORT else 0 for filing in _filings(award)}
    mine = {"demand__programme_id": award.programme_id, "grantee_id": award.grantee_id}
    reports = Report.objects.filter(**mine).values_list("pk", flat=True)
    visits = Visit.objects.filter(**body).values_list("pk", flat=True)
    findings = Finding.objects.filter(visit__award=award).values_list("pk", flat=True)
    orders = Order.objects.filter(**body).values_list("pk", flat=True)
    return cases | dict.fromkeys((*reports, *visits, *findings, *orders), 8)


def _subjects(award: Award) -> list[str]:
    """Rows whose papers stand under no case: sealed months, and what was attached to contracts."""
    months = PeriodReport.objects.filter(contract__award=award)
    rows = (
        ReportVersion.objects.filter(report__in=months),
        months,
        ContractPaper.objects.filter(contract__award=award),
        Contract.objects.filter(award=award),
        Invoice.objects.filter(contract__award=award),
    )
    return [str(pk) for found in rows for pk in found.values_list("pk", flat=True)]


def _papers(award: Award, actor: Actor) -> Iterator[Entry]:
    cases = _cases(award)
    papers = (
        Document.objects.for_user(actor)
        .filter(Q(case_id__in=list(cases)) | Q(subject_id__in=_subjects(award)))
        .filter(state=DocumentState.READY)
    )
    for paper in papers.order_by("created_at", "pk"):
        room = paper.subject_type.partition(".")[0]
        section = cases.get(paper.case_id) or _OF_ROOM.get(room, 1)
        ending = (paper.original_name or f"{paper.title}.pdf").rpartition(".")[2].lower()
        safe = ending if ending.isascii() and ending.isalnum() else "bin"
        yield Entry(section, f".{safe}", paper.title, document=str(paper.pk))


def _tables(award: Award, actor: Actor) -> Iterator[Entry]:
    yield _table(
        3,
        "契約の一覧",
        "契約 相手方 方法 金額 契約日 期間の初日 期間の末日",
        _contracts(award, actor),
    )
    yield _table(
        3, "請求と支払の一覧", "契約 相手方 番号 請求日 金額 支払日 状態", _invoices(award, actor)
    )
    yield _table(4, "月報の一覧", "契約 月 期限 提出 確認 状態", _months(award, actor))
    yield _table(
        5, "国からの支払の一覧", "支払日 種類 金額 番号 記録を取り消した理由", _payments(award)
    )
    yield _table(
        8,
        "指摘の一覧",
        "番号 件名 種類 金額 適合しない規定 是正の期限 状態",
        _findings(award, actor),
    )
    yield _table(8, "命令の一覧", "文書番号 件名 根拠 種類 履行の期限 状態", _orders(award, actor))
    yield _table(9, "経過の記録", "日時 行為 だれが 役割 所属 根拠", _events(award, actor))


def _table(section: int, title: str, header: str, rows: Rows) -> Entry:
    return Entry(section, ".csv", title, text=write_csv(header.split(), list(rows)).decode())


def _contracts(award: Award, actor: Actor) -> Rows:
    found = Contract.objects.for_user(actor).concluded().filter(award=award)
    for one in found.select_related("contractor").order_by("signed_on", "pk"):
        method = one.get_method_display()
        days = (one.signed_on, one.starts_on, one.ends_on)
        yield (one.title, one.contractor.name, method, one.amount, *days)


def _invoices(award: Award, actor: Actor) -> Rows:
    found = Invoice.objects.for_user(actor).asked_for().filter(contract__award=award)
    for one in found.select_related("contract__contractor").order_by("billed_on", "pk"):
        who = (one.contract.title, one.contract.contractor.name)
        state = one.get_state_display()
        yield (*who, one.number, one.billed_on, one.amount, one.paid_on, state)


def _months(award: Award, actor: Actor) -> Rows:
    found = PeriodReport.objects.for_user(actor).filter(contract__award=award)
    for one in found.select_related("contract").order_by("contract_id", "month"):
        moments = (one.submitted_at, one.confirmed_at)
        days = [timezone.localdate(at) if at else None for at in moments]
        yield (one.contract.title, one.month_label, one.due_on, *days, one.get_state_display())


def _payments(award: Award) -> Rows:
    for one in award.payments.order_by("paid_on", "recorded_at"):
        yield (one.paid_on, one.get_kind_display(), one.amount, one.reference, one.undo_reason)


def _findings(award: Award, actor: Actor) -> Rows:
    found = Finding.objects.for_user(actor).filter(visit__award=award)
    for one in found.order_by("visit_id", "number"):
        shown = (one.number, one.title, one.fault.label, one.amount, one.citation)
        yield (*shown, one.due_on, one.get_state_display())


def _orders(award: Award, actor: Actor) -> Rows:
    found = Order.objects.for_user(actor).filter(award=award)
    for one in found.order_by("created_at", "pk"):
        shown = (one.document_number, one.title, one.article, one.get_kind_display())
        yield (*shown, one.due_on, one.get_state_display())


def _events(award: Award, actor: Actor) -> Rows:
    events = Event.objects.filter(case_id__in=list(_cases(award))).readable_by(actor)
    for one in events.order_by("seq"):
        at = timezone.localtime(one.at).isoformat(sep=" ", timespec="seconds")
        who = (one.actor_name, one.actor_role_label, one.organisation_name)
        yield (at, one.label, *who, one.article)
