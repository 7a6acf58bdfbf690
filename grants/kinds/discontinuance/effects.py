from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import (
    Issue,
    approve_stop,
    lock_award,
    refuse_change,
    report_due,
    request_notice,
)
from grants.carryovers.api import years_carried
from grants.changes.api import against_changing
from grants.filings.api import Filing, latest_version
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused

Data = Mapping[str, Any]


def approve(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    award = lock_award(filing.discontinuance.award)
    reasons = against_changing(award)
    if reasons:
        raise Refused(reasons)
    ends = bool(sealed.content["ends"])
    decision = approve_stop(
        actor=actor,
        filing=filing,
        sealed=sealed,
        award=award,
        ends=ends,
        issue=Issue.of(data),
        conditions=data["conditions"],
    )
    if ends:
        due = report_due(decision.issued_on, filing.programme.terms(), years_carried(award))
        data["_said"]["実績報告の期限"] = day_with_weekday(due.day)
    request_notice(filing, decision, "notice_of_stop", data)


def refuse(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    decision = refuse_change(
        actor=actor, filing=filing, sealed=sealed, reason=data["reason"], issue=Issue.of(data)
    )
    data["_said"]["理由"] = data["reason"]
    request_notice(filing, decision, "notice_of_stop_refusal", data)
