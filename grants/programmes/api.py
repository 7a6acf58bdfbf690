from .keys import JST
from .models import Ledger, Programme, RequiredAttachment
from .rules import window_reasons
from .services import (
    copied_with_the_year,
    extended_closing,
    newest_programme,
    open_programme,
)
from .terms import ExpenseCategory, Terms

__all__ = [
    "JST",
    "ExpenseCategory",
    "Ledger",
    "Programme",
    "RequiredAttachment",
    "Terms",
    "copied_with_the_year",
    "extended_closing",
    "newest_programme",
    "open_programme",
    "window_reasons",
]
