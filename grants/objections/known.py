"""決定 of filings: the acts of a package below this one."""

from __future__ import annotations

from grants.awards.api import Decision, DecisionKind

from .acts import Act, ActKind, day_of

_NAMES = {
    ("application", DecisionKind.GRANT): "交付の決定",
    ("application", DecisionKind.DECLINE): "不交付の決定",
    ("change", DecisionKind.CHANGE): "変更の承認と変更交付決定",
    ("change", DecisionKind.DECLINE): "変更の不承認",
    ("discontinuance", DecisionKind.STOP): "中止・廃止の承認",
    ("discontinuance", DecisionKind.DECLINE): "中止・廃止の不承認",
    ("carryover", DecisionKind.CARRYOVER): "繰越しの承認",
    ("carryover", DecisionKind.DECLINE): "繰越しの不承認",
}


def describe_decision(decision: Decision) -> Act | None:
    filing = decision.filing
    name = _NAMES.get((filing.kind, DecisionKind(decision.kind)))
    if name is None:
        return None
    return Act(
        kind="decision",
        pk=decision.pk,
        name=name,
        number=decision.document_number,
        issued_on=decision.issued_on,
        arrived_on=day_of(decision.arrived_at),
        grantee=filing.grantee,
        programme=filing.programme,
        case_id=filing.case_id,
        url=filing.get_absolute_url(),
        decided_by=decision.decided_by_id,
    )


DECISIONS = ActKind(
    "decision",
    Decision,
    describe_decision,
    joins=("filing__grantee", "filing__programme"),
)
