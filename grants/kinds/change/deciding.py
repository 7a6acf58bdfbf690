"""What a decider reads before a change is approved or refused."""

from __future__ import annotations

from typing import Any

from grants.filings.api import Filing, SealedVersion, clock_of, compare
from grants.kinds.application.guards import missing_approvals
from grants.payments.api import net_paid
from grants.programmes.api import Ledger

from .kind import SECTION


def change_context(filing: Filing, sealed: SealedVersion) -> dict[str, Any]:
    """Figures of both sides, the rule, 変更前／変更後, and what it does to the year's budget (yen)."""
    content = sealed.content
    award = filing.change.award
    ledger = Ledger.objects.get(programme_id=filing.programme_id)
    budget = filing.programme.terms().budget
    decided, asked = int(award.amount), int(content["amounts"]["i"])
    return {
        "award": award,
        "decided": decided,
        "asked": asked,
        "difference": asked - decided,
        "paid": net_paid(award),
        "highest": int(content["amounts"]["g"]),
        "amount_rows": content["amount_rows"],
        "minor": content["minor_change"],
        "asked_for": {field["key"]: field["value"] for field in content["sections"][0]["fields"]},
        "comparison": compare(plan_of(content["before"]["sections"]), plan_of(content["sections"])),
        "budget": budget,
        "decided_so_far": ledger.decided,
        "promised": ledger.promised,
        "left_after": budget - ledger.decided - ledger.promised - (asked - decided),
        "clock": clock_of(filing),
        "missing_approvals": missing_approvals(filing),
    }


def plan_of(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [section for section in sections if section["key"] != SECTION]
