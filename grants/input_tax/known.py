"""What a confirmed report says to the refunds: tax that was deducted comes back."""

from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Award
from grants.refunds.api import Claim, Ground
from portal.core.money import format_yen

from .models import InputTaxReport


def claims(award: Award) -> Iterator[Claim]:
    """交付の条件 (適正化法7条3項): one a report, without 加算金."""
    confirmed = InputTaxReport.objects.filter(
        award=award, filing__state="accepted", returned__gt=0
    ).select_related("filing")
    ordered = award.refund_orders.by_claim() if confirmed else {}
    for one in confirmed:
        key = f"input_tax:{one.pk}"
        amount = int(one.returned or 0) - ordered.get(key, 0)
        if amount > 0:
            about = (
                f"{one.filing.receipt_number}により、仕入控除税額のうち"
                f"{format_yen(int(one.returned or 0))}が国に返す額と確認された。"
            )
            yield Claim(key, Ground.INPUT_TAX, amount, about)
