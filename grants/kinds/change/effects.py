from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import Issue, approve_change, lock_award, refuse_change, request_notice
from grants.changes.api import against_changing
from grants.filings.api import Filing, latest_version
from grants.payments.api import net_paid
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused

Data = Mapping[str, Any]


def approve(filing: Filing, actor: Actor, data: Data) -> None:
    """The award's row is locked before what was paid is read: no payment comes between."""
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    award = lock_award(filing.change.award)
    # Asked of the locked row: a 廃止 or a report may have come since the guards looked.
    reasons = against_changing(award)
    if reasons:
        raise Refused(reasons)
    before = int(award.amount)
    decision = approve_change(
        actor=actor,
        filing=filing,
        sealed=sealed,
        award=award,
        amount=data["amount"],
        paid=net_paid(award),
        reason=data["modification_reason"],
        issue=Issue.of(data),
        conditions=data["conditions"],
    )
    data["_said"]["交付決定額"] = f"{format_yen(before)}から{format_yen(decision.amount)}へ"
    request_notice(filing, decision, "notice_of_change", data)


def refuse(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    decision = refuse_change(
        actor=actor, filing=filing, sealed=sealed, reason=data["reason"], issue=Issue.of(data)
    )
    data["_said"]["理由"] = data["reason"]
    request_notice(filing, decision, "notice_of_change_refusal", data)
