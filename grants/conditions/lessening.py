"""Less to give back than was confirmed: stated by a corrected report, decided by the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from grants.awards.api import Award, lock_award, take_number
from grants.desk.api import no_conflict
from grants.filings.api import reviewers_of
from grants.refunds.api import OrderState, RefundOrder, lower_order, spread_less
from portal.accounts.api import Organisation
from portal.audit.api import already_recorded, record
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .models import Lessening, ReturnReport, lessenings_of
from .rules import less_reasons
from .states import Way

Reports = type[ReturnReport]


def unordered(model: Reports, award: Award) -> int:
    """Yen of confirmed figures that no order asks back, and no decision took off."""
    confirmed = sum(one.increase for one in model.objects.filter(award=award).confirmed())
    orders = award.refund_orders.filter(ground=model.condition.ground).total()
    return confirmed - int(orders) - deducted(model, award)


def deducted(model: Reports, award: Award) -> int:
    """Yen that decisions took off confirmed figures: of what had not been ordered, or of orders."""
    taken = (Way.DEDUCT, Way.LOWER)
    found = lessenings_of(model).filter(report__award=award, way__in=taken)
    return int(found.aggregate(total=Sum("amount"))["total"] or 0)


def repaid(model: Reports, award: Award) -> int:
    """Yen of principal that the body paid back on this ground, and the state did not give again."""
    orders = award.refund_orders.filter(ground=model.condition.ground)
    paid = sum(
        min(order.due, int(total or 0))
        for order in orders
        for total in [order.repayments.standing().aggregate(total=Sum("amount"))["total"]]
    )
    given = lessenings_of(model).filter(report__award=award, way=Way.REPAY)
    return paid - int(given.aggregate(total=Sum("amount"))["total"] or 0)


def running_orders(model: Reports, award: Award) -> list[RefundOrder]:
    """Whose payment was not confirmed and whose interest was not notified, the newest first."""
    orders = award.refund_orders.filter(ground=model.condition.ground, state=OrderState.ORDERED)
    waiting = orders.filter(interest_notice=None).prefetch_related("lowerings")
    return list(waiting.order_by("-issued_on", "-arrived_at"))


def undecided(model: Reports, award: Award) -> bool:
    """A corrected report says less, and nobody decided yet what follows."""
    return bool(model.objects.filter(award=award).confirmed().says_less().exists())


def decide_less(
    *,
    actor: Actor,
    report: ReturnReport,
    way: str,
    reason: str,
    number: DocumentNumber | None = None,
    issued_on: date | None = None,
    request_key: UUID | None = None,
) -> Lessening:
    """What follows from a corrected report that says less. A second click finds the first decision.

    Orders are lowered by a decision of its own, with `number` and `issued_on`, the newest order first.

    Raises Refused for any other report, to whoever confirmed it or has a conflict of interest, and
    where there is not as much to take off or to give again.
    """
    model = type(report)
    verb, every = f"{report.condition.name}.decide_less", lessenings_of(model)
    with transaction.atomic():
        award = lock_award(report.award)
        earlier = already_recorded(verb, report.filing_id, request_key)
        if earlier is not None:
            found: Lessening = every.get(report=report)
            return found
        locked = model.objects.select_related("filing").get(pk=report.pk)
        reasons = [*_against(locked, actor), *no_conflict(award, actor)]
        less = -int(locked.difference or 0)
        running = running_orders(model, award)
        reasons = reasons or list(
            less_reasons(
                way,
                less,
                unordered=unordered(model, award),
                repaid=repaid(model, award),
                running=sum(one.due for one in running),
            )
        )
        if reasons:
            raise Refused(reasons)
        if way == Way.LOWER:
            day = issued_on or timezone.localdate()
            shown = _number(actor, locked, number, day)
            _lower(actor, running, less, reason, shown, day)
        made: Lessening = every.model._default_manager.create(
            report=locked,
            amount=less,
            way=way,
            reason=reason,
            decided_by_id=actor.user_id,
            decided_by_name=actor.name,
        )
        _tell(actor, made, locked, request_key)
    return made


def _tell(actor: Actor, made: Lessening, report: ReturnReport, request_key: UUID | None) -> None:
    """The Event and the message to the body."""
    condition = report.condition
    said = {
        "減る額": format_yen(made.amount),
        "措置": made.get_way_display(),
        "理由": made.reason,
    }
    record(
        actor,
        f"{condition.name}.decide_less",
        f"{condition.label}の減額の措置を決める",
        report.filing,
        article=condition.law,
        case_id=report.filing.case_id,
        data={"said": said},
        request_key=request_key,
    )
    message = f"{condition.name}.lessened"
    key = f"{message}:{report.pk}"
    enqueue("notify", key, {"message": message, "pk": str(report.pk), "key": key})


def _number(actor: Actor, report: ReturnReport, number: DocumentNumber | None, day: date) -> str:
    office = Organisation.objects.get(pk=actor.organisation_id)
    return take_number(office, number, day, f"l:{report.pk}")


def _lower(
    actor: Actor, orders: list[RefundOrder], less: int, reason: str, number: str, issued_on: date
) -> None:
    parts = spread_less(less, [one.due for one in orders])
    for order, part in zip(orders, parts, strict=True):
        if part:
            lower_order(
                actor=actor,
                order=order,
                amount=part,
                reason=reason,
                document_number=number,
                issued_on=issued_on,
            )


def _against(report: ReturnReport, actor: Actor) -> Iterator[str]:
    if report.filing.state != "accepted" or (report.difference or 0) >= 0:
        yield "国に返す額が減る報告ではありません。"
    elif lessenings_of(type(report)).filter(report=report).exists():
        yield "この報告の措置は、すでに決まっています。"
    if actor.user_id in reviewers_of(report.filing):
        yield "この報告を確認した人は、措置を決められません。ほかの決定権者に依頼してください。"
