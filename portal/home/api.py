from .slots import Panel, register
from .views import HomeView

__all__ = ["HomeView", "Panel", "register"]
