from .models import Draw
from .population import Entry
from .rules import Design
from .services import draw_sample

__all__ = ["Design", "Draw", "Entry", "draw_sample"]
