"""What other packages may use of the reference data."""

from .models import Municipality, Prefecture
from .services import load_prefectures
from .tiles import COLUMNS, ROWS, TILES, Tile

__all__ = ["COLUMNS", "ROWS", "TILES", "Municipality", "Prefecture", "Tile", "load_prefectures"]
