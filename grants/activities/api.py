"""What other packages may use of the activity types."""

from .a08_intermediary import Grantee, grantees_of
from .a09_municipalities import municipality_codes
from .definition import (
    ActivityType,
    Aggregation,
    Check,
    Field,
    FieldKind,
    Indicator,
    OwnIndicator,
    Row,
    Value,
    own_key,
)
from .platform import PLATFORM
from .registry import ACTIVITY_TYPES, BY_CODE, MENU, get_activity_type, get_indicator

__all__ = [
    "ACTIVITY_TYPES",
    "BY_CODE",
    "MENU",
    "PLATFORM",
    "ActivityType",
    "Aggregation",
    "Check",
    "Field",
    "FieldKind",
    "Grantee",
    "Indicator",
    "OwnIndicator",
    "Row",
    "Value",
    "get_activity_type",
    "get_indicator",
    "grantees_of",
    "municipality_codes",
    "own_key",
]
