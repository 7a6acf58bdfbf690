from .models import Kit
from .services import ask_for_kit

__all__ = ["Kit", "ask_for_kit"]
