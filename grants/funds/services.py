"""Recording the steps of a year's money, and paying an accepted claim within them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from grants.awards.api import lock_award
from grants.carryovers.api import carried_of, standing_of
from grants.claims.api import Claim, link_payment
from grants.filings.api import Filing, reviewers_of
from grants.payments.api import Paying, Payment, PaymentKind, record_payment
from grants.programmes.api import Programme
from portal.audit.api import already_recorded, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused

from .models import FundRecord, FundYear
from .rules import Totals, part_reasons, paying_reasons, record_reasons, step_label

_ARTICLES = {
    "appropriation": "財政法31条",
    "allotment": "予決令41条",
    "commitment": "会計法11条",
}


def totals_of(programme_id: Any) -> Totals:
    """A fixed number of queries. `paid` is out of the year's own money: what was carried is apart."""
    steps = FundRecord.objects.filter(programme_id=programme_id).by_step()
    paid = Payment.objects.standing().filter(award__programme_id=programme_id).total()
    carried, later = carried_of(programme_id)
    return Totals(**steps, paid=paid - later, carried=carried)


def record_step(
    *,
    actor: Actor,
    programme: Programme,
    step: str,
    acted_on: date,
    document_number: str,
    amount: int,
    note: str = "",
    request_key: UUID | None = None,
) -> FundRecord:
    """予算成立, 示達 or 支出負担行為, each within the one before it, whatever runs at once.

    `amount` in yen. A second click with the same key finds the first record. Raises Refused.
    """
    with transaction.atomic():
        _lock(programme.pk)
        pk = uuid5(programme.pk, str(request_key)) if request_key else uuid4()
        if already_recorded("funds.record", pk, request_key):
            return FundRecord.objects.get(pk=pk)
        _demand(programme, step, amount, replaced=None, acted_on=acted_on)
        made: FundRecord = FundRecord.objects.create(
            pk=pk,
            programme=programme,
            step=step,
            acted_on=acted_on,
            document_number=document_number,
            amount=amount,
            note=note,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        _tell(actor, made, "funds.record", f"{step_label(step)}を記録する", request_key)
    return made


def correct_step(
    *,
    actor: Actor,
    wrong: FundRecord,
    acted_on: date,
    document_number: str,
    amount: int,
    note: str,
    reason: str,
    request_key: UUID | None = None,
) -> FundRecord:
    """Another record in the place of a wrong one, which stays readable; 0 yen takes it away.

    Raises Refused for one corrected before, and where a later step would stand above it.
    """
    with transaction.atomic():
        _lock(wrong.programme_id)
        pk = uuid5(wrong.pk, str(request_key)) if request_key else uuid4()
        if already_recorded("funds.correct", pk, request_key):
            return FundRecord.objects.get(pk=pk)
        if FundRecord.objects.filter(corrects=wrong).exists():
            raise Refused(["この記録は、すでに訂正されています。新しい記録を訂正してください。"])
        _demand(wrong.programme, wrong.step, amount, replaced=int(wrong.amount), acted_on=acted_on)
        made: FundRecord = FundRecord.objects.create(
            pk=pk,
            programme_id=wrong.programme_id,
            step=wrong.step,
            acted_on=acted_on,
            document_number=document_number,
            amount=amount,
            note=note,
            corrects=wrong,
            reason=reason,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        _tell(actor, made, "funds.correct", f"{step_label(wrong.step)}を訂正する", request_key)
    return made


def _lock(programme_id: Any) -> None:
    FundYear.objects.get_or_create(programme_id=programme_id)
    FundYear.objects.select_for_update().get(programme_id=programme_id)


def _demand(
    programme: Programme, step: str, amount: int, *, replaced: int | None, acted_on: date
) -> None:
    reasons = list(
        record_reasons(
            step,
            amount,
            totals_of(programme.pk),
            replaced=replaced,
            acted_on=acted_on,
            today=timezone.localdate(),
        )
    )
    if reasons:
        raise Refused(reasons)


def _tell(
    actor: Actor, made: FundRecord, action: str, label: str, request_key: UUID | None
) -> None:
    said = {
        "文書番号": made.document_number,
        "行為の日": day_with_weekday(made.acted_on),
        "額": format_yen(made.amount),
    }
    if made.corrects is not None:
        said |= {"訂正前の額": format_yen(made.corrects.amount), "理由": made.reason}
    record(
        actor,
        action,
        label,
        made,
        article=_ARTICLES[made.step],
        data={"said": said},
        request_key=request_key,
    )


def within_commitments(paying: Paying) -> Iterator[str]:
    """Of a year whose 支出負担行為 are recorded here, every payment; of any year, one for a claim."""
    programme_id = paying.award.programme_id
    if paying.claim is None and not FundRecord.objects.filter(programme_id=programme_id).exists():
        return
    _lock(programme_id)
    own = standing_of(paying.award).own_part(paying.amount, paying.paid_on)
    if own:
        yield from paying_reasons(own, totals_of(programme_id))


def pay_claim(
    *,
    actor: Actor,
    claim: Claim,
    paid_on: date,
    reference: str,
    amount: int | None = None,
    request_key: UUID | None = None,
) -> Payment:
    """Records a payment of an accepted claim and says which claim it answered.

    `amount` in yen is at most what is left of the claim, and all of it unless said.

    A second click with the same key finds the first payment. Raises Refused for a claim that waits
    for none, to a person who examined it, and with whatever stands against the payment.
    """
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        award = lock_award(claim.award)
        pk = uuid5(award.pk, str(request_key)) if request_key else None
        if pk and already_recorded("payments.record", pk, request_key):
            return Payment.objects.get(pk=pk)
        waiting: Claim | None = Claim.objects.to_pay().filter(pk=claim.pk).first()
        if waiting is None:
            raise Refused(
                ["この請求は、支払を待っていません。支払済みか、まだ認められていません。"]
            )
        yen = waiting.left if amount is None else amount
        reasons = list(part_reasons(yen, waiting.left))
        if reasons:
            raise Refused(reasons)
        if actor.user_id in reviewers_of(filing):
            raise Refused(["この請求を審査した人は、支払を記録できません。"])
        made = record_payment(
            actor=actor,
            award=award,
            kind=waiting.kind,
            amount=yen,
            paid_on=paid_on,
            reference=reference,
            request_key=request_key,
            claim=waiting.pk,
        )
        link_payment(claim=waiting, payment=made)
        record(
            actor,
            "funds.pay",
            "請求に対する支払を記録する",
            filing,
            article="会計法22条" if waiting.kind == PaymentKind.ADVANCE else "適正化法15条",
            case_id=filing.case_id,
            data={
                "said": {
                    "支払額": format_yen(yen),
                    "請求の残り": format_yen(waiting.left - yen),
                    "支払日": day_with_weekday(paid_on),
                }
            },
        )
    return made
