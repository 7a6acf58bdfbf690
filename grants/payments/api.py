from .models import Payment
from .services import record_payment, undo_payment
from .slots import ceiling_of, register_ceiling, register_hold
from .states import PaymentKind

__all__ = [
    "Payment",
    "PaymentKind",
    "ceiling_of",
    "record_payment",
    "register_ceiling",
    "register_hold",
    "undo_payment",
]
