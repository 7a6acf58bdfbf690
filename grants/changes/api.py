from .models import (
    ChangeRequest,
    Discontinuance,
    Incident,
    ProgressCall,
    ProgressReport,
    ProgressRow,
    Reallocation,
    Statement,
)
from .moves import Standing, moved_by_line, plan_in_force, standing_of
from .progress import (
    Due,
    call_for_progress,
    draw_again,
    dues_of,
    save_progress,
    start_progress,
)
from .querysets import StatementQuerySet
from .requirements import ChangeSubject
from .rules import Finding, judge_change
from .services import applies_again, reallocate, save_request, start_change
from .states import IncidentKind, Stop
from .stating import paid_by_contracts, save_statement, start_statement
from .stops import against_changing, register_stop

__all__ = [
    "ChangeRequest",
    "ChangeSubject",
    "Discontinuance",
    "Due",
    "Finding",
    "Incident",
    "IncidentKind",
    "ProgressCall",
    "ProgressReport",
    "ProgressRow",
    "Reallocation",
    "Standing",
    "Statement",
    "StatementQuerySet",
    "Stop",
    "against_changing",
    "applies_again",
    "call_for_progress",
    "draw_again",
    "dues_of",
    "judge_change",
    "moved_by_line",
    "paid_by_contracts",
    "plan_in_force",
    "reallocate",
    "register_stop",
    "save_progress",
    "save_request",
    "save_statement",
    "standing_of",
    "start_change",
    "start_progress",
    "start_statement",
]
