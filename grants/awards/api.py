from .forms import NumbersForm
from .models import Award, Decision, OtherActivityApproval
from .promises import register_promises
from .services import already_decided, approve_other_activity, decide, decline, take_number, undo
from .states import AwardState, DecisionKind

__all__ = [
    "Award",
    "AwardState",
    "Decision",
    "DecisionKind",
    "NumbersForm",
    "OtherActivityApproval",
    "already_decided",
    "approve_other_activity",
    "decide",
    "decline",
    "register_promises",
    "take_number",
    "undo",
]
