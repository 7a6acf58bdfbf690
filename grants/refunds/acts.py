"""返還命令 as an act that can be objected to (適正化法25条)."""

from __future__ import annotations

from grants.objections.api import Act, ActKind, day_of

from .models import RefundOrder


def describe(order: RefundOrder) -> Act:
    return Act(
        kind="refund",
        pk=order.pk,
        name=f"{order.act}命令",
        number=order.document_number,
        issued_on=order.issued_on,
        arrived_on=day_of(order.arrived_at),
        grantee=order.grantee,
        programme=order.award.programme,
        case_id=order.case_id,
        url=order.get_absolute_url(),
        decided_by=order.ordered_by_id,
    )


REFUND_ORDERS = ActKind(
    "refund",
    RefundOrder,
    describe,
    joins=("award__grantee", "award__programme", "award__decision"),
)
