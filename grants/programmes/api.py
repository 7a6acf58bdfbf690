from .keys import JST
from .models import Ledger, Programme, RequiredAttachment, Round, StandardCondition, terms_by_year
from .rules import window_reasons
from .services import (
    copied_with_the_year,
    extended_closing,
    newest_programme,
    open_programme,
    open_round,
)
from .terms import ExpenseCategory, Terms

__all__ = [
    "JST",
    "ExpenseCategory",
    "Ledger",
    "Programme",
    "RequiredAttachment",
    "Round",
    "StandardCondition",
    "Terms",
    "copied_with_the_year",
    "extended_closing",
    "newest_programme",
    "open_programme",
    "open_round",
    "terms_by_year",
    "window_reasons",
]
