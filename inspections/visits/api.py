from .models import Item, Visit
from .policy import INSPECTORS, ISSUERS, of_team
from .services import plan_visit, save_record
from .states import VisitKind, VisitState

__all__ = [
    "INSPECTORS",
    "ISSUERS",
    "Item",
    "Visit",
    "VisitKind",
    "VisitState",
    "of_team",
    "plan_visit",
    "save_record",
]
