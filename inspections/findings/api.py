from .models import Finding
from .services import save_correction, write_finding
from .states import FindingState, Severity
from .taxonomy import FAULTS, Fault

__all__ = [
    "FAULTS",
    "Fault",
    "Finding",
    "FindingState",
    "Severity",
    "save_correction",
    "write_finding",
]
