from .models import ChangeRequest, Reallocation
from .moves import Standing, plan_in_force, standing_of
from .requirements import ChangeSubject
from .rules import Finding, judge_change
from .services import reallocate, save_request, start_change
from .stops import against_changing, register_stop

__all__ = [
    "ChangeRequest",
    "ChangeSubject",
    "Finding",
    "Reallocation",
    "Standing",
    "against_changing",
    "judge_change",
    "plan_in_force",
    "reallocate",
    "register_stop",
    "save_request",
    "standing_of",
    "start_change",
]
