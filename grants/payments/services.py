"""Recording what was paid, and taking back a wrong record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award, AwardState
from grants.desk.api import no_conflict
from portal.audit.api import already_recorded, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .models import Payment
from .rules import payment_reasons
from .slots import Paying, against_paying, ceiling_of, fixed_of, holds_on, net_paid
from .states import PaymentKind


def record_payment(
    *,
    actor: Actor,
    award: Award,
    kind: str,
    amount: int,
    paid_on: date,
    reference: str = "",
    request_key: UUID | None = None,
    claim: UUID | None = None,
) -> Payment:
    """Within what may still be paid, whatever runs at once: the award's row is the lock.

    A second click with the same key finds the first payment. `claim` is the id of the one that it
    answers, for what else guards payments. Raises Refused with every reason
    against the award, the person, the amount and the day.
    """
    with transaction.atomic():
        locked = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
        pk = uuid5(award.pk, str(request_key)) if request_key else uuid4()
        if already_recorded("payments.record", pk, request_key):
            return Payment.objects.get(pk=pk)
        reasons = [
            *_against_paying(locked),
            *no_conflict(locked, actor),
            *payment_reasons(
                kind,
                amount,
                ceiling=ceiling_of(locked),
                paid=net_paid(locked),
                paid_on=paid_on,
                decided_on=locked.decision.decided_on,
                today=timezone.localdate(),
                is_fixed=fixed_of(locked) is not None,
            ),
        ]
        reasons = reasons or against_paying(Paying(locked, amount, paid_on, claim))
        if reasons:
            raise Refused(reasons)
        made: Payment = Payment.objects.create(
            pk=pk,
            award=locked,
            kind=kind,
            amount=amount,
            paid_on=paid_on,
            reference=reference,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        _tell(actor, made, request_key)
    return made


def _tell(actor: Actor, made: Payment, request_key: UUID | None) -> None:
    key = f"payments.recorded:{made.pk}"
    enqueue("notify", key, {"message": "payments.recorded", "pk": str(made.pk), "key": key})
    paid_on = day_with_weekday(made.paid_on)
    record(
        actor,
        "payments.record",
        f"{made.get_kind_display()}を記録する",
        made,
        article="会計法22条" if made.kind == PaymentKind.ADVANCE else "適正化法15条",
        case_id=made.case_id,
        data={"said": {"支払額": format_yen(made.amount), "支払日": paid_on}},
        request_key=request_key,
    )


def _against_paying(award: Award) -> Iterator[str]:
    if award.state != AwardState.IN_FORCE:
        yield "交付決定が効力を持っていないため、支払を記録できません。"


def undo_payment(
    *, actor: Actor, payment: Payment, reason: str, request_key: UUID | None = None
) -> Payment:
    """The record was wrong. A second click with the same key changes nothing more.

    Raises Refused for one taken back before, or that a later act rests on, and to a person with a
    conflict of interest.
    """
    with transaction.atomic():
        Award.objects.select_for_update(of=("self",)).get(pk=payment.award_id)
        locked: Payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
        if already_recorded("payments.undo", locked.pk, request_key):
            return locked
        if locked.undone_at is not None:
            raise Refused(["この支払の記録は、すでに取り消されています。"])
        holds = holds_on(locked.award)
        against = [
            *no_conflict(locked.award, actor),
            *(hold.reason for hold in holds if hold.keeps(locked.recorded_at)),
        ]
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
            request_key=request_key,
        )
    return locked
