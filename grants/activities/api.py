"""What other packages may use of the activity types."""

from .a09_municipalities import municipality_codes
from .definition import (
    ActivityType,
    Aggregation,
    Check,
    Field,
    FieldKind,
    Indicator,
    ListField,
    Row,
    Value,
    read_field,
)
from .platform import PLATFORM
from .registry import ACTIVITY_TYPES, activity_type, indicator_type, planned_types

__all__ = [
    "ACTIVITY_TYPES",
    "PLATFORM",
    "ActivityType",
    "Aggregation",
    "Check",
    "Field",
    "FieldKind",
    "Indicator",
    "ListField",
    "Row",
    "Value",
    "activity_type",
    "indicator_type",
    "municipality_codes",
    "planned_types",
    "read_field",
]
