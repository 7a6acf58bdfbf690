from .comparison import Comparison, comparison, wishes
from .exports import comparison_csv, comparison_xlsx
from .models import MAX_YEN, Statement, Survey
from .services import open_survey, read_subject, save_statement, start_statement
from .statements import NeedsRow, StatementSubject, needs_table
from .states import SurveyKind

__all__ = [
    "MAX_YEN",
    "Comparison",
    "NeedsRow",
    "Statement",
    "StatementSubject",
    "Survey",
    "SurveyKind",
    "comparison",
    "comparison_csv",
    "comparison_xlsx",
    "needs_table",
    "open_survey",
    "read_subject",
    "save_statement",
    "start_statement",
    "wishes",
]
