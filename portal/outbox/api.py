from .models import Message
from .services import TryAgain, drain, enqueue, handles, retry

__all__ = ["Message", "TryAgain", "drain", "enqueue", "handles", "retry"]
