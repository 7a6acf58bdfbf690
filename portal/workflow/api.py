from .buttons import Button, buttons
from .registry import all_workflows, get, register, workflow_of
from .services import Outcome, blocking_reasons, perform, transitioned
from .table import INTERNAL, Branch, Guard, Transition, Workflow
from .views import TransitionView

__all__ = [
    "INTERNAL",
    "Branch",
    "Button",
    "Guard",
    "Outcome",
    "Transition",
    "TransitionView",
    "Workflow",
    "all_workflows",
    "blocking_reasons",
    "buttons",
    "get",
    "perform",
    "register",
    "transitioned",
    "workflow_of",
]
