from .models import AccountsFile, FundRecord
from .reconciling import compare_file, receive_accounts, take_over
from .rules import Totals
from .services import correct_step, pay_claim, record_step, totals_of
from .states import Step

__all__ = [
    "AccountsFile",
    "FundRecord",
    "Step",
    "Totals",
    "compare_file",
    "correct_step",
    "pay_claim",
    "receive_accounts",
    "record_step",
    "take_over",
    "totals_of",
]
