"""THE table of a kit. The worker moves it; who wants another asks for a new one."""

from portal.core.actor import SYSTEM_ROLE
from portal.workflow.api import INTERNAL, Transition, Workflow

from .states import KitState

_SYSTEM = frozenset({SYSTEM_ROLE})

KIT_LIFECYCLE = Workflow(
    key="kits.kit",
    model="kits.Kit",
    states=KitState,
    initial=KitState.QUEUED,
    transitions=(
        Transition(
            "finish",
            "検査の資料をまとめる",
            (KitState.QUEUED,),
            KitState.READY,
            _SYSTEM,
            INTERNAL,
            is_private=True,
        ),
        Transition(
            "fail",
            "検査の資料の作成をやめる",
            (KitState.QUEUED,),
            KitState.FAILED,
            _SYSTEM,
            INTERNAL,
            is_private=True,
        ),
    ),
)
