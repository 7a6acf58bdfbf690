from .models import AccessKey
from .services import make_key

__all__ = ["AccessKey", "make_key"]
