"""Ordering money back, recording what came, forgiving and demanding the interest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award, appeal_due, take_number
from grants.desk.api import no_conflict
from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.identifiers import DocumentNumber
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.documents.api import request_document
from portal.outbox.api import enqueue

from .claims import Claim, claims_on
from .counting import (
    calculation_of,
    interest_terms,
    rate_text,
    receipts_left,
    receipts_of,
    repayments_of,
    sealed_lines,
    shown_lines,
)
from .models import Exemption, InterestNotice, RefundOrder, Repayment, notice_on
from .rules import (
    ARTICLE,
    Calculation,
    act_of,
    carries_interest,
    order_reasons,
    paid_whole_on,
    tranches,
)
from .states import Interest, OrderState


def order_refund(
    *,
    actor: Actor,
    award: Award,
    claim_key: str,
    due_on: date,
    reason: str,
    number: DocumentNumber | None,
    issued_on: date,
    notice_number: str = "",
) -> RefundOrder:
    """返還命令 (適正化法18条) of one claim, whole. The award's row is the lock.

    Raises Refused for a claim that is gone, and with every reason against amount, day and words.
    """
    with transaction.atomic():
        locked = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
        claim = next((one for one in claims_on(locked) if one.key == claim_key), None)
        if claim is None:
            raise Refused(["返還を命ずる額は、もうありません。画面を開き直してください。"])
        receipts = receipts_of(locked)
        reasons = list(
            order_reasons(
                claim.amount,
                received=sum(one.amount for one in receipts),
                received_on=max((one.on for one in receipts), default=issued_on),
                ordered_before=locked.refund_orders.total(),
                ordered_on=issued_on,
                due_on=due_on,
                reason=reason,
            )
        )
        reasons.extend(no_conflict(locked, actor))
        if reasons:
            raise Refused(reasons)
        office = Organisation.objects.get(pk=actor.organisation_id)
        shown = take_number(office, number, issued_on, f"r:{locked.pk}")
        text = _order_text(locked, claim, shown, issued_on, due_on, reason, notice_number)
        made = RefundOrder.objects.create(
            award=locked,
            ground=claim.ground,
            amount=claim.amount,
            reason=reason,
            due_on=due_on,
            document_number=shown,
            issued_on=issued_on,
            notice_number=notice_number,
            payload=text,
            sha256=digest(text),
            ordered_by_id=actor.user_id,
            ordered_by_name=actor.name,
        )
        _tell_of_order(actor, made, office)
    return made


def _tell_of_order(actor: Actor, made: RefundOrder, office: Organisation) -> None:
    """The paper, the message, and last the Event."""
    act = act_of(made.ground)
    order_paper("notice_of_refund", f"{act}命令書（{made.document_number}）", made, made, office)
    tell_body("refunds.ordered", made)
    record(
        actor,
        "refunds.order",
        f"{act}を命ずる",
        made,
        article=ARTICLE[made.ground],
        case_id=made.case_id,
        data={
            "said": {
                f"{act}額": format_yen(made.amount),
                "納期日": day_with_weekday(made.due_on),
                "文書番号": made.document_number,
                "理由": made.reason,
            }
        },
    )


def _order_text(
    award: Award,
    claim: Claim,
    number: str,
    issued_on: date,
    due_on: date,
    reason: str,
    notice_number: str,
) -> str:
    """What the order says, for ever: the receipts it reaches, the last first (施行令10条1項)."""
    terms = award.programme.terms()
    return canonical(
        {
            "form": "refund/1",
            "terms": terms_on_paper(award),
            "grantee": award.grantee.name,
            "document_number": number,
            "issued_on": issued_on.isoformat(),
            "decision": {
                "number": award.decision.document_number,
                "issued_on": award.decision.issued_on.isoformat(),
            },
            "claim": claim.key,
            "ground": claim.ground,
            "about": claim.about,
            "amount": claim.amount,
            "due_on": due_on.isoformat(),
            "notice_number": notice_number,
            "reason": reason,
            "receipts": [
                {"on": one.on.isoformat(), "amount": one.amount}
                for one in tranches(claim.amount, receipts_left(award))
            ],
            "carries_interest": carries_interest(claim.ground),
            "rate": rate_text(interest_terms(terms)),
            "appeal_days": terms.appeal_days,
            "appeal_until": appeal_due(timezone.localdate(), terms).day.isoformat(),
        }
    )


def terms_on_paper(award: Award) -> dict[str, Any]:
    terms = award.programme.terms()
    names = ("year_label", "official_name", "project_name", "addressee")
    return {name: getattr(terms, name) for name in names}


def order_paper(kind: str, title: str, made: Any, order: RefundOrder, office: Organisation) -> None:
    request_document(
        kind=kind,
        title=title,
        subject=made,
        payload_hash=made.sha256,
        issuer=office,
        readers=[order.grantee, office],
        case_id=order.case_id,
        is_filed=True,
    )


def tell_body(message: str, made: Any) -> None:
    key = f"{message}:{made.pk}"
    enqueue("notify", key, {"message": message, "pk": str(made.pk), "key": key})


def record_repayment(
    *,
    actor: Actor,
    order: RefundOrder,
    amount: int,
    paid_on: date,
    reference: str = "",
    request_key: UUID | None = None,
) -> Repayment:
    """What the body paid; the second of two clicks finds what the first recorded.

    Raises Refused for a day that cannot be, and for more than is owed.
    """
    with transaction.atomic():
        locked = running_order(order, actor)
        pk = _pk_for("record", locked, request_key)
        known = Repayment.objects.filter(pk=pk).first()
        if known is not None:
            return known
        reasons = list(_against_day(locked, paid_on))
        made = Repayment(
            pk=pk,
            order=locked,
            amount=amount,
            paid_on=paid_on,
            reference=reference,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        if not reasons:
            made.save(force_insert=True)
            over = calculation_of(locked, max(paid_on, _last_day(locked))).overpaid
            if over:
                reasons.append(f"納付額が、納付すべき額を{format_yen(over)}超えています。")
        if reasons:
            raise Refused(reasons)
        record(
            actor,
            "refunds.record",
            "納付を記録する",
            locked,
            article="適正化法18条",
            case_id=locked.case_id,
            data={"said": {"納付額": format_yen(amount), "納付の日": day_with_weekday(paid_on)}},
            request_key=request_key,
        )
    return made


def _pk_for(verb: str, order: RefundOrder, request_key: UUID | None) -> UUID:
    """The same for both of two clicks."""
    return uuid4() if request_key is None else uuid5(order.pk, f"{verb}:{request_key}")


def _against_day(order: RefundOrder, paid_on: date) -> Iterator[str]:
    if paid_on > timezone.localdate():
        yield "納付の日は、今日以前の日付にしてください。"
    if paid_on < order.issued_on:
        yield "納付の日は、返還を命じた日以後の日付にしてください。"
    if notice_on(order) is None:
        return
    whole_on = paid_whole_on(order.due, repayments_of(order))
    if paid_on < whole_on:
        yield (
            f"返還額は{day_with_weekday(whole_on)}に納付を終えたものとして、加算金・延滞金を通知しています。"
            "納付の日は、その日以後にしてください。"
        )


def undo_repayment(*, actor: Actor, repayment: Repayment, reason: str) -> None:
    """The record was wrong. Raises Refused when the interest was notified on the strength of it."""
    with transaction.atomic():
        locked = running_order(repayment.order, actor)
        kept: Repayment = Repayment.objects.select_for_update(of=("self",)).get(pk=repayment.pk)
        if kept.undone_at is not None:
            raise Refused(["この納付の記録は、すでに取り消されています。"])
        if kept.is_notified:
            raise Refused(
                ["加算金・延滞金を通知する前の納付は、取り消せません。訂正通知で直してください。"]
            )
        kept.undone_at, kept.undo_reason = timezone.now(), reason
        kept.save(update_fields=["undone_at", "undo_reason"])
        record(
            actor,
            "refunds.undo",
            "納付の記録を取り消す",
            locked,
            case_id=locked.case_id,
            data={"said": {"納付額": format_yen(kept.amount), "理由": reason}},
        )


def exempt(
    *,
    actor: Actor,
    order: RefundOrder,
    kind: str,
    amount: int,
    reason: str,
    number: DocumentNumber | None,
    decided_on: date,
    request_key: UUID | None = None,
) -> Exemption:
    """免除 of all or part (適正化法19条3項); the second of two clicks finds the first.

    Raises Refused for more than is counted today, and for what was paid already.
    """
    with transaction.atomic():
        locked = running_order(order, actor)
        pk = _pk_for("exempt", locked, request_key)
        known = Exemption.objects.filter(pk=pk).first()
        if known is not None:
            return known
        found = calculation_of(locked, timezone.localdate())
        counted = found.additional_yen if kind == Interest.ADDITIONAL else found.late_yen
        left = min(counted, found.left)
        if notice_on(locked) is not None:
            raise Refused(["加算金・延滞金を通知した後です。免除は、通知の前に決定します。"])
        if not 0 < amount <= left:
            raise Refused([f"免除額は、1円以上、{format_yen(left)}以下にしてください。"])
        office = Organisation.objects.get(pk=actor.organisation_id)
        shown = take_number(office, number, decided_on, f"e:{locked.pk}")
        made = Exemption.objects.create(
            pk=pk,
            order=locked,
            kind=kind,
            amount=amount,
            reason=reason,
            document_number=shown,
            decided_on=decided_on,
            decided_by_id=actor.user_id,
            decided_by_name=actor.name,
        )
        tell_body("refunds.exempted", made)
        record(
            actor,
            "refunds.exempt",
            f"{Interest(kind).label}を免除する",
            made,
            article="適正化法19条3項",
            case_id=locked.case_id,
            data={"said": {"免除額": format_yen(amount), "文書番号": shown, "理由": reason}},
            request_key=request_key,
        )
    return made


def notify_interest(
    *, actor: Actor, order: RefundOrder, number: DocumentNumber | None, issued_on: date
) -> InterestNotice:
    """加算金・延滞金 as they stand once the refund is paid whole: from then on nothing runs on.

    Raises Refused before that, where nothing is owed, and a second time.
    """
    with transaction.atomic():
        locked = running_order(order, actor)
        found = calculation_of(locked, timezone.localdate())
        if notice_on(locked) is not None:
            raise Refused(["加算金・延滞金は、すでに通知しています。"])
        if found.principal_left:
            raise Refused(["返還額の全部が納付されてから、通知します。"])
        if not (found.additional_yen or found.late_yen):
            raise Refused(["納付すべき加算金・延滞金はありません。"])
        office = Organisation.objects.get(pk=actor.organisation_id)
        shown = take_number(office, number, issued_on, f"i:{locked.pk}")
        text = _interest_text(locked, found, shown, issued_on)
        made = InterestNotice.objects.create(
            order=locked,
            additional=found.additional_yen,
            late=found.late_yen,
            document_number=shown,
            issued_on=issued_on,
            payload=text,
            sha256=digest(text),
            issued_by_id=actor.user_id,
        )
        order_paper(
            "notice_of_interest", f"加算金・延滞金の通知書（{shown}）", made, locked, office
        )
        tell_body("refunds.interest", made)
        record(
            actor,
            "refunds.notify_interest",
            "加算金・延滞金を通知する",
            made,
            article="適正化法19条",
            case_id=locked.case_id,
            data={
                "said": {
                    "加算金": format_yen(made.additional),
                    "延滞金": format_yen(made.late),
                    "文書番号": shown,
                }
            },
        )
    return made


def _interest_text(order: RefundOrder, found: Calculation, number: str, issued_on: date) -> str:
    """What the notice says, for ever: the whole calculation line by line."""
    return canonical(
        {
            "form": "interest/1",
            "terms": terms_on_paper(order.award),
            "grantee": order.grantee.name,
            "document_number": number,
            "issued_on": issued_on.isoformat(),
            "order": {
                "number": order.document_number,
                "issued_on": order.issued_on.isoformat(),
                "amount": order.due,
                "due_on": order.due_on.isoformat(),
                "last_received": json.loads(order.payload)["receipts"][0]["on"],
            },
            "repayments": [
                {"on": one.paid_on.isoformat(), "amount": one.amount}
                for one in order.repayments.standing()
            ],
            "additional": sealed_lines(shown_lines(found.additional, found.terms)),
            "late": sealed_lines(shown_lines(found.late, found.terms)),
            "additional_yen": found.additional_yen,
            "late_yen": found.late_yen,
            "additional_counted": found.additional_counted,
            "late_counted": found.late_counted,
            "exempted_additional": found.exempted_additional,
            "exempted_late": found.exempted_late,
            "unit": found.terms.unit,
            "rate": rate_text(found.terms),
        }
    )


def running_order(order: RefundOrder, actor: Actor) -> RefundOrder:
    """The order's row, locked. Raises Refused once its payment was confirmed, and for whoever
    declared a conflict with the body."""
    locked: RefundOrder = RefundOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    against = list(no_conflict(locked.award, actor))
    if against:
        raise Refused(against)
    if locked.state != OrderState.ORDERED:
        raise Refused(["納付の完了を確認した後は、変えられません。"])
    return locked


def _last_day(order: RefundOrder) -> date:
    """Of the payments so far; the order's own day where there is none."""
    days = [one.paid_on for one in order.repayments.standing()]
    return max([order.issued_on, *days])
