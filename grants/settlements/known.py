"""What 額の確定 says to the packages below: how much may be paid, and what has to come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from grants.awards.api import Award
from grants.payments.api import Hold
from grants.refunds.api import Claim, Ground
from portal.core.money import format_yen

from .models import Settlement
from .rules import owed_by_step
from .states import SettlementState


def fixed_ceiling(award: Award) -> int | None:
    found = Settlement.objects.filter(award=award).first()
    return None if found is None else int(found.amount)


def claims(award: Award) -> Iterator[Claim]:
    """適正化法18条: what 額の確定 (2項) and each 取消し (1項) ask back and no order does yet."""
    received = award.payments.standing().total()
    acts = sorted([*_fixed(award, received), *_revoked(award)], key=lambda act: act.at)
    owed = owed_by_step(received - award.refund_orders.total(), [act.limit for act in acts])
    for act, amount in zip(acts, owed, strict=True):
        if amount:
            yield Claim(act.key, act.ground, amount, act.about)


@dataclass(frozen=True, slots=True)
class _Act:
    """What may be kept after it, in yen."""

    at: datetime
    key: str
    ground: str
    limit: int
    about: str


def _fixed(award: Award, received: int) -> Iterator[_Act]:
    found = Settlement.objects.filter(award=award).first()
    if found is not None:
        fixed = int(found.amount)
        about = f"受入済額{format_yen(received)}が、確定額{format_yen(fixed)}を超えている。"
        yield _Act(found.arrived_at, "overpaid", Ground.OVERPAID, fixed, about)


def _revoked(award: Award) -> Iterator[_Act]:
    for one in award.revocations.all():
        about = (
            f"{one.document_number}により、決定額{format_yen(one.before)}のうち"
            f"{format_yen(one.taken)}を取り消した。"
        )
        yield _Act(one.arrived_at, f"revocation:{one.pk}", one.ground, int(one.after), about)


def settled_already(award: Award) -> Iterator[Hold]:
    """The notice names what was received: no payment before it is taken back after it."""
    found = Settlement.objects.filter(award=award).first()
    if found is None:
        return
    if found.state == SettlementState.CLOSED:
        yield Hold("交付の手続が終わっています。支払の記録は取り消せません。")
    else:
        yield Hold(
            "額の確定通知書に受入済額として載せた支払です。記録は取り消せません。", found.arrived_at
        )
