from .loader import also_load
from .people import Cast

__all__ = ["Cast", "also_load"]
