from .claims import Claim, register_claims
from .counting import calculation_of
from .models import RefundOrder
from .rules import Calculation
from .services import exempt, notify_interest, order_refund, record_repayment, undo_repayment
from .states import Ground, Interest, OrderState

__all__ = [
    "Calculation",
    "Claim",
    "Ground",
    "Interest",
    "OrderState",
    "RefundOrder",
    "calculation_of",
    "exempt",
    "notify_interest",
    "order_refund",
    "record_repayment",
    "register_claims",
    "undo_repayment",
]
