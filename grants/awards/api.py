from .amending import (
    Issue,
    approve_change,
    approve_stop,
    decision_in_force,
    permit_carryover,
    permit_disposal,
    refuse_change,
)
from .corrections import (
    Notice,
    correct_notice,
    correctable_kinds,
    notice_of,
    register_correctable,
)
from .deadlines import appeal_due, is_in_time, refund_due, report_due, unfinished_report_due
from .documents import frame
from .forms import NumberedForm, NumbersForm
from .models import Amendment, Award, Correction, Decision, NoticeDraft, OtherActivityApproval
from .notices import name_of, notice_name, request_notice
from .promises import register_promises
from .rules import amount_reasons
from .services import (
    already_decided,
    approve_other_activity,
    decide,
    decline,
    later_decision,
    lock_award,
    lower_award,
    take_number,
    undo,
)
from .states import AwardState, DecisionKind
from .suspensions import Suspension, not_suspended, register_suspensions, suspension_of
from .withdrawals import Withdrawal, register_withdrawal_hold
from .withdrawing import state_withdrawal
from .work import last_day_of, register_last_day

__all__ = [
    "Amendment",
    "Award",
    "AwardState",
    "Correction",
    "Decision",
    "DecisionKind",
    "Issue",
    "Notice",
    "NoticeDraft",
    "NumberedForm",
    "NumbersForm",
    "OtherActivityApproval",
    "Suspension",
    "Withdrawal",
    "already_decided",
    "amount_reasons",
    "appeal_due",
    "approve_change",
    "approve_other_activity",
    "approve_stop",
    "correct_notice",
    "correctable_kinds",
    "decide",
    "decision_in_force",
    "decline",
    "frame",
    "is_in_time",
    "last_day_of",
    "later_decision",
    "lock_award",
    "lower_award",
    "name_of",
    "not_suspended",
    "notice_name",
    "notice_of",
    "permit_carryover",
    "permit_disposal",
    "refund_due",
    "refuse_change",
    "register_correctable",
    "register_last_day",
    "register_promises",
    "register_suspensions",
    "register_withdrawal_hold",
    "report_due",
    "request_notice",
    "state_withdrawal",
    "suspension_of",
    "take_number",
    "undo",
    "unfinished_report_due",
]
