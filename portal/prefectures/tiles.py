"""Where each prefecture stands on the tile map of Japan: 11 rows of 14 columns, from 1.

A picture of neighbourhood, not of distance: every prefecture gets the same room for its name and
state, which a map drawn to scale denies to the small ones.
"""

from __future__ import annotations

from dataclasses import dataclass

ROWS, COLUMNS = 11, 14


@dataclass(frozen=True, slots=True)
class Tile:
    """`width` counts columns."""

    row: int
    column: int
    width: int = 1

    @property
    def cells(self) -> tuple[tuple[int, int], ...]:
        return tuple((self.row, self.column + n) for n in range(self.width))


TILES: dict[str, Tile] = {
    "01": Tile(1, 13, width=2),
    "02": Tile(2, 13),
    "03": Tile(3, 13),
    "04": Tile(4, 13),
    "05": Tile(3, 12),
    "06": Tile(4, 12),
    "07": Tile(5, 13),
    "08": Tile(6, 14),
    "09": Tile(6, 13),
    "10": Tile(6, 12),
    "11": Tile(7, 12),
    "12": Tile(7, 14),
    "13": Tile(7, 13),
    "14": Tile(8, 12),
    "15": Tile(5, 12),
    "16": Tile(5, 11),
    "17": Tile(5, 10),
    "18": Tile(6, 9),
    "19": Tile(7, 11),
    "20": Tile(6, 11),
    "21": Tile(6, 10),
    "22": Tile(8, 11),
    "23": Tile(7, 10),
    "24": Tile(8, 10),
    "25": Tile(7, 9),
    "26": Tile(7, 8),
    "27": Tile(8, 8),
    "28": Tile(7, 7),
    "29": Tile(8, 9),
    "30": Tile(9, 9),
    "31": Tile(7, 6),
    "32": Tile(7, 5),
    "33": Tile(8, 6),
    "34": Tile(8, 5),
    "35": Tile(7, 4),
    "36": Tile(10, 6),
    "37": Tile(9, 6),
    "38": Tile(9, 5),
    "39": Tile(10, 5),
    "40": Tile(8, 3),
    "41": Tile(8, 2),
    "42": Tile(8, 1),
    "43": Tile(9, 2),
    "44": Tile(9, 3),
    "45": Tile(10, 3),
    "46": Tile(10, 2),
    "47": Tile(11, 1),
}
