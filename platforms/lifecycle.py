"""THE table of a proposal for the agenda. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from portal.access.api import Role
from portal.core.actor import Actor
from portal.workflow.api import Transition, Workflow

from . import effects
from .models import AgendaProposal
from .states import ProposalState

FORMS = "platforms.forms.proposals."
_DRAFTER, _MEMBER = frozenset({Role.DRAFTER}), frozenset({Role.MEMBER})
_BASIS = "要領4(1)①"


def _has_a_meeting(proposal: AgendaProposal, actor: Actor) -> Iterator[str]:
    if not effects.coming_meetings(proposal.platform).exists():
        yield "これから開く会議がありません。会議を登録してから、議題に採用してください。"


PROPOSAL_LIFECYCLE = Workflow(
    key="platforms.proposal",
    model="platforms.AgendaProposal",
    states=ProposalState,
    initial=ProposalState.PROPOSED,
    transitions=(
        Transition(
            "take",
            "議題に採用する",
            (ProposalState.PROPOSED,),
            ProposalState.TAKEN,
            _DRAFTER,
            _BASIS,
            guards=(_has_a_meeting,),
            effects=(effects.take,),
            form=FORMS + "TakeForm",
            notifies=("platforms.proposal_taken",),
            consequence="選んだ会議の議題に、提案した団体の名前で加えます。",
        ),
        Transition(
            "decline",
            "見送る",
            (ProposalState.PROPOSED,),
            ProposalState.DECLINED,
            _DRAFTER,
            _BASIS,
            effects=(effects.decline,),
            form=FORMS + "DeclineForm",
            notifies=("platforms.proposal_declined",),
            consequence="提案した団体に、理由とともに知らせます。",
        ),
        Transition(
            "withdraw",
            "提案を取り下げる",
            (ProposalState.PROPOSED,),
            ProposalState.WITHDRAWN,
            _MEMBER,
            _BASIS,
            consequence="議題の候補から外します。",
            is_quiet=True,
        ),
    ),
)
