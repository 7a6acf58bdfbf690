from .models import Award, Decision, OtherActivityApproval
from .services import approve_other_activity, decide, decline, take_number, undo
from .states import AwardState, DecisionKind

__all__ = [
    "Award",
    "AwardState",
    "Decision",
    "DecisionKind",
    "OtherActivityApproval",
    "approve_other_activity",
    "decide",
    "decline",
    "take_number",
    "undo",
]
