from .models import Award, Decision, OtherActivityApproval
from .services import already_decided, approve_other_activity, decide, decline, take_number, undo
from .states import AwardState, DecisionKind

__all__ = [
    "Award",
    "AwardState",
    "Decision",
    "DecisionKind",
    "OtherActivityApproval",
    "already_decided",
    "approve_other_activity",
    "decide",
    "decline",
    "take_number",
    "undo",
]
