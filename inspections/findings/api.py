from .counting import decrease_of
from .models import Finding
from .services import save_correction, write_finding
from .slots import register_section
from .states import UPHELD, FindingState, Severity
from .taxonomy import FAULTS, Fault

__all__ = [
    "FAULTS",
    "UPHELD",
    "Fault",
    "Finding",
    "FindingState",
    "Severity",
    "decrease_of",
    "register_section",
    "save_correction",
    "write_finding",
]
