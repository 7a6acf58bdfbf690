from __future__ import annotations

from collections.abc import Iterator

from grants.changes.api import against_changing, applies_again
from grants.filings.api import Filing
from portal.core.actor import Actor


def award_can_stop(filing: Filing, actor: Actor) -> Iterator[str]:
    """A decision that is gone, ended already or reported on is not stopped any more."""
    yield from against_changing(filing.discontinuance.award)
    if applies_again(filing.discontinuance.award):
        yield "追加の申請が、まだ決定していません。決定か取下げの後に承認してください。"
