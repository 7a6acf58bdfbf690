from .models import (
    Ledger,
    Programme,
    RequiredAttachment,
    Round,
    StandardCondition,
    named_year,
    terms_by_year,
)
from .rules import window_reasons
from .services import (
    copied_with_the_year,
    newest_programme,
    open_programme,
    open_round,
)
from .terms import ExpenseCategory, RequiredPaper, Terms
from .value_kinds import JST

__all__ = [
    "JST",
    "ExpenseCategory",
    "Ledger",
    "Programme",
    "RequiredAttachment",
    "RequiredPaper",
    "Round",
    "StandardCondition",
    "Terms",
    "copied_with_the_year",
    "named_year",
    "newest_programme",
    "open_programme",
    "open_round",
    "terms_by_year",
    "window_reasons",
]
