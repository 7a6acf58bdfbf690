from .models import Notice
from .services import Draft, count_unread, known_messages, writes

__all__ = ["Draft", "Notice", "count_unread", "known_messages", "writes"]
