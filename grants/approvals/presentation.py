"""What an approver reads: the whole as it would be sealed, and what changed since they last looked."""

from __future__ import annotations

from typing import Any

from grants.filings.api import (
    Filing,
    canonical,
    changes,
    digest,
    kind_of,
    latest_version,
    present,
)
from portal.core.actor import Actor

from .services import look_at
from .standing import standing_of


def approval_context(filing: Filing, actor: Actor) -> dict[str, Any]:
    """For the page on which a request is approved. Remembers that the actor saw this content."""
    now = kind_of(filing.kind).payload(filing)
    sections = now["sections"]
    seen = look_at(
        actor=actor,
        filing=filing,
        digest=digest(canonical({"sections": sections})),
        sections=sections,
    )
    earlier = latest_version(filing)
    if seen.earlier_sections is not None:
        compared, old_name = seen.earlier_sections, "前に見た内容"
    else:
        compared, old_name = (earlier.content["sections"] if earlier else None), "前の版"
    found = changes(compared, sections) if compared is not None else []
    return {
        "sections": present(sections, found),
        "changes": found,
        "earlier": earlier,
        "old_name": old_name,
        "compares": compared is not None,
        "seen_before": seen.earlier_seen_at,
        "amount_rows": now["amount_rows"],
        "judgements": now["judgements"],
        "standing": standing_of(filing),
    }
