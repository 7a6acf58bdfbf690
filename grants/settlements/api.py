from .content import ACCOUNTS, read_report, settled_amounts, settlement_rows, sheet
from .contracted import contracted_by_activity, money_of_lines
from .examining import examined_lines
from .judging import accept_the_rest, draw_lines, judge_line
from .models import PerformanceReport, ReportPart, Settlement
from .overview import MoneyRow, money_rows
from .paying import books_close_on, draw_payments, expected_in
from .recorded import RecordedWork, recorded_figures, recorded_work
from .rules import Report, difference, fixed_amount
from .services import (
    attach_for_line,
    finalise,
    follow_plan,
    recompute,
    save_part,
    start_report,
)
from .states import SettlementState, Verdict

__all__ = [
    "ACCOUNTS",
    "MoneyRow",
    "PerformanceReport",
    "RecordedWork",
    "Report",
    "ReportPart",
    "Settlement",
    "SettlementState",
    "Verdict",
    "accept_the_rest",
    "attach_for_line",
    "books_close_on",
    "contracted_by_activity",
    "difference",
    "draw_lines",
    "draw_payments",
    "examined_lines",
    "expected_in",
    "finalise",
    "fixed_amount",
    "follow_plan",
    "judge_line",
    "money_of_lines",
    "money_rows",
    "read_report",
    "recompute",
    "recorded_figures",
    "recorded_work",
    "save_part",
    "settled_amounts",
    "settlement_rows",
    "sheet",
    "start_report",
]
