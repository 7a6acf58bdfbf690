from .guards import no_conflict
from .models import Conflict
from .services import assign, declare_conflict, remind, run_batch
from .states import Act, Flag

__all__ = [
    "Act",
    "Conflict",
    "Flag",
    "assign",
    "declare_conflict",
    "no_conflict",
    "remind",
    "run_batch",
]
