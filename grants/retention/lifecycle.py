"""THE table of a measure at the end of a case's keeping. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from portal.core.actor import SYSTEM_ROLE, Actor
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .cases import kept_of_case
from .models import Disposal
from .policy import DECIDERS
from .rules import proposal_reasons
from .states import DisposalState, Measure

FORMS = "grants.retention.forms."
S = DisposalState


def _not_proposed_by(disposal: Disposal, actor: Actor) -> Iterator[str]:
    if actor.is_person(disposal.proposed_by_id):
        yield "案を作った人は、承認できません。ほかの決定権者に依頼してください。"


def _still_over(disposal: Disposal, actor: Actor) -> Iterator[str]:
    """What was proposed on may have changed meanwhile."""
    found = kept_of_case(disposal.case)
    yield from proposal_reasons(
        measure=disposal.measure,
        reason=disposal.reason,
        until=found.until,
        extend_until=disposal.extend_until,
        open_procedures=found.open_procedures,
        today=timezone.localdate(),
    )


DISPOSAL_LIFECYCLE = Workflow(
    key="retention.disposal",
    model="retention.Disposal",
    states=DisposalState,
    initial=S.PROPOSED,
    transitions=(
        Transition(
            "approve_extension",
            "保存期間の延長を承認する",
            (S.PROPOSED,),
            S.EXTENDED,
            DECIDERS,
            "公文書管理法5条4項",
            guards=(_not_proposed_by, _still_over),
            effects=(effects.extend,),
            consequence="案件を、延長後の満了日まで保存します。",
            steps_up=True,
            is_private=True,
            offered=lambda disposal: disposal.measure == Measure.EXTEND,
        ),
        Transition(
            "approve_removal",
            "廃棄、移管を承認する",
            (S.PROPOSED,),
            S.REMOVING,
            DECIDERS,
            "公文書管理法8条",
            guards=(_not_proposed_by, _still_over),
            effects=(effects.remove,),
            form=FORMS + "ApproveForm",
            consequence="案件のすべてのファイルと、担当者の氏名と電話番号を、ポータルから消します。元に戻せません。"
            "書類の名称、識別値、経過の記録は残ります。",
            steps_up=True,
            is_private=True,
            offered=lambda disposal: disposal.measure != Measure.EXTEND,
        ),
        Transition(
            "reject",
            "承認しない",
            (S.PROPOSED,),
            S.REJECTED,
            DECIDERS,
            INTERNAL,
            effects=(effects.reject,),
            form=FORMS + "RejectForm",
            consequence="案を取り下げます。何も消しません。",
            is_private=True,
        ),
        Transition(
            "finish",
            "ファイルの廃棄を終える",
            (S.REMOVING,),
            S.REMOVED,
            frozenset({SYSTEM_ROLE}),
            "公文書管理法8条",
            effects=(effects.count,),
            is_private=True,
        ),
    ),
)
