from .claims import Claim, claims_on, register_claims
from .counting import calculation_of
from .lowering import lower_order
from .models import Lowering, RefundOrder, key_by_ground
from .rules import Calculation, spread_less
from .services import exempt, notify_interest, order_refund, record_repayment, undo_repayment
from .states import BESIDE_THE_AMOUNT, Ground, Interest, OrderState

__all__ = [
    "BESIDE_THE_AMOUNT",
    "Calculation",
    "Claim",
    "Ground",
    "Interest",
    "Lowering",
    "OrderState",
    "RefundOrder",
    "calculation_of",
    "claims_on",
    "exempt",
    "key_by_ground",
    "lower_order",
    "notify_interest",
    "order_refund",
    "record_repayment",
    "register_claims",
    "spread_less",
    "undo_repayment",
]
