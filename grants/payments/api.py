from .models import Payment
from .services import record_payment, undo_payment
from .slots import Hold, ceiling_of, holds_on, register_ceiling, register_hold
from .states import PaymentKind

__all__ = [
    "Hold",
    "Payment",
    "PaymentKind",
    "ceiling_of",
    "holds_on",
    "record_payment",
    "register_ceiling",
    "register_hold",
    "undo_payment",
]
