"""A contract put before the requirements."""

from __future__ import annotations

from datetime import date, timedelta

from grants.allocations.api import first_eligible_day
from grants.awards.api import last_day_of
from grants.guideline.api import Judgement, Subject, judge
from grants.programmes.api import newest_programme
from portal.core.dates import FiscalYear
from portal.documents.api import Document

from .models import Contract, Contractor
from .planned import lines_for, planned_activities
from .requirements import AllocatedLine, ContractSubject
from .rules import papers_asked
from .states import CheckKind

EVIDENCE = "contract:evidence"


def check_papers_asked() -> dict[str, frozenset[str]]:
    """By ground of exclusion: what a negative finding made today must rest on (要領2(2))."""
    programme = newest_programme()
    if programme is None:
        return dict.fromkeys(CheckKind.values, frozenset())
    terms = programme.terms()
    return {
        kind: papers_asked(kind, terms.check_pledges, terms.check_evidence)
        for kind in CheckKind.values
    }


def evidence_of(contract: Contract) -> list[Document]:
    return list(Document.objects.of_subject(contract).filter(kind=EVIDENCE))


def read_subject(contract: Contract, entrusted_on: date | None = None) -> ContractSubject:
    """A fixed number of queries, whatever the number of activities and checks.

    `entrusted_on` is the day of a change; without it, that of the contract.
    """
    contractor = Contractor.objects.prefetch_related("checks").get(pk=contract.contractor_id)
    planned = {activity.uid: activity for activity in planned_activities(contract.award)}
    chosen = list(contract.activities.all())
    programme = contract.award.programme
    year = FiscalYear(programme.fiscal_year)
    return ContractSubject(
        kind=contract.kind,
        amount=contract.amount,
        signed_on=contract.signed_on,
        entrusted_on=entrusted_on or contract.signed_on,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        method=contract.method,
        ground=contract.ground,
        ground_reason=contract.ground_reason,
        selection_reason=contract.selection_reason,
        evidence_count=len(evidence_of(contract)),
        allocated=_allocated(contract),
        # No value is older than the year before: an earlier day is a fault that another rule names.
        small_ceiling=programme.terms(max(contract.signed_on, year.start)).small_contract_ceiling,
        small_nearby=_small_nearby(contract),
        findings=tuple(contractor.findings()),
        activities=tuple(planned[a.activity_uid] for a in chosen if a.activity_uid in planned),
        missing=tuple(a.name for a in chosen if a.activity_uid not in planned),
        first_eligible_on=first_eligible_day(programme, contract.award.grantee_id),
        year=(year.start, last_day_of(contract.award)),
    )


def _small_nearby(contract: Contract) -> tuple[int, ...]:
    near = Contract.objects.concluded().small_around(contract.signed_on, timedelta(days=30))
    others = near.filter(contractor_id=contract.contractor_id).exclude(pk=contract.pk)
    return tuple(others.order_by("signed_on", "pk").values_list("amount", flat=True))


def _allocated(contract: Contract) -> tuple[AllocatedLine, ...]:
    planned = {line.uid: line for line in lines_for(contract)}
    return tuple(
        AllocatedLine(
            line.item,
            line.amount,
            planned[line.line_uid].left if line.line_uid in planned else None,
        )
        for line in contract.lines.all()
    )


def judgements(contract: Contract, entrusted_on: date | None = None) -> list[Judgement]:
    return judge(Subject.CONTRACT, read_subject(contract, entrusted_on))
