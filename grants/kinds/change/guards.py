from __future__ import annotations

from collections.abc import Iterator

from grants.changes.api import against_changing
from grants.filings.api import Filing
from portal.core.actor import Actor


def award_can_change(filing: Filing, actor: Actor) -> Iterator[str]:
    """A decision withdrawn (9条) or revoked (17条), or a plan that was reported on, changes no more."""
    yield from against_changing(filing.change.award)


def follows_the_plan(filing: Filing, actor: Actor) -> Iterator[str]:
    if filing.plan_revision.based_on_id != filing.change.award.revision_id:
        yield (
            "この申請を始めた後に、別の決定で計画が変わっています。"
            "この申請を取り下げ、新しい計画から始めてください。"
        )
