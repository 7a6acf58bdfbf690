"""What a reviewer may compare the latest version with, each with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grants.awards.api import Decision, DecisionKind
from grants.filings.api import Filing, SealedVersion, aligned, previous_version

PREVIOUS, LAST_YEAR, DECISION = "previous", "last_year", "decision"


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
    """The previous version, last year's decision, and what the Cabinet Office decided instead."""
    found = []
    earlier = previous_version(sealed)
    if earlier is not None:
        sections = earlier.content["sections"]
        amount = earlier.content.get("amounts", {}).get("i")
        found.append(Baseline(PREVIOUS, f"第{earlier.number}版", sections, amount))
    last = decision_of_last_year(filing)
    if last is not None:
        sections = aligned(last.sealed.content["sections"], sealed.content["sections"])
        label = f"{last.filing.programme.year_label}の交付決定（第{last.sealed.number}版）"
        found.append(Baseline(LAST_YEAR, label, sections, last.amount))
    made = Decision.objects.filter(filing=filing, kind=DecisionKind.GRANT).first()
    if made is not None:
        found.append(
            Baseline(DECISION, "内閣府の決定額", None, made.amount, made.modification_reason)
        )
    return found


def decision_of_last_year(filing: Filing) -> Decision | None:
    """Of the same body and kind, the newest that still stands."""
    found = (
        Decision.objects.filter(
            kind=DecisionKind.GRANT,
            filing__grantee_id=filing.grantee_id,
            filing__kind=filing.kind,
            filing__programme__fiscal_year=filing.programme.fiscal_year - 1,
            filing__state="decided",
        )
        .select_related("sealed", "filing__programme")
        .order_by("-created_at", "id")
    )
    return found.first()  # type: ignore[no-any-return]
