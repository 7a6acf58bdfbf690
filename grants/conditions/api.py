from .known import claims_of
from .lessening import decide_less, undecided
from .models import Condition, Lessening, ReturnReport
from .querysets import ReportQuerySet
from .rules import CUT, Step, share_text
from .services import (
    begin_report,
    correction_on_its_way,
    on_its_way,
    remind_of,
    take_in_hand,
    tell_beginning,
)
from .states import Way

__all__ = [
    "CUT",
    "Condition",
    "Lessening",
    "ReportQuerySet",
    "ReturnReport",
    "Step",
    "Way",
    "begin_report",
    "claims_of",
    "correction_on_its_way",
    "decide_less",
    "on_its_way",
    "remind_of",
    "share_text",
    "take_in_hand",
    "tell_beginning",
    "undecided",
]
