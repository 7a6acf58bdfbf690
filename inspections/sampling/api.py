from .models import Draw, Target
from .population import Entry
from .rules import Design
from .services import choose_target, draw_sample

__all__ = ["Design", "Draw", "Entry", "Target", "choose_target", "draw_sample"]
