"""Proposing a measure, and the worker's two steps after its approval."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award
from portal.audit.api import Visibility, record
from portal.core.actor import Actor, system
from portal.core.problems import Refused
from portal.outbox.api import enqueue, handles
from portal.workflow.api import perform

from .cases import (
    Case,
    copies_of_case,
    documents_of_case,
    kept_of_case,
    lock_case,
    personal_rows_of_case,
)
from .effects import DESCRIBE, SWEEP
from .models import Disposal
from .removing import describe, sweep
from .rules import proposal_reasons
from .states import OPEN, DisposalState


def propose(
    *,
    actor: Actor,
    case: Case,
    measure: str,
    reason: str,
    extend_until: date | None = None,
    destination: str = "",
) -> Disposal:
    """Raises Refused with all that stands against it; nothing is removed by proposing."""
    with transaction.atomic():
        lock_case(case)
        found = kept_of_case(case)
        reasons = list(
            proposal_reasons(
                measure=measure,
                reason=reason,
                until=found.until,
                extend_until=extend_until,
                open_procedures=found.open_procedures,
                today=timezone.localdate(),
            )
        )
        standing = case.disposals.filter(state__in=OPEN | {DisposalState.REMOVED})
        if standing.exists():
            reasons.append("この案件には、承認待ち、又は済んだ措置があります。")
        if reasons:
            raise Refused(reasons)
        made = Disposal.objects.create(
            **{"award" if isinstance(case, Award) else "filing": case},
            measure=measure,
            reason=reason,
            until=found.until,
            basis=[[one.who, one.until.isoformat(), one.basis] for one in found.keepings],
            extend_until=extend_until,
            destination=destination,
            proposed_by_id=actor.user_id,
            proposed_by_name=actor.name,
        )
        record(
            actor,
            "retention.propose",
            "満了時措置の案を作る",
            made,
            article="公文書管理法5条5項",
            case_id=made.case_id,
            data={"said": {"措置": made.get_measure_display(), "理由": reason}},
            visibility=Visibility.ORGANISATION,
        )
    return made


@handles(DESCRIBE, queue="papers")
def write_register(payload: Mapping[str, Any]) -> None:
    """Whole or not at all; the files themselves go in the step that it asks for."""
    disposal = _locked(payload)
    if disposal.state != DisposalState.REMOVING:
        return
    case = disposal.case
    describe(
        disposal,
        documents=documents_of_case(case),
        copies=copies_of_case(case),
        personal=personal_rows_of_case(case),
    )
    enqueue(SWEEP, str(disposal.pk), {"pk": str(disposal.pk)})


@handles(SWEEP, queue="papers")
def sweep_files(payload: Mapping[str, Any]) -> None:
    """What a killed worker left is taken by the next one; the end is said once."""
    disposal = _locked(payload)
    if disposal.state != DisposalState.REMOVING:
        return
    sweep(disposal)
    perform(Disposal, disposal.pk, "finish", system(SWEEP))


def _locked(payload: Mapping[str, Any]) -> Disposal:
    rows = Disposal.objects.select_for_update(of=("self",)).for_pages()
    found: Disposal = rows.get(pk=payload["pk"])
    return found
