from .models import ActivityRecord, PeriodReport, RecordBatch
from .rules import Standing, standing
from .services import enter_record, receive
from .states import BatchState, ReportState

__all__ = [
    "ActivityRecord",
    "BatchState",
    "PeriodReport",
    "RecordBatch",
    "ReportState",
    "Standing",
    "enter_record",
    "receive",
    "standing",
]
