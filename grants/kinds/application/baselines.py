"""What a reviewer may compare the latest version with, each with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from grants.awards.api import Decision, DecisionKind
from grants.filings.api import Filing, SealedVersion, aligned, previous_version

PREVIOUS, IN_FORCE, LAST_YEAR, DECISION = "previous", "in_force", "last_year", "decision"


@dataclass(frozen=True, slots=True)
class Baseline:
    """`sections` is the older sheet, under the keys of the newer one; none beside a decision.

    `amount` is what was asked for or decided then, in yen.
    """

    key: str
    label: str
    sections: list[dict[str, Any]] | None
    amount: int | None = None
    reason: str = ""


def baselines(filing: Filing, sealed: SealedVersion) -> list[Baseline]:
    """The previous version, for a change the plan in force, last year's decision, and what the
    Cabinet Office decided instead."""
    found = []
    earlier = previous_version(sealed)
    if earlier is not None:
        sections = earlier.content["sections"]
        amount = earlier.content.get("amounts", {}).get("i")
        found.append(Baseline(PREVIOUS, f"第{earlier.number}版", sections, amount))
    before = sealed.content.get("before")
    if before is not None:
        label = f"変更前（{sealed.content['decision']['number']}の決定）"
        found.append(Baseline(IN_FORCE, label, before["sections"], before["amount"]))
    last, made = _decisions(filing)
    if last is not None:
        sections = aligned(last.sealed.content["sections"], sealed.content["sections"])
        label = f"{last.filing.programme.year_label}の交付決定（第{last.sealed.number}版）"
        found.append(Baseline(LAST_YEAR, label, sections, last.amount))
    if made is not None:
        found.append(
            Baseline(DECISION, "内閣府の決定額", None, made.amount, made.modification_reason)
        )
    return found


def _decisions(filing: Filing) -> tuple[Decision | None, Decision | None]:
    """Of the same body and kind in the year before, the newest that still stands; and its own."""
    last_year = Q(
        filing__grantee_id=filing.grantee_id,
        filing__kind=filing.kind,
        filing__programme__fiscal_year=filing.programme.fiscal_year - 1,
        filing__state="decided",
    )
    known = Decision.objects.filter(
        last_year | Q(filing=filing), kind__in=(DecisionKind.GRANT, DecisionKind.CHANGE)
    )
    # At most a few: ordered here, because ordering many joined columns costs Django milliseconds.
    found = sorted(
        known.select_related("sealed", "filing__programme").only(
            "amount",
            "modification_reason",
            "created_at",
            "filing_id",
            "sealed__number",
            "sealed__payload",
            "filing__programme__fiscal_year",
        ),
        key=lambda decision: (-decision.created_at.timestamp(), str(decision.pk)),
    )
    earlier = (decision for decision in found if decision.filing_id != filing.pk)
    own = (decision for decision in found if decision.filing_id == filing.pk)
    return next(earlier, None), next(own, None)
