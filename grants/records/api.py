from .evidence import EVIDENCE as MONTH_EVIDENCE
from .models import (
    ActivityRecord,
    ClearedText,
    ColumnName,
    PeriodReport,
    RecordBatch,
    ReportVersion,
)
from .reading import counts
from .rules import Standing, standing
from .services import enter_record, keep_answers, read_batch, receive
from .states import BatchState, ReportState
from .values import entered_fields

__all__ = [
    "MONTH_EVIDENCE",
    "ActivityRecord",
    "BatchState",
    "ClearedText",
    "ColumnName",
    "PeriodReport",
    "RecordBatch",
    "ReportState",
    "ReportVersion",
    "Standing",
    "counts",
    "enter_record",
    "entered_fields",
    "keep_answers",
    "read_batch",
    "receive",
    "standing",
]
