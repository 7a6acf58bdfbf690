"""Who is told of 額の確定. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import Settlement


def _told(pk: str, title: str, text: str) -> Iterable[Draft]:
    made = Settlement.objects.select_related("award__programme", "award__grantee").get(pk=pk)
    yield Draft(
        made.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{made.award.programme.year_label} {title}",
        text,
        made.get_absolute_url(),
        "内閣府",
    )


@writes("settlements.finalised")
def finalised(pk: str) -> Iterable[Draft]:
    yield from _told(
        pk,
        "交付金の額が確定しました",
        "額の確定通知書を確認してください。受領した額が多いときは、返還の通知が続きます。",
    )


@writes("settlements.closed")
def closed(pk: str) -> Iterable[Draft]:
    yield from _told(
        pk,
        "交付金の手続が終わりました",
        "帳簿と証拠書類は、交付の条件に定めた期間、保存してください。",
    )
