"""What a disposal says to the refunds: the state's share of what was left goes back."""

from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Award
from grants.refunds.api import Claim, Ground
from portal.core.money import format_yen

from .models import DisposalRequest
from .states import AssetState, Permission


def claims(award: Award) -> Iterator[Claim]:
    """承認の条件 (適正化法22条): from the day on which the disposal was recorded, without 加算金."""
    done = list(
        DisposalRequest.objects.filter(
            award=award,
            filing__state="decided",
            returned__gt=0,
            asset__state=AssetState.DISPOSED,
            asset__disposed_under=Permission.APPROVED,
        ).select_related("filing__decision", "asset__award__programme")
    )
    ordered = award.refund_orders.by_claim() if done else {}
    for one in done:
        if one.kind != one.asset.disposal_kind:
            continue
        key = f"disposal:{one.pk}"
        amount = int(one.returned or 0) - ordered.get(key, 0)
        if amount > 0:
            about = (
                f"{one.filing.decision.document_number}により承認を受けて{one.asset}を処分した。"
                f"国庫に納付する額は、{format_yen(int(one.returned or 0))}。"
            )
            yield Claim(key, Ground.DISPOSAL, amount, about)
