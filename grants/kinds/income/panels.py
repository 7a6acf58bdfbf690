"""What 収益状況 puts on the home pages: years that are owed, the soonest due first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from grants.awards.api import Award
from grants.filings.api import Filing, Section, latest_version
from grants.income.api import IncomeReport, duties
from grants.refunds.api import Ground, claims_on
from portal.access.api import Role, decide
from portal.core.actor import Actor
from portal.core.dates import now_jst, remaining_phrase
from portal.home.api import Panel

_MOST = 6


def owed(actor: Actor) -> Mapping[str, Any] | None:
    found = duties(actor, Award.objects.for_user(actor))
    rows = sorted(
        (one for one in found if one.is_open and not one.is_waiting), key=lambda one: one.due_on
    )
    now = now_jst()
    shown = [(one, remaining_phrase(one.due_on, now)) for one in rows[:_MOST]]
    return {"rows": shown} if shown else None


def outcome(filing: Filing, actor: Actor) -> Mapping[str, Any]:
    """Which year the report is on, what was filed of it, and whether its payment was ordered."""
    if filing.kind != "income":
        return {}
    seen = IncomeReport.objects.for_user(actor).select_related("filing", "award__decision")
    report = seen.filter(filing=filing).first()
    if report is None:
        return {}
    key, sealed = f"income:{report.pk}", latest_version(filing)
    orders = [
        one
        for one in report.award.refund_orders.filter(ground=Ground.INCOME)
        if one.claim_key == key
    ]
    is_claimed = filing.state == "accepted" and any(
        one.key == key for one in claims_on(report.award)
    )
    may_order = is_claimed and bool(decide(actor, "refunds.order", report.award))
    return {
        "report": report,
        "sealed": sealed.content if sealed is not None else None,
        "orders": orders,
        "is_claimed": is_claimed,
        "order_url": reverse("refunds:order_refund", args=[report.award_id]) if may_order else "",
    }


OUTCOME = Section("income/outcome.html", outcome)

PANELS = (Panel("income", frozenset({Role.DRAFTER}), "home/panels/income.html", owed, "main", 9),)
