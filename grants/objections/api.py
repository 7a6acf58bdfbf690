from .acts import Act, ActKind, act_of, day_of, register_acts
from .models import Objection
from .services import save_objection, start_objection
from .standing import of_subjects
from .states import ObjectionState

__all__ = [
    "Act",
    "ActKind",
    "Objection",
    "ObjectionState",
    "act_of",
    "day_of",
    "of_subjects",
    "register_acts",
    "save_objection",
    "start_objection",
]
