from .models import Order
from .services import save_report, write_order
from .states import Basis, OrderKind, OrderState

__all__ = ["Basis", "Order", "OrderKind", "OrderState", "save_report", "write_order"]
