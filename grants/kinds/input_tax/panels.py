"""What 仕入控除税額 puts on the home pages: figures that are owed, the soonest due first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import Award
from grants.filings.api import Filing, Section
from grants.input_tax.api import InputTaxReport, duties
from portal.access.api import Role, decide
from portal.core.actor import Actor
from portal.core.dates import now_jst, remaining_phrase
from portal.home.api import Panel

_MOST = 6


def owed(actor: Actor) -> Mapping[str, Any] | None:
    found = [one for one in duties(actor, Award.objects.for_user(actor)) if one.is_open]
    rows = [one for one in found if not one.is_waiting]
    rows.sort(key=lambda one: one.due_on)
    now = now_jst()
    shown = [(one, remaining_phrase(one.due_on, now)) for one in rows[:_MOST]]
    return {"rows": shown} if shown else None


def corrections(filing: Filing, actor: Actor) -> Mapping[str, Any]:
    """What a report corrects, what corrects it, and what followed where it says less."""
    if filing.kind != "input_tax":
        return {}
    seen = InputTaxReport.objects.for_user(actor).select_related(
        "filing__programme", "corrects__filing__programme", "lessening"
    )
    report = seen.filter(filing=filing).first()
    if report is None:
        return {}
    newer = list(seen.filter(corrects=report).order_by("filing__created_at"))
    return {
        "report": report,
        "newer": newer,
        "may_correct": not newer and bool(decide(actor, "input_tax.correct", report)),
        "may_decide": report.is_undecided and bool(decide(actor, "input_tax.decide_less", report)),
    }


CORRECTIONS = Section("input_tax/corrections.html", corrections)

PANELS = (
    Panel("input_tax", frozenset({Role.DRAFTER}), "home/panels/input_tax.html", owed, "main", 9),
)
