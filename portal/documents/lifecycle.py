"""THE table of a generated document. The worker moves it; people only ask for it again."""

from portal.core.actor import SYSTEM_ROLE
from portal.workflow.api import INTERNAL, Transition, Workflow

from .states import DocumentState, Origin

SYSTEM = frozenset({SYSTEM_ROLE})

LIFECYCLE = Workflow(
    key="documents.document",
    model="documents.Document",
    states=DocumentState,
    initial=DocumentState.QUEUED,
    only=("origin", Origin.GENERATED),
    transitions=(
        Transition(
            "finish", "書類を作成する", ("queued",), "ready", SYSTEM, INTERNAL, is_private=True
        ),
        Transition("fail", "書類の作成をやめる", ("queued",), "failed", SYSTEM, INTERNAL),
        Transition(
            "retry",
            "もう一度作成する",
            ("failed",),
            "queued",
            SYSTEM,
            INTERNAL,
        ),
    ),
)
