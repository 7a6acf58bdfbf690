from .models import Event, Visibility
from .services import INTERNAL, already_recorded, record, verify, write_anchor
from .timeline import Entry, story, timeline

__all__ = [
    "INTERNAL",
    "Entry",
    "Event",
    "Visibility",
    "already_recorded",
    "record",
    "story",
    "timeline",
    "verify",
    "write_anchor",
]
