"""THE table of a contract. Read this first."""

from portal.access.api import Role
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards
from .states import ContractState as S

DRAFTER = frozenset({Role.DRAFTER})
FORMS = "grants.contractors.forms."

LIFECYCLE = Workflow(
    key="contractors.contract",
    model="contractors.Contract",
    states=S,
    initial=S.DRAFT,
    transitions=(
        Transition(
            "conclude",
            "契約を登録する",
            (S.DRAFT,),
            S.IN_FORCE,
            DRAFTER,
            "要領2(2)から2(4)まで",
            guards=(guards.award_in_force, guards.requirements_met),
            effects=(effects.say_contract, effects.open_evidence),
            form=FORMS + "ConcludeForm",
            notifies=("contract.concluded",),
            consequence="登録すると、契約の内容は変更できません。"
            "契約の担当者は、月ごとの活動実績を入力できるようになります。",
        ),
        Transition(
            "cancel",
            "準備中の契約を取りやめる",
            (S.DRAFT,),
            S.CANCELLED,
            DRAFTER,
            INTERNAL,
            effects=(effects.say_reason,),
            form=FORMS + "ReasonForm",
            consequence="この契約は登録しません。記録は残ります。",
            is_private=True,
        ),
        Transition(
            "end",
            "契約を終える",
            (S.IN_FORCE,),
            S.ENDED,
            DRAFTER,
            "要領2(2)",
            guards=(guards.period_over,),
            effects=(effects.say_reason,),
            form=FORMS + "ReasonForm",
            consequence="契約を終えたことを記録します。確認していない月報は、引き続き確認できます。",
        ),
    ),
)
