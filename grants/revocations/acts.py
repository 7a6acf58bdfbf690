"""取消し as an act that can be objected to (適正化法25条)."""

from __future__ import annotations

from grants.objections.api import Act, ActKind, day_of

from .models import Revocation


def describe(made: Revocation) -> Act:
    return Act(
        kind="revocation",
        pk=made.pk,
        name="交付の決定の取消し",
        number=made.document_number,
        issued_on=made.issued_on,
        arrived_on=day_of(made.arrived_at),
        grantee=made.grantee,
        programme=made.award.programme,
        case_id=made.case_id,
        url=made.get_absolute_url(),
        decided_by=made.decided_by_id,
    )


REVOCATIONS = ActKind(
    "revocation",
    Revocation,
    describe,
    joins=("award__grantee", "award__programme", "award__decision"),
)
