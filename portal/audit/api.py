from .models import Event, Visibility
from .services import INTERNAL, already_recorded, record, verify, write_anchor
from .timeline import Entry, timeline

__all__ = [
    "INTERNAL",
    "Entry",
    "Event",
    "Visibility",
    "already_recorded",
    "record",
    "timeline",
    "verify",
    "write_anchor",
]
