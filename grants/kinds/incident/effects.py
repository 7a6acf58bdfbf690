from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.changes.api import Incident
from grants.filings.api import Filing, remember_reviewer
from portal.core.actor import Actor

Data = Mapping[str, Any]


def instruct(filing: Filing, actor: Actor, data: Data) -> None:
    """The 指示 that the body is to follow (適正化法7条1項5号)."""
    filing.reviewer_id = actor.user_id
    remember_reviewer(filing, actor)
    Incident.objects.filter(filing=filing).update(instruction=data["instruction"])
    data["_said"]["指示"] = data["instruction"]
