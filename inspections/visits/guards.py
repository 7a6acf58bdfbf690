from __future__ import annotations

from collections.abc import Iterator

from grants.filings.api import Filing
from portal.core.actor import Actor
from portal.core.asking import once

from .models import Visit

_REPORT = "performance"


def did_not_inspect(filing: Filing, actor: Actor) -> Iterator[str]:
    """Who inspected an award does not examine its 実績報告, from which the amount is fixed."""
    if actor.user_id is None or filing.kind != _REPORT:
        return
    inspected = (
        Visit.objects.own()
        .inspected_by(actor)
        .filter(award__grantee_id=filing.grantee_id, award__programme_id=filing.programme_id)
    )
    if once(f"visits.inspected:{actor.user_id}:{filing.pk}", inspected.exists):
        yield "この交付決定の立入検査に加わっています。ほかの人に割り当ててください。"
