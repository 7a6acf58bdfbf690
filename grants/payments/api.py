from .models import Payment
from .services import record_payment, undo_payment
from .slots import (
    Hold,
    Paying,
    ceiling_of,
    closed_on,
    fixed_of,
    holds_on,
    net_paid,
    register_ceiling,
    register_closed,
    register_guard,
    register_hold,
    register_ordered_back,
)
from .states import PaymentKind

__all__ = [
    "Hold",
    "Paying",
    "Payment",
    "PaymentKind",
    "ceiling_of",
    "closed_on",
    "fixed_of",
    "holds_on",
    "net_paid",
    "record_payment",
    "register_ceiling",
    "register_closed",
    "register_guard",
    "register_hold",
    "register_ordered_back",
    "undo_payment",
]
