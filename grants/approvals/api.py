from .models import Circulation, DraftCopy, Route
from .presentation import approval_context
from .services import (
    begin,
    copy_draft,
    endorse,
    endorse_last,
    keep_route,
    reasons_against_acting,
    said_of_last,
)
from .standing import Standing, standing_of, standings
from .states import SeatKind

__all__ = [
    "Circulation",
    "DraftCopy",
    "Route",
    "SeatKind",
    "Standing",
    "approval_context",
    "begin",
    "copy_draft",
    "endorse",
    "endorse_last",
    "keep_route",
    "reasons_against_acting",
    "said_of_last",
    "standing_of",
    "standings",
]
