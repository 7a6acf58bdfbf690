from .comparison import Comparison, comparison, wishes
from .exports import comparison_csv, comparison_xlsx
from .known import (
    Told,
    first_eligible_day,
    first_eligible_days,
    promise_to,
    told,
    wish_before,
)
from .models import MAX_YEN, Batch, BatchItem, PriorStart, Promise, Scenario, Statement, Survey
from .services import file_prior_start, open_survey, read_subject, save_statement, start_statement
from .sharing import keep_scenario, preflight, promise, promise_all, work_out
from .statements import NeedsRow, StatementSubject, needs_table
from .states import BatchKind, SharingRule, SurveyKind

__all__ = [
    "MAX_YEN",
    "Batch",
    "BatchItem",
    "BatchKind",
    "Comparison",
    "NeedsRow",
    "PriorStart",
    "Promise",
    "Scenario",
    "SharingRule",
    "Statement",
    "StatementSubject",
    "Survey",
    "SurveyKind",
    "Told",
    "comparison",
    "comparison_csv",
    "comparison_xlsx",
    "file_prior_start",
    "first_eligible_day",
    "first_eligible_days",
    "keep_scenario",
    "needs_table",
    "open_survey",
    "preflight",
    "promise",
    "promise_all",
    "promise_to",
    "read_subject",
    "save_statement",
    "start_statement",
    "told",
    "wish_before",
    "wishes",
    "work_out",
]
