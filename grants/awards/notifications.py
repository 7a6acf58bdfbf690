"""Who is told of a correction."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import Correction


@writes("awards.corrected")
def corrected(pk: str) -> Iterable[Draft]:
    made = Correction.objects.select_related("grantee").get(pk=pk)
    yield Draft(
        made.grantee,
        (Role.DRAFTER, Role.APPROVER),
        "通知書の訂正の通知がありました",
        "訂正通知書で、訂正した箇所と理由を確認してください。",
        "/documents/",
        "内閣府",
    )
