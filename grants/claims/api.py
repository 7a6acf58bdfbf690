from .kana import MAX_KANA, Kana, read_holder
from .models import Account, Claim, ClaimMonth, ClaimPayment, ClaimRest
from .requirements import SECTION, ClaimSubject, Month
from .rules import masked, sees_accounts
from .services import (
    Limit,
    against_claiming,
    demand_left,
    draw_claim_again,
    give_up_rest,
    last_account,
    limit_of,
    link_payment,
    save_claim,
    start_claim,
)
from .states import AccountKind

__all__ = [
    "MAX_KANA",
    "SECTION",
    "Account",
    "AccountKind",
    "Claim",
    "ClaimMonth",
    "ClaimPayment",
    "ClaimRest",
    "ClaimSubject",
    "Kana",
    "Limit",
    "Month",
    "against_claiming",
    "demand_left",
    "draw_claim_again",
    "give_up_rest",
    "last_account",
    "limit_of",
    "link_payment",
    "masked",
    "read_holder",
    "save_claim",
    "sees_accounts",
    "start_claim",
]
