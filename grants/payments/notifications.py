"""Who is told of a payment. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import Payment


@writes("payments.recorded")
def recorded(pk: str) -> Iterable[Draft]:
    made = Payment.objects.select_related("award__programme", "award__grantee").get(pk=pk)
    yield Draft(
        made.award.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{made.award.programme.year_label} 交付金の支払が記録されました",
        "支払日と額を、県の歳入の記録と合わせて確認してください。",
        made.get_absolute_url(),
        "内閣府",
    )
