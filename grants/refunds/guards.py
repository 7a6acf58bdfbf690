from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from portal.core.actor import Actor
from portal.core.money import format_yen

from .counting import calculation_of
from .models import RefundOrder


def nothing_left(order: RefundOrder, actor: Actor) -> Iterator[str]:
    found = calculation_of(order, timezone.localdate())
    if found.principal_left:
        yield f"返還額のうち{format_yen(found.principal_left)}が、まだ納付されていません。"
    elif found.left:
        yield f"加算金・延滞金のうち{format_yen(found.left)}が、まだ納付されていません。"
    if found.overpaid:
        yield f"{format_yen(found.overpaid)}多く納付されています。記録を確認してください。"
    owed = sum(
        int(one.over)
        for one in order.lowerings.prefetch_related("givings")
        if one.over and one.given_back is None
    )
    if owed:
        yield f"減額で多くなった{format_yen(owed)}を都道府県に払い戻した記録が、まだありません。"
