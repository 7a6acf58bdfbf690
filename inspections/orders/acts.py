"""An order under 13条 or 16条 as an act that can be objected to (適正化法25条)."""

from __future__ import annotations

from uuid import UUID

from grants.objections.api import Act, ActKind, day_of
from portal.audit.api import Event

from .models import Order

_ISSUED = "orders.order.issue_by_law"


def describe(order: Order) -> Act | None:
    """None for a draft, and for one under 要領5(2) alone: the guideline is a notice."""
    if order.issued_on is None or not order.is_by_law:
        return None
    issued = Event.objects.about(order).filter(verb=_ISSUED).first()
    return Act(
        kind="order",
        pk=order.pk,
        name=f"命令「{order.title}」",
        number=order.document_number,
        issued_on=order.issued_on,
        arrived_on=day_of(issued.at) if issued is not None else None,
        grantee=order.grantee,
        programme=order.award.programme,
        case_id=order.pk,
        url=order.get_absolute_url(),
        decided_by=_person(issued),
    )


def _person(issued: Event | None) -> UUID | None:
    return None if issued is None else issued.actor_user_id


ORDERS = ActKind("order", Order, describe, joins=("award__grantee", "award__programme"))
