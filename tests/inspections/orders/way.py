"""An order as its people bring it on its way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.awards.api import Award
from inspections.orders.api import Order, save_report, write_order
from portal.access.api import Role
from portal.workflow.api import perform
from tests.world import World

DAY = timedelta(days=1)


def values(**changed: Any) -> dict[str, Any]:
    return {
        "title": "毎月の確認",
        "basis": "guideline",
        "kind": "conform",
        "follows": None,
        "findings": [],
        "content": "委託先の活動実績を毎月確認すること。",
        "reason": "7月分を11月まで確認していなかったため。",
        "due_on": timezone.localdate() + 30 * DAY,
        **changed,
    }


def drafted(world: World, award: Award, **changed: Any) -> Order:
    return write_order(actor=world.actor(Role.INSPECTOR), award=award, values=values(**changed))


def issue(world: World, order: Order) -> Order:
    name = "issue_by_law" if order.is_by_law else "issue"
    return moved(order, name, world.actor(Role.DECIDER), **world.numbered())


def issued(world: World, award: Award, **changed: Any) -> Order:
    return issue(world, drafted(world, award, **changed))


def report(world: World, order: Order) -> Order:
    save_report(
        actor=world.actor(Role.DRAFTER, order.grantee),
        order=order,
        seen_version=Order.objects.get(pk=order.pk).version,
        report="確認の手順を定め、7月分から確認した。",
        upload=SimpleUploadedFile("手順.csv", "月,確認日\n7,8/20\n".encode()),
    )
    return moved(order, "report", world.actor(Role.APPROVER, order.grantee))


def fail(world: World, order: Order) -> Order:
    """Its day is over and nothing came."""
    Order.objects.filter(pk=order.pk).update(due_on=timezone.localdate() - DAY)
    return moved(order, "fail", world.actor(Role.DECIDER), reason="報告がない。")


def moved(order: Order, name: str, actor: Any, **data: Any) -> Order:
    found = perform(Order, order.pk, name, actor, data=data).subject
    assert isinstance(found, Order)
    return found
