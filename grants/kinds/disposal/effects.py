from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import Issue, permit_disposal, refuse_change, request_notice
from grants.filings.api import Filing, latest_version
from grants.properties.api import approve_request
from portal.core.actor import Actor
from portal.core.money import format_yen

Data = Mapping[str, Any]


def approve(filing: Filing, actor: Actor, data: Data) -> None:
    """With what goes back to the treasury once the disposal was recorded."""
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    returned = data["returned"]
    request = approve_request(filing, returned)
    decision = permit_disposal(
        actor=actor,
        filing=filing,
        sealed=sealed,
        returned=returned,
        ceiling=request.asset.amount,
        reason=data["returned_reason"],
        issue=Issue.of(data),
        conditions=data["conditions"],
    )
    data["_said"]["財産"] = f"{request.asset}"
    data["_said"]["国庫に納付する額"] = format_yen(returned)
    request_notice(filing, decision, "notice_of_disposal", data)


def refuse(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    decision = refuse_change(
        actor=actor,
        filing=filing,
        sealed=sealed,
        reason=data["reason"],
        issue=Issue.of(data),
        legal_basis="適正化法22条",
    )
    data["_said"]["理由"] = data["reason"]
    request_notice(filing, decision, "notice_of_disposal_refusal", data)
