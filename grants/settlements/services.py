"""Writing a 実績報告, and fixing the amount."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from grants.awards.api import Award, AwardState, appeal_due, take_number
from grants.filings.api import (
    Filing,
    SealedVersion,
    canonical,
    digest,
    latest_version,
)
from grants.plans.api import compute_amounts
from grants.programmes.api import Terms
from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.core.money import format_yen
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, request_document
from portal.outbox.api import enqueue

from .copying import copy_plan
from .examining import ExaminedLine, examined_lines
from .models import (
    LineEvidence,
    PerformanceReport,
    ReportedIncome,
    ReportedLine,
    ReportedResult,
    ReportPart,
    Settlement,
)
from .rules import fixed_amount


def start_report(*, actor: Actor, award: Award) -> Filing:
    """The one 実績報告 of an award, with the rows of the plan in force; a second click finds the first.

    Raises Refused for an award that is not in force.
    """
    if award.state != AwardState.IN_FORCE:
        raise Refused(["交付決定が効力を持っていないため、実績報告を書き始められません。"])
    existing = PerformanceReport.objects.select_related("filing").filter(award=award).first()
    if existing is not None:
        return existing.filing
    try:
        with transaction.atomic():
            filing = Filing.objects.create(
                kind="performance", programme_id=award.programme_id, grantee_id=award.grantee_id
            )
            report = PerformanceReport.objects.create(filing=filing, award=award)
            copy_plan(report)
            record(
                actor,
                "filings.performance.start",
                "実績報告を始める",
                filing,
                case_id=filing.case_id,
                visibility=Visibility.ORGANISATION,
            )
    except IntegrityError:
        found: Filing = PerformanceReport.objects.select_related("filing").get(award=award).filing
        return found
    return filing


def follow_plan(*, actor: Actor, report: PerformanceReport) -> bool:
    """Brings the rows to the plan in force, if it changed while the report is with its writers.

    Whether anything was done; what was typed stays.
    """
    if report.revision_id == report.award.revision_id or not report.filing.is_with_writers:
        return False
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=report.pk)
        locked = PerformanceReport.objects.select_related("award__programme").get(pk=report.pk)
        if locked.revision_id == locked.award.revision_id or not filing.is_with_writers:
            return False
        copy_plan(locked)
        record(
            actor,
            "filings.performance.follow",
            "実績報告を、変わった計画に合わせる",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return True


def save_part(
    *,
    actor: Actor,
    part: ReportPart,
    seen_version: int,
    completed_on: date | None = None,
    summary: str = "",
    text: str = "",
    rows: Mapping[UUID, Mapping[str, Any]] | None = None,
) -> ReportPart:
    """What was typed on one page. `rows` are the values of its lines, results or incomes by uid.

    Raises Stale when somebody saved the same page first, Refused once the report is out of the
    writers' hands. Writes no Event: it is a draft.
    """
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=part.report_id)
        if not filing.is_with_writers:
            raise Refused(
                ["いまは変更できません。提出したもの、決裁を待つものは、戻ってから直します。"]
            )
        locked: ReportPart = ReportPart.objects.select_for_update(of=("self",)).get(pk=part.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        report = PerformanceReport.objects.get(pk=part.report_id)
        if locked.key == "basics":
            report.completed_on, report.summary = completed_on, summary
            report.save(update_fields=["completed_on", "summary"])
        locked.text = text
        locked.version += 1
        locked.saved_by_id = actor.user_id
        locked.save(update_fields=["text", "version", "saved_by"])
        _save_rows(locked, rows or {})
        report.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
    return locked


_TYPED = {
    ReportedLine: ("spent", "expected", "other_funding", "other_funding_name", "note"),
    ReportedResult: ("actual", "note"),
    ReportedIncome: ("amount",),
}


def _save_rows(part: ReportPart, rows: Mapping[UUID, Mapping[str, Any]]) -> None:
    for model, names in _TYPED.items():
        stored = list(model.objects.filter(part=part, uid__in=rows).order_by("order"))
        for one in stored:
            for name in names:
                setattr(one, name, rows[one.uid][name])
        model.objects.bulk_update(stored, names)


def attach_for_line(*, document: Document, filing: Filing, line_uid: UUID) -> None:
    """Puts a file of the report beside one of its lines. Raises Refused for a line that it has not."""
    if not ReportedLine.objects.filter(part__report=filing.pk, uid=line_uid).exists():
        raise Refused(["その明細は、この実績報告にありません。画面を開き直してください。"])
    LineEvidence.objects.get_or_create(document=document, filing=filing, line_uid=line_uid)


def recompute(
    sealed: SealedVersion, lines: Iterable[ExaminedLine], terms: Terms, also: int = 0
) -> Any:
    """The table A to G of a sealed report without what was cut, and without `also` more (yen)."""
    amounts = sealed.content["amounts"]
    cut = sum(line.cut for line in lines) + also
    return compute_amounts(amounts["a"] - cut, amounts["b"], amounts["d"] - cut, terms)


def finalise(
    *,
    actor: Actor,
    filing: Filing,
    number: DocumentNumber | None,
    decided_on: date,
    issued_on: date,
) -> Settlement:
    """額の確定 (適正化法15条). Call inside the transition's transaction: the filing is locked.

    Raises Refused for days out of order, and under an award that is not in force.
    """
    if issued_on < decided_on:
        raise Refused(["施行日は、決裁日以後の日付にしてください。"])
    report = PerformanceReport.objects.select_related("award").get(filing=filing)
    award: Award = (
        Award.objects.select_for_update(of=("self",))
        .select_related("programme", "grantee", "decision")
        .get(pk=report.award_id)
    )
    if award.state != AwardState.IN_FORCE:
        raise Refused(["交付決定が効力を持っていないため、額を確定できません。"])
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was examined
    lines = examined_lines(filing, sealed)
    terms = award.programme.terms()
    table = recompute(sealed, lines, terms)
    amount = fixed_amount(int(award.amount), table.g)
    received = award.payments.standing().total()
    ordered = award.refund_orders.towards_the_amount().total()
    office = Organisation.objects.get(pk=actor.organisation_id)
    shown = take_number(office, number, issued_on, f"s:{award.pk}")
    text = _text(award, filing, sealed, lines, table, received, ordered, shown, issued_on)
    made = Settlement.objects.create(
        award=award,
        filing=filing,
        sealed=sealed,
        amount=amount,
        decided=award.amount,
        recomputed=table.g,
        received=received,
        document_number=shown,
        decided_on=decided_on,
        issued_on=issued_on,
        payload=text,
        sha256=digest(text),
        decided_by_id=actor.user_id,
        decided_by_name=actor.name,
    )
    _tell(actor, made, office)
    return made


def _text(
    award: Award,
    filing: Filing,
    sealed: SealedVersion,
    lines: list[ExaminedLine],
    table: Any,
    received: int,
    ordered: int,
    number: str,
    issued_on: date,
) -> str:
    """What the notice says, for ever."""
    terms = award.programme.terms()
    return canonical(
        {
            "form": "settlement/1",
            "form_number": terms.form_numbers["notice_of_settlement"],
            "terms": {
                name: getattr(terms, name)
                for name in ("year_label", "official_name", "project_name", "addressee")
            },
            "grantee": award.grantee.name,
            "document_number": number,
            "issued_on": issued_on.isoformat(),
            "decision": {
                "number": award.decision.document_number,
                "issued_on": award.decision.issued_on.isoformat(),
                "is_changed": award.amendments.standing().exists() or award.revocations.exists(),
            },
            "report": {
                "receipt_number": filing.receipt_number,
                "number": sealed.number,
                "sha256": sealed.sha256,
                "submitted_on": timezone.localdate(sealed.sealed_at).isoformat(),
            },
            "decided": int(award.amount),
            "recomputed": table.g,
            "amount": fixed_amount(int(award.amount), table.g),
            "received": received,
            "ordered": ordered,
            "columns": {column: getattr(table, column) for column in "abcdefg"},
            "rate": table.rate,
            "cuts": _cuts(lines),
            "appeal_days": terms.appeal_days,
            "appeal_until": appeal_due(timezone.localdate(), terms).day.isoformat(),
        }
    )


def _cuts(lines: Iterable[ExaminedLine]) -> list[dict[str, Any]]:
    return [
        {
            "place": line.place,
            "item": line.cells["item"],
            "total": line.total,
            "cut": line.cut,
            "reason": line.found.reason,
            "clause": line.found.clause,
        }
        for line in lines
        if line.found is not None and line.cut
    ]


def _tell(actor: Actor, made: Settlement, office: Organisation) -> None:
    """The paper, the message, and the Event in the case of the award."""
    request_document(
        kind="notice_of_settlement",
        title=f"額の確定通知書（{made.document_number}）",
        subject=made,
        payload_hash=made.sha256,
        issuer=office,
        readers=[made.grantee, office],
        case_id=made.case_id,
        is_filed=True,
    )
    key = f"settlements.finalised:{made.pk}"
    enqueue("notify", key, {"message": "settlements.finalised", "pk": str(made.pk), "key": key})
    record(
        actor,
        "settlements.finalise",
        "額を確定する",
        made,
        article="適正化法15条",
        case_id=made.case_id,
        data={
            "said": {
                "確定額": format_yen(made.amount),
                "受入済額": format_yen(made.received),
                "文書番号": made.document_number,
            }
        },
    )


def cuts_of(made: Settlement) -> list[dict[str, Any]]:
    """What was not accepted, as the notice says it."""
    return list(json.loads(made.payload)["cuts"])
