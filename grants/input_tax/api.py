from .drawing import costs_of, eligible_cost, share_of
from .duties import Duty, Recipient, due_on, duties, duty_of
from .models import InputTaxReport, RecipientTax
from .rules import (
    Computed,
    Declared,
    against_method,
    against_sum,
    compute,
    missing_words,
    share_text,
)
from .services import confirm_figures, save_report, start_report
from .states import Method, Use

__all__ = [
    "Computed",
    "Declared",
    "Duty",
    "InputTaxReport",
    "Method",
    "Recipient",
    "RecipientTax",
    "Use",
    "against_method",
    "against_sum",
    "compute",
    "confirm_figures",
    "costs_of",
    "due_on",
    "duties",
    "duty_of",
    "eligible_cost",
    "missing_words",
    "save_report",
    "share_of",
    "share_text",
    "start_report",
]
