from __future__ import annotations

from collections.abc import Iterator

from grants.filings.api import Filing, four_eyes_on_approval
from portal.core.actor import Actor


def four_eyes(filing: Filing, actor: Actor) -> Iterator[str]:
    """Whoever typed the statement does not approve it, in any role."""
    editors = set(filing.statement.editors.values_list("pk", flat=True))
    yield from four_eyes_on_approval(actor.user_id, editors, filing.requested_by_id)
