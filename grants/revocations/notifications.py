"""Who is told of a 取消し. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import Revocation


def _told(pk: str, title: str, text: str) -> Iterable[Draft]:
    made = Revocation.objects.for_pages().get(pk=pk)
    yield Draft(
        made.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{made.award.programme.year_label} {title}",
        text,
        made.get_absolute_url(),
        "内閣府",
    )


@writes("revocations.revoked")
def revoked(pk: str) -> Iterable[Draft]:
    yield from _told(
        pk,
        "交付の決定が取り消されました",
        "取消通知書で、取り消した部分と理由を確認してください。不服の申出には期限があります。",
    )


@writes("revocations.closed")
def closed(pk: str) -> Iterable[Draft]:
    yield from _told(
        pk,
        "取消しの手続が終わりました",
        "帳簿と証拠書類は、交付の条件に定めた期間、保存してください。",
    )
