from .models import ActivityRecord, PeriodReport, RecordBatch, ReportVersion
from .rules import Standing, standing
from .services import enter_record, receive
from .states import BatchState, ReportState

__all__ = [
    "ActivityRecord",
    "BatchState",
    "PeriodReport",
    "RecordBatch",
    "ReportState",
    "ReportVersion",
    "Standing",
    "enter_record",
    "receive",
    "standing",
]
