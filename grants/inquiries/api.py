from .models import Inquiry, Reply
from .services import remind, write_inquiry

__all__ = ["Inquiry", "Reply", "remind", "write_inquiry"]
