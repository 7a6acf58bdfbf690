from .models import Item, Visit
from .policy import INSPECTORS, ISSUERS, of_team
from .services import plan_visit, save_record
from .slots import (
    Drawing,
    DrawnLine,
    Section,
    register_closing_guard,
    register_drawing,
    register_section,
)
from .states import VisitKind, VisitState

__all__ = [
    "INSPECTORS",
    "ISSUERS",
    "Drawing",
    "DrawnLine",
    "Item",
    "Section",
    "Visit",
    "VisitKind",
    "VisitState",
    "of_team",
    "plan_visit",
    "register_closing_guard",
    "register_drawing",
    "register_section",
    "save_record",
]
