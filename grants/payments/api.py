from .models import Payment
from .services import record_payment, undo_payment
from .slots import ceiling_of, net_paid, register_ceiling, register_hold, register_ordered_back
from .states import PaymentKind

__all__ = [
    "Payment",
    "PaymentKind",
    "ceiling_of",
    "net_paid",
    "record_payment",
    "register_ceiling",
    "register_hold",
    "register_ordered_back",
    "undo_payment",
]
