"""Recording what was paid, and taking back a wrong record."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .models import Payment
from .rules import payment_reasons
from .slots import ceiling_of, net_paid, reasons_to_keep
from .states import PaymentKind


def record_payment(
    *, actor: Actor, award: Award, kind: str, amount: int, paid_on: date, reference: str = ""
) -> Payment:
    """Within what may still be paid, whatever runs at once: the award's row is the lock.

    Raises Refused with every reason against the amount and the day.
    """
    with transaction.atomic():
        locked = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
        reasons = list(
            payment_reasons(
                amount,
                ceiling=ceiling_of(locked),
                paid=net_paid(locked),
                paid_on=paid_on,
                decided_on=locked.decision.decided_on,
                today=timezone.localdate(),
            )
        )
        if reasons:
            raise Refused(reasons)
        made = Payment.objects.create(
            award=locked,
            kind=kind,
            amount=amount,
            paid_on=paid_on,
            reference=reference,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        key = f"payments.recorded:{made.pk}"
        enqueue("notify", key, {"message": "payments.recorded", "pk": str(made.pk), "key": key})
        record(
            actor,
            "payments.record",
            f"{PaymentKind(kind).label}を記録する",
            made,
            article="会計法22条" if kind == PaymentKind.ADVANCE else "適正化法15条",
            case_id=locked.case_id,
            data={"said": {"支払額": format_yen(amount), "支払日": day_with_weekday(paid_on)}},
        )
    return made


def undo_payment(*, actor: Actor, payment: Payment, reason: str) -> Payment:
    """The record was wrong. Raises Refused for one taken back before, or that a later act
    rests on."""
    with transaction.atomic():
        Award.objects.select_for_update(of=("self",)).get(pk=payment.award_id)
        locked: Payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        if locked.undone_at is not None:
            raise Refused(["この支払の記録は、すでに取り消されています。"])
        against = reasons_to_keep(locked.award)
        if against:
            raise Refused(against)
        locked.undone_at, locked.undo_reason = timezone.now(), reason
        locked.save(update_fields=["undone_at", "undo_reason"])
        record(
            actor,
            "payments.undo",
            "支払の記録を取り消す",
            locked,
            case_id=locked.case_id,
            data={"said": {"支払額": format_yen(locked.amount), "理由": reason}},
        )
    return locked
