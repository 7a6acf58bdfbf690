"""Who is told of a 内示. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import Promise


@writes("allocations.ended")
def ended(pk: str) -> Iterable[Draft]:
    made = Promise.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        made.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{made.programme.year_label} 交付金の内示の取り置きが終わりました",
        "理由を確認してください。",
        made.get_absolute_url(),
        "内閣府",
    )


@writes("allocations.promised")
def promised(pk: str) -> Iterable[Draft]:
    made = Promise.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        made.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{made.programme.year_label} 交付金の内示がありました",
        "内示通知書を確認し、内示額の範囲で申請してください。",
        made.get_absolute_url(),
        "内閣府",
    )
