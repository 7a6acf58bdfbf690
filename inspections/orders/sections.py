"""What orders add to the pages of their visit and their finding, and what they hold against its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from grants.awards.api import Award, Suspension
from grants.filings.api import Filing
from inspections.findings.api import UPHELD, Finding
from inspections.visits.api import Visit
from portal.access.api import decide
from portal.core.actor import Actor

from .models import Order


def of_visit(visit: Visit, actor: Actor) -> Mapping[str, Any]:
    found = Order.objects.for_user(actor).filter(findings__visit=visit).for_lists()
    return {"orders": list(found.settled_last().distinct())}


def of_finding(finding: Finding, actor: Actor) -> Mapping[str, Any]:
    found = Order.objects.for_user(actor).filter(findings=finding).for_lists()
    may_write = finding.state in UPHELD and decide(actor, "orders.write", finding.visit.award)
    return {"orders": list(found.settled_last()), "may_write": bool(may_write)}


def suspension_of(case: Award | Filing) -> Suspension | None:
    found = Order.objects.filter(
        award__grantee_id=case.grantee_id, award__programme_id=case.programme_id
    )
    order = found.suspending().order_by("issued_on", "id").first()
    return order and Suspension(order.issued_on, order.due_on, order.get_absolute_url())


def all_settled(visit: Visit, actor: Actor) -> Iterator[str]:
    left = Order.objects.filter(findings__visit=visit).unsettled().distinct().count()
    if left:
        yield f"終わっていない命令が{left}件あります。"
