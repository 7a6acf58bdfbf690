"""額の確定 as an act that can be objected to (適正化法25条)."""

from __future__ import annotations

from grants.objections.api import Act, ActKind, day_of

from .models import Settlement


def describe(made: Settlement) -> Act:
    return Act(
        kind="settlement",
        pk=made.pk,
        name="額の確定",
        number=made.document_number,
        issued_on=made.issued_on,
        arrived_on=day_of(made.arrived_at),
        grantee=made.grantee,
        programme=made.award.programme,
        case_id=made.case_id,
        url=made.get_absolute_url(),
        decided_by=made.decided_by_id,
    )


SETTLEMENTS = ActKind(
    "settlement",
    Settlement,
    describe,
    joins=("award__grantee", "award__programme", "award__decision"),
)
