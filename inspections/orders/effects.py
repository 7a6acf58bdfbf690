"""What a transition of an order does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from grants.awards.api import appeal_due, take_number
from grants.filings.api import Filing, FilingState, canonical, digest
from grants.revocations.api import revoke
from portal.accounts.api import Organisation
from portal.core.actor import Actor, system
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.documents.api import Document, request_document
from portal.workflow.api import perform

from .models import Order, OrderNotice, OrderReport

Data = Mapping[str, Any]
REPORT_FILE = "order:report"
_WITH_OFFICE = (FilingState.SUBMITTED, FilingState.UNDER_REVIEW, FilingState.REVIEWED)


def issue(order: Order, actor: Actor, data: Data) -> None:
    """With its notice; under 13条 or 16条 the period of 25条 begins with its arrival."""
    office = Organisation.objects.get(pk=actor.organisation_id)
    order.decided_on, order.issued_on = data["decided_on"], data["issued_on"]
    order.document_number = take_number(
        office, data["document_number"], data["issued_on"], f"o:{order.pk}"
    )
    if order.is_by_law:
        order.appeal_until = appeal_due(timezone.localdate(), order.award.programme.terms()).day
    text = _notice(order)
    notice = OrderNotice.objects.create(order=order, payload=text, sha256=digest(text))
    request_document(
        kind="notice_of_order",
        title=f"命令書（{order.document_number}）",
        subject=notice,
        payload_hash=notice.sha256,
        issuer=office,
        readers=[order.grantee, office],
        case_id=order.pk,
        is_filed=True,
    )
    if order.asks_another_report:
        _ask_another_report(order)
    data["_said"]["命令の根拠"] = order.article
    data["_said"]["種類"] = order.get_kind_display()
    data["_said"]["文書番号"] = order.document_number
    data["_said"]["理由"] = order.reason
    data["_said"]["履行の期限"] = day_with_weekday(order.due_on)
    if order.appeal_until:
        data["_said"]["不服の申出の期限"] = day_with_weekday(order.appeal_until)


def _ask_another_report(order: Order) -> None:
    """What was reported is not as decided: the report comes back to its writers, to be filed again.

    One that is with them already stays there; one whose amount is fixed is the affair of 取消し.
    """
    reports = Filing.objects.filter(performance__award=order.award, state__in=_WITH_OFFICE)
    for filing in reports:
        perform(Filing, filing.pk, "reopen_by_order", system(f"是正命令 {order.document_number}"))


def _notice(order: Order) -> str:
    """What the notice says, for ever: the terms as they are on the day it is made."""
    terms = order.award.programme.terms()
    names = ("year_label", "official_name", "project_name", "addressee", "guideline_title")
    earlier = order.follows
    return canonical(
        {
            "form": "order/1",
            "terms": {name: getattr(terms, name) for name in names},
            "grantee": order.grantee.name,
            "document_number": order.document_number,
            "issued_on": order.issued_on.isoformat() if order.issued_on else "",
            "basis": order.basis,
            "kind": order.get_kind_display(),
            "title": order.title,
            "content": order.content,
            "reason": order.reason,
            "due_on": order.due_on.isoformat(),
            "findings": [
                [finding.title, finding.citation]
                for finding in order.findings.order_by("visit_id", "number")
            ],
            "earlier": earlier.document_number if earlier else "",
            "appeal_days": terms.appeal_days,
            "appeal_until": order.appeal_until.isoformat() if order.appeal_until else "",
        }
    )


def discard(order: Order, actor: Actor, data: Data) -> None:
    order.check_note = data["reason"]
    data["_said"]["理由"] = data["reason"]


def report(order: Order, actor: Actor, data: Data) -> None:
    """What was attached meanwhile is the office's to read from now on."""
    OrderReport.objects.create(
        order=order,
        number=order.reports.count() + 1,
        report=order.report,
        reported_at=timezone.now(),
        reported_by_name=actor.name,
    )
    filed = Document.objects.of_subject(order).filter(kind=REPORT_FILE)
    filed.update(is_filed=True)
    data["_said"]["添付"] = f"{filed.count()}件"


def ask_again(order: Order, actor: Actor, data: Data) -> None:
    order.again_reason = data["reason"]
    order.due_on = data["due_on"]
    data["_said"]["理由"] = data["reason"]
    data["_said"]["履行の期限"] = day_with_weekday(data["due_on"])


def check(order: Order, actor: Actor, data: Data) -> None:
    order.check_note = data["reason"]
    data["_said"]["確認したこと"] = data["reason"]


def escalate(order: Order, actor: Actor, data: Data) -> None:
    """The revocation is an act of its own, with its paper and its Event.

    Raises Refused with every reason against it.
    """
    order.revocation = revoke(
        actor=actor,
        award=order.award,
        ground=data["ground"],
        after=data["after"],
        provision=data["provision"],
        reason=data["reason"],
        number=data["document_number"],
        decided_on=data["decided_on"],
        issued_on=data["issued_on"],
    )
    data["_said"]["取消しの文書番号"] = order.revocation.document_number
    data["_said"]["取り消した額"] = format_yen(order.revocation.taken)
