from .drawing import costs_of, eligible_cost, share_of
from .duties import Duty, Recipient, due_on, duties, duty_of
from .models import InputTaxReport, Lessening, Purchase, RecipientTax
from .rules import (
    Bought,
    Computed,
    Declared,
    against_method,
    against_purchases,
    against_sum,
    compute,
    missing_words,
)
from .services import confirm_figures, save_purchases, save_report, start_correction, start_report
from .states import Correction, Method, Use

__all__ = [
    "Bought",
    "Computed",
    "Correction",
    "Declared",
    "Duty",
    "InputTaxReport",
    "Lessening",
    "Method",
    "Purchase",
    "Recipient",
    "RecipientTax",
    "Use",
    "against_method",
    "against_purchases",
    "against_sum",
    "compute",
    "confirm_figures",
    "costs_of",
    "due_on",
    "duties",
    "duty_of",
    "eligible_cost",
    "missing_words",
    "save_purchases",
    "save_report",
    "share_of",
    "start_correction",
    "start_report",
]
