from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import (
    Decision,
    Issue,
    approve_stop,
    lock_award,
    refuse_change,
    report_due,
)
from grants.changes.api import against_changing
from grants.filings.api import Filing, latest_version
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused
from portal.documents.api import request_document

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
        issue=_issue(data),
        conditions=data["conditions"],
    )
    if ends:
        due = report_due(decision.issued_on, filing.programme.terms())
        data["_said"]["実績報告の期限"] = day_with_weekday(due.day)
    _notify(filing, decision, "notice_of_stop", "中止・廃止承認通知書", data)


def refuse(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    decision = refuse_change(
        actor=actor, filing=filing, sealed=sealed, reason=data["reason"], issue=_issue(data)
    )
    data["_said"]["理由"] = data["reason"]
    _notify(filing, decision, "notice_of_stop_refusal", "中止・廃止不承認通知書", data)


def _issue(data: Data) -> Issue:
    return Issue(data["document_number"], data["decided_on"], data["issued_on"])


def _notify(filing: Filing, decision: Decision, kind: str, title: str, data: Data) -> None:
    data["_said"]["文書番号"] = decision.document_number
    office = Organisation.objects.cabinet_office().first()
    request_document(
        kind=kind,
        title=f"{title}（{decision.document_number}）",
        subject=decision,
        payload_hash=decision.sealed.sha256,
        readers=[filing.grantee, *([office] if office else [])],
        case_id=filing.case_id,
        is_filed=True,
    )
