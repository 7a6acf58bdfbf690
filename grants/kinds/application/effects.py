"""What a transition of an application does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from grants.approvals.api import begin, endorse_last, said_of_last
from grants.awards.api import Decision, request_notice, state_withdrawal, take_number, undo
from grants.awards.api import decide as decide_amount
from grants.awards.api import decline as decline_application
from grants.filings.api import (
    Filing,
    FilingState,
    Route,
    carry_marks,
    forget_latest_version,
    kind_of,
    latest_version,
    live_digest,
    previous_version,
    publish_messages,
    remember_reviewer,
    seal,
    withdraw_answers,
)
from grants.plans.api import close_revision, reopen_revision
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.documents.api import attach, request_document

from .attachments import limits_for

Data = Mapping[str, Any]


def state_before_approval(filing: Filing) -> str:
    return FilingState.RETURNED if filing.was_returned else FilingState.DRAFT


def say_reason(filing: Filing, actor: Actor, data: Data) -> None:
    data["_said"]["理由"] = data["reason"]


def keep_request(filing: Filing, actor: Actor, data: Data) -> None:
    filing.requested_by_id = actor.user_id
    filing.request_note = data["note"]
    filing.requested_digest = live_digest(filing)
    route = data.get("route")
    begin(actor=actor, filing=filing, route=route)
    if route is not None:
        data["_said"]["決裁経路"] = route.name
    if data["note"]:
        data["_said"]["決裁者への説明"] = data["note"]


def lock_revision(filing: Filing, actor: Actor, data: Data) -> None:
    close_revision(filing.plan_revision)


def unlock_revision(filing: Filing, actor: Actor, data: Data) -> None:
    reopen_revision(filing.plan_revision)


def seal_in_portal(filing: Filing, actor: Actor, data: Data) -> None:
    data["_said"].update(said_of_last(endorse_last(filing, actor)))
    seal(filing, actor, route=Route.PORTAL)


def seal_decided(filing: Filing, actor: Actor, data: Data) -> None:
    """庁内決裁済み: the office's number and dates, with the paper as a file."""
    number = take_number(
        filing.grantee, data["document_number"], data["issued_on"], f"{filing.pk}:{filing.number}"
    )
    attach(
        actor=actor,
        upload=data["paper"],
        kind="attachment:approval",
        subject=filing,
        limits=limits_for(filing),
        case_id=filing.case_id,
    )
    seal(
        filing,
        actor,
        route=Route.OWN,
        document_number=number,
        decided_on=data["decided_on"],
        issued_on=data["issued_on"],
    )
    data["_said"]["庁内決裁"] = f"{number}（決裁日 {day_with_weekday(data['decided_on'])}）"


def after_submission(filing: Filing, actor: Actor, data: Data) -> None:
    """Answers go with the version; unchanged sections stay seen; the clock runs again; the PDF."""
    now = timezone.now()
    sealed = latest_version(filing)
    assert sealed is not None  # sealed by the effect before this one
    publish_messages(filing, is_answer=True, at=now)
    if filing.returned_on:
        filing.stopped_days += (timezone.localdate() - filing.returned_on).days
        filing.returned_on = None
    earlier = previous_version(sealed)
    if earlier is not None:
        carry_marks(earlier, sealed)
    filing.grantee.documents.filter(subject_id=str(filing.pk)).update(is_filed=True)
    kind = kind_of(filing.kind)
    request_document(
        kind=kind.document_kind,
        title=f"{kind.label}（{filing.receipt_number} 第{sealed.number}版）",
        subject=sealed,
        payload_hash=sealed.sha256,
        issuer=filing.grantee,
        readers=[filing.grantee],
        case_id=filing.case_id,
        is_filed=kind.paper_is_open,
    )
    data["_said"]["版"] = f"第{sealed.number}版（受付番号 {filing.receipt_number}）"
    data["_said"]["識別値"] = sealed.sha256[:12]


def recall_version(filing: Filing, actor: Actor, data: Data) -> None:
    """The number stays; the version is marked as taken back, and its answers are drafts again."""
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was submitted
    sealed.recalled_at = timezone.now()
    sealed.save(update_fields=["recalled_at"])
    forget_latest_version(filing)
    withdraw_answers(filing, since=sealed.sealed_at)
    if filing.was_returned:
        filing.returned_on = timezone.localdate()


def take_review(filing: Filing, actor: Actor, data: Data) -> None:
    filing.reviewer_id = actor.user_id
    remember_reviewer(filing, actor)
    data["_said"]["利害関係"] = "ないことを確認"


def tell_points(filing: Filing, actor: Actor, data: Data) -> None:
    now = timezone.now()
    filing.was_returned = True
    filing.returned_on = timezone.localdate()
    filing.answer_due = data["answer_due"]
    open_items = filing.items.unresolved()
    open_items.filter(told_at=None).update(told_at=now)
    publish_messages(filing, is_answer=False, at=now)
    data["_said"]["確認事項"] = f"{open_items.count()}件"
    data["_said"]["回答の期限"] = day_with_weekday(data["answer_due"])


def keep_opinion(filing: Filing, actor: Actor, data: Data) -> None:
    filing.review_opinion = data["opinion"]
    data["_said"]["意見"] = data["opinion"]


def decide(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    decision = decide_amount(
        actor=actor,
        filing=filing,
        sealed=sealed,
        amount=data["amount"],
        modification_reason=data["modification_reason"],
        number=data["document_number"],
        decided_on=data["decided_on"],
        issued_on=data["issued_on"],
        conditions=data["conditions"],
        conditions_reason=data.get("conditions_reason", ""),
    )
    if decision.conditions_reason:
        data["_said"]["条件の理由"] = decision.conditions_reason
    data["_said"]["決定額"] = format_yen(decision.amount)
    request_notice(filing, decision, "notice_of_decision", data)


def decline(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    decision = decline_application(
        actor=actor,
        filing=filing,
        sealed=sealed,
        reason=data["reason"],
        number=data["document_number"],
        decided_on=data["decided_on"],
        issued_on=data["issued_on"],
    )
    data["_said"]["理由"] = data["reason"]
    request_notice(filing, decision, "notice_of_refusal", data)


def undo_award(filing: Filing, actor: Actor, data: Data) -> None:
    decision = Decision.objects.get(filing=filing)
    undo(decision)
    state_withdrawal(
        decision=decision, reason=data["reason"], number=data.get("document_number", "")
    )
