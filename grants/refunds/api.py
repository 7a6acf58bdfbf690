from .claims import Claim, claims_on, register_claims
from .counting import calculation_of
from .models import RefundOrder, key_by_ground
from .rules import Calculation
from .services import exempt, notify_interest, order_refund, record_repayment, undo_repayment
from .states import BESIDE_THE_AMOUNT, Ground, Interest, OrderState

__all__ = [
    "BESIDE_THE_AMOUNT",
    "Calculation",
    "Claim",
    "Ground",
    "Interest",
    "OrderState",
    "RefundOrder",
    "calculation_of",
    "claims_on",
    "exempt",
    "key_by_ground",
    "notify_interest",
    "order_refund",
    "record_repayment",
    "register_claims",
    "undo_repayment",
]
