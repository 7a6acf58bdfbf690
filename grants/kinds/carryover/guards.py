from __future__ import annotations

from collections.abc import Iterator

from grants.carryovers.api import against_carrying
from grants.filings.api import Filing
from portal.core.actor import Actor


def can_be_carried(filing: Filing, actor: Actor) -> Iterator[str]:
    """While its year lasts, and the award is neither gone, ended nor reported on."""
    yield from against_carrying(filing.carryover.award)
