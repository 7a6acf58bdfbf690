"""Taking yen off an order that was made on a figure which proved too high."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused

from .counting import calculation_of
from .models import Lowering, RefundOrder, notice_on
from .rules import ARTICLE, lowering_reasons
from .services import order_paper, running_order, tell_body, terms_on_paper
from .states import BESIDE_THE_AMOUNT


def lower_order(
    *,
    actor: Actor,
    order: RefundOrder,
    amount: int,
    reason: str,
    document_number: str,
    issued_on: date,
) -> Lowering:
    """`amount` yen fewer come back, by a decision with its number and its paper.

    Call it with the award's row locked, and with the number taken: one decision may lower several.
    Raises Refused with every reason against it; an order that is settled, or whose interest was
    notified, stays as it is.
    """
    with transaction.atomic():
        locked = running_order(order, actor)
        reasons = list(
            lowering_reasons(
                amount,
                due=locked.due,
                is_beside=locked.ground in BESIDE_THE_AMOUNT,
                is_notified=notice_on(locked) is not None,
                reason=reason,
            )
        )
        if reasons:
            raise Refused(reasons)
        office = Organisation.objects.get(pk=actor.organisation_id)
        over = _over(locked, amount)
        text = _text(locked, amount, over, reason, document_number, issued_on)
        made: Lowering = Lowering.objects.create(
            order=locked,
            amount=amount,
            over=over,
            reason=reason,
            document_number=document_number,
            issued_on=issued_on,
            payload=text,
            sha256=digest(text),
            issued_by_id=actor.user_id,
            issued_by_name=actor.name,
        )
        _tell_of_lowering(actor, made, locked, office)
    return made


def _tell_of_lowering(
    actor: Actor, made: Lowering, order: RefundOrder, office: Organisation
) -> None:
    """The paper, the message, and last the Event."""
    title = f"返還額の減額通知書（{made.document_number}）"
    order_paper("notice_of_lowering", title, made, order, office)
    tell_body("refunds.lowered", made)
    said = {
        "減らす額": format_yen(made.amount),
        "減額後の返還額": format_yen(order.due),
        "都道府県に返す額": format_yen(made.over),
        "文書番号": made.document_number,
        "理由": made.reason,
    }
    record(
        actor,
        "refunds.lower",
        "返還額を減らす",
        made,
        article=ARTICLE[order.ground],
        case_id=order.case_id,
        data={"said": said},
    )


def _over(order: RefundOrder, amount: int) -> int:
    """What was paid above the lowered refund and the interest that was counted on it by today."""
    trial = Lowering(order=order, amount=amount, over=0)
    standing = [*order.lowerings.all(), trial]
    found = calculation_of(order, timezone.localdate(), standing)
    return found.overpaid


def _text(
    order: RefundOrder, amount: int, over: int, reason: str, number: str, issued_on: date
) -> str:
    """What the decision says, for ever."""
    return canonical(
        {
            "form": "lowering/1",
            "terms": terms_on_paper(order.award),
            "grantee": order.grantee.name,
            "document_number": number,
            "issued_on": issued_on.isoformat(),
            "order": {
                "number": order.document_number,
                "issued_on": order.issued_on.isoformat(),
                "due_on": order.due_on.isoformat(),
            },
            "ground": order.ground,
            "before": order.due,
            "amount": amount,
            "after": order.due - amount,
            "over": over,
            "reason": reason,
        }
    )
