"""What 額の確定 says to the packages below: how much may be paid, and what has to come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from grants.awards.api import Award
from grants.payments.api import Hold
from grants.refunds.api import Claim, Ground, key_by_ground
from portal.core.money import format_yen

from .models import PerformanceReport, Settlement
from .rules import owed_by_step
from .states import SettlementState


def fixed_ceiling(award: Award) -> int | None:
    found = Settlement.objects.filter(award=award).first()
    return None if found is None else int(found.amount)


def claims(award: Award) -> Iterator[Claim]:
    """適正化法18条: what 額の確定 (2項) and each 取消し (1項) ask back and no order does yet.

    Each asks of what had been paid when it came: what a later decision adds is paid beside it.
    """
    acts = sorted([*_fixed(award), *_revoked(award)], key=lambda act: act.at)
    if not acts:
        return
    ordered = award.refund_orders.by_claim()
    owed = owed_by_step([(act.received, act.limit) for act in acts])
    for act, asked in zip(acts, owed, strict=True):
        amount = asked - ordered.get(act.key, 0)
        old = key_by_ground(act.ground)
        met = min(max(0, amount), ordered.get(old, 0))
        if met:
            ordered[old] -= met
            amount -= met
        if amount > 0:
            yield Claim(act.key, act.ground, amount, act.about)


@dataclass(frozen=True, slots=True)
class _Act:
    """What had been received and not come back beside the amount when it came, and what may be
    kept after it, in yen."""

    at: datetime
    key: str
    ground: str
    received: int
    limit: int
    about: str


def _fixed(award: Award) -> Iterator[_Act]:
    found = Settlement.objects.filter(award=award).first()
    if found is not None:
        fixed, received = int(found.amount), award.payments.by(found.arrived_at).total()
        about = f"受入済額{format_yen(received)}が、確定額{format_yen(fixed)}を超えている。"
        yield _Act(found.arrived_at, "overpaid", Ground.OVERPAID, received, fixed, about)


def _revoked(award: Award) -> Iterator[_Act]:
    for one in award.revocations.all():
        about = (
            f"{one.document_number}により、決定額{format_yen(one.before)}のうち"
            f"{format_yen(one.taken)}を取り消した。"
        )
        before = award.refund_orders.beside_the_amount().filter(arrived_at__lte=one.arrived_at)
        received = award.payments.by(one.arrived_at).total() - before.total()
        yield _Act(
            one.arrived_at, f"revocation:{one.pk}", one.ground, received, int(one.after), about
        )


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


def reported_already(award: Award) -> Iterator[str]:
    """適正化法14条, 15条: the plan that was reported on is not changed any more."""
    found = PerformanceReport.objects.select_related("filing").filter(award=award).first()
    if found is not None and not found.filing.is_with_writers:
        yield "実績報告が提出されているため、計画を変えられません。"
