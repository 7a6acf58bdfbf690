"""The eleven types in the order of the 実施要領: a new one is a module and a line here."""

from __future__ import annotations

from functools import lru_cache

from .a01_policy import POLICY
from .a02_survey import SURVEY
from .a03_exchange import EXCHANGE
from .a04_outreach import OUTREACH
from .a05_training import TRAINING
from .a06_council import COUNCIL
from .a07_support import SUPPORT
from .a08_intermediary import INTERMEDIARY
from .a09_municipalities import MUNICIPALITIES
from .a10_other import OTHER
from .definition import ActivityType, Indicator, OwnIndicator
from .platform import PLATFORM

ACTIVITY_TYPES: tuple[ActivityType, ...] = (
    PLATFORM,
    POLICY,
    SURVEY,
    EXCHANGE,
    OUTREACH,
    TRAINING,
    COUNCIL,
    SUPPORT,
    INTERMEDIARY,
    MUNICIPALITIES,
    OTHER,
)
BY_CODE = {activity.code: activity for activity in ACTIVITY_TYPES}
MENU = tuple(activity for activity in ACTIVITY_TYPES if activity is not PLATFORM)
"""①–⑩, of which two or more different ones are chosen (実施要領3(2))."""

_INDICATORS = {
    indicator.code: indicator for activity in ACTIVITY_TYPES for indicator in activity.indicators
}


def get_activity_type(code: str, own: tuple[OwnIndicator, ...] = ()) -> ActivityType:
    """By PF or 01 to 10, with the figures that its plan names itself; raises KeyError."""
    return _counting(code, own) if own else BY_CODE[code]


@lru_cache(maxsize=256)
def _counting(code: str, own: tuple[OwnIndicator, ...]) -> ActivityType:
    return BY_CODE[code].counting(own)


def get_indicator(code: str) -> Indicator:
    """By a code such as 07.attend_total; raises KeyError."""
    return _INDICATORS[code]
