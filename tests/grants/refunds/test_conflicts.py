"""Whoever declared a conflict with a body leaves its money to others, in every act of this room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from grants.desk.api import declare_conflict
from grants.refunds.api import (
    RefundOrder,
    exempt,
    notify_interest,
    record_repayment,
    undo_repayment,
)
from grants.revocations.api import Revocation
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.revocations.test_revocations import order_it, received_long_ago, take_back
from tests.world import World

pytestmark = pytest.mark.django_db


def _record(world: World, order: RefundOrder) -> None:
    actor, today = world.actor(Role.DECIDER), timezone.localdate()
    record_repayment(actor=actor, order=order, amount=1, paid_on=today)


def _undo(world: World, order: RefundOrder) -> None:
    actor = world.actor(Role.DECIDER)
    undo_repayment(actor=actor, repayment=order.repayments.get(), reason="誤り。")


def _exempt(world: World, order: RefundOrder) -> None:
    exempt(
        actor=world.actor(Role.DECIDER),
        order=order,
        kind="additional",
        amount=1,
        reason="災害のため。",
        number=world.numbered()["document_number"],
        decided_on=timezone.localdate(),
    )


def _notify(world: World, order: RefundOrder) -> None:
    notify_interest(
        actor=world.actor(Role.DECIDER),
        order=order,
        number=world.numbered()["document_number"],
        issued_on=timezone.localdate(),
    )


def _settle(world: World, order: RefundOrder) -> None:
    perform(RefundOrder, order.pk, "settle", world.actor(Role.DECIDER))


def _order(world: World, order: RefundOrder) -> None:
    order_it(world, order.award)


def _revoke(world: World, order: RefundOrder) -> None:
    take_back(world, order.award, after=1)


def _close(world: World, order: RefundOrder) -> None:
    perform(Revocation, order.award.revocations.get().pk, "close", world.actor(Role.DECIDER))


@pytest.fixture
def order(world: World) -> RefundOrder:
    """Revoked in part and ordered, all but a yen of it back; a second claim is to be ordered."""
    award = closing.award_of(world)
    received_long_ago(world, award, days=100)
    take_back(world, award, after=int(award.amount) - 400_000)
    award.refresh_from_db()
    found = order_it(world, award)
    record_repayment(
        actor=world.actor(Role.DECIDER), order=found, amount=399_999, paid_on=timezone.localdate()
    )
    return found


ACTS = [_order, _record, _undo, _exempt, _notify, _settle, _revoke, _close]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
def test_24_a_declared_conflict_keeps_out(
    world: World, order: RefundOrder, act: Callable[[World, RefundOrder], None]
) -> None:
    if act is _order:
        take_back(world, order.award, after=int(order.award.amount) - 500_000)
    declare_conflict(
        actor=world.actor(Role.DECIDER), grantee=order.grantee, reason="家族が勤めている。"
    )
    events = Event.objects.count()
    with pytest.raises(Refused, match="利害関係を申し出ています"):
        act(world, order)
    assert Event.objects.count() == events


def test_24_a_conflict_with_another_body_keeps_nobody_out(world: World, order: RefundOrder) -> None:
    declare_conflict(
        actor=world.actor(Role.DECIDER), grantee=world.gifu, reason="家族が勤めている。"
    )
    _record(world, order)
    assert order.repayments.count() == 2
