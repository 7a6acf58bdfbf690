from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import lock_award
from grants.claims.api import demand_left
from grants.filings.api import Filing
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused

from .guards import is_not_paid

Data = Mapping[str, Any]


def demand_amount(filing: Filing, actor: Actor, data: Data) -> None:
    """Asked again under the award's lock: two claims never go over together."""
    demand_left(filing.claim)
    data["_said"]["請求額"] = format_yen(filing.claim.amount or 0)


def keep_unpaid(filing: Filing, actor: Actor, data: Data) -> None:
    """Asked again under the award's lock, which a payment takes too."""
    lock_award(filing.claim.award)
    reasons = list(is_not_paid(filing, actor))
    if reasons:
        raise Refused(reasons)
