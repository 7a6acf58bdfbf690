from .models import Reading, ReadingCase, ReadPage
from .services import audit_office_of, end_reading, extend_reading, keep_account, open_reading

__all__ = [
    "ReadPage",
    "Reading",
    "ReadingCase",
    "audit_office_of",
    "end_reading",
    "extend_reading",
    "keep_account",
    "open_reading",
]
