from __future__ import annotations

from collections.abc import Iterator

from grants.filings.api import Filing
from grants.properties.api import AssetState
from portal.core.actor import Actor


def asset_is_held(filing: Filing, actor: Actor) -> Iterator[str]:
    """What is gone, or was written by mistake, is not disposed of any more."""
    if filing.disposalrequest.asset.state != AssetState.HELD:
        yield "この財産は、保有していません。"
