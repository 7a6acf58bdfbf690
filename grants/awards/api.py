from .corrections import (
    Notice,
    correct_notice,
    correctable_kinds,
    notice_of,
    register_correctable,
)
from .documents import frame
from .forms import NumberedForm, NumbersForm
from .models import Amendment, Award, Correction, Decision, NoticeDraft, OtherActivityApproval
from .promises import register_promises
from .rules import amount_reasons
from .services import (
    already_decided,
    approve_other_activity,
    decide,
    decline,
    later_decision,
    take_number,
    undo,
)
from .states import AwardState, DecisionKind

__all__ = [
    "Amendment",
    "Award",
    "AwardState",
    "Correction",
    "Decision",
    "DecisionKind",
    "Notice",
    "NoticeDraft",
    "NumberedForm",
    "NumbersForm",
    "OtherActivityApproval",
    "already_decided",
    "amount_reasons",
    "approve_other_activity",
    "correct_notice",
    "correctable_kinds",
    "decide",
    "decline",
    "frame",
    "later_decision",
    "notice_of",
    "register_correctable",
    "register_promises",
    "take_number",
    "undo",
]
