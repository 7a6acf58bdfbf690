"""Whether an answer is late: a question about two moments, not a state. Pure."""

from __future__ import annotations

from datetime import datetime

from .states import OWED


def is_late(state: str, due_at: datetime, answered_at: datetime | None, now: datetime) -> bool:
    """Answered after the due moment, or still owed when it is over."""
    if state in OWED:
        return now > due_at
    return answered_at is not None and answered_at > due_at
