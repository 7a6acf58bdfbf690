from .models import Scan
from .services import receive_scan
from .slots import register_later
from .states import ScanState

__all__ = ["Scan", "ScanState", "receive_scan", "register_later"]
