"""What 額の確定 says to the packages below: how much may be paid, and what has to come back."""

from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Award
from grants.refunds.api import Claim, Ground
from portal.core.money import format_yen

from .models import Settlement


def fixed_ceiling(award: Award) -> int | None:
    found = Settlement.objects.filter(award=award).first()
    return None if found is None else int(found.amount)


def overpaid_claims(award: Award) -> Iterator[Claim]:
    """適正化法18条2項: what was received above 確定額 and is not ordered back yet."""
    found = Settlement.objects.filter(award=award).first()
    if found is None:
        return
    received = award.payments.standing().total()
    over = received - int(found.amount) - award.refund_orders.total()
    if over > 0:
        yield Claim(
            "overpaid",
            Ground.OVERPAID,
            over,
            f"受入済額{format_yen(received)}が、確定額{format_yen(int(found.amount))}を"
            f"{format_yen(over)}超えている。",
        )


def settled_already(award: Award) -> Iterator[str]:
    """The notice names what was received: no payment before it is taken back after it."""
    if Settlement.objects.filter(award=award, state="closed").exists():
        yield "交付の手続が終わっています。支払の記録は取り消せません。"
