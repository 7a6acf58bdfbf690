"""Which counts of a published table are hidden so that none of them can be computed. Pure.

1. A count of persons from 1 to `threshold` − 1 is hidden.
2. As long as a hidden count could be computed from what is shown, one more is hidden beside it.

A hidden count cannot be computed when there is another table of whole numbers that agrees with all
that is shown, in which this count is different and every hidden count is 1 or more. Whoever reads
the table knows these rules, and so that no 0 is ever hidden: hence «1 or more».

It comes to an end: once all counts above 0 are hidden, the same table with every count doubled is
such another table.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
# Of more than this many directions, sums of two are not tried: one more count is hidden instead.
_PAIRED = 40


@dataclass(frozen=True, slots=True)
class Total:
    """`whole` is the sum of `parts`, and whoever reads the table knows it."""

    whole: Hashable
    parts: tuple[Hashable, ...]

    @property
    def cells(self) -> tuple[Hashable, ...]:
        return (self.whole, *self.parts)


def hidden_counts(
    counts: Mapping[Key, int], totals: Sequence[Total], threshold: int
) -> frozenset[Key]:
    """The cells to hide. Every cell of a total is among `counts`, which are 0 or more."""
    hidden = {key for key, count in counts.items() if 1 <= count < threshold}
    while True:
        open_cells = computable(counts, totals, hidden)
        if not open_cells:
            return frozenset(hidden)
        hidden |= {_beside(key, counts, totals, hidden) for key in open_cells}


def computable(
    counts: Mapping[Key, int], totals: Sequence[Total], hidden: Iterable[Key]
) -> list[Key]:
    """Hidden cells without another table to speak for them, in the order of `counts`."""
    known = set(hidden)
    safe: set[Key] = set()
    for cells, mine in _groups(counts, totals, known):
        safe |= _safe(cells, mine, counts)
    return [key for key in counts if key in known - safe]


def _beside(key: Key, counts: Mapping[Key, int], totals: Sequence[Total], hidden: set[Key]) -> Key:
    """A count that stands in a total with it: parts before wholes, then one whose other totals have
    hidden counts already, then the smallest."""
    wholes = {total.whole for total in totals}
    order = {one: number for number, one in enumerate(counts)}
    untouched = [total.cells for total in totals if hidden.isdisjoint(total.cells)]
    near = {one for total in totals if key in total.cells for one in total.cells}
    shown = [one for one, count in counts.items() if count and one not in hidden]
    inside = [one for one in shown if one in near] or shown

    def burden(one: Key) -> tuple[bool, int, int, int]:
        opened = sum(one in cells for cells in untouched)
        return one in wholes, opened, counts[one], order[one]

    return min(inside, key=burden, default=key)


def _groups(
    counts: Mapping[Key, int], totals: Sequence[Total], hidden: set[Key]
) -> list[tuple[list[Key], list[dict[Key, int]]]]:
    """Hidden cells that totals tie together, each with its equations: coefficients that give 0
    for any difference of two tables."""
    group: dict[Key, set[Key]] = {key: {key} for key in counts if key in hidden}
    equations: list[dict[Key, int]] = []
    for total in totals:
        row = {key: 1 for key in group if key in total.parts}
        row |= {key: -1 for key in group if key == total.whole}
        if not row:
            continue
        equations.append(row)
        merged = set().union(*(group[key] for key in row))
        for key in merged:
            group[key] = merged
    seen: set[Key] = set()
    found = []
    for key, tied in group.items():
        if key not in seen:
            seen |= tied
            cells = [one for one in group if one in tied]
            found.append((cells, [row for row in equations if row.keys() & tied]))
    return found


def _safe(cells: list[Key], equations: list[dict[Key, int]], counts: Mapping[Key, int]) -> set[Key]:
    """Cells that some direction changes without taking any below 1."""
    safe: set[Key] = set()
    directions = _directions(cells, equations)
    for way in _ways(directions, cells, equations, counts):
        if all(counts[key] + step >= 1 for key, step in way.items()):
            safe |= way.keys()
        if len(safe) == len(cells):
            break
    return safe


def _ways(
    directions: list[dict[Key, int]],
    cells: list[Key],
    equations: list[dict[Key, int]],
    counts: Mapping[Key, int],
) -> Iterable[dict[Key, int]]:
    """Each direction both ways, sums and differences of two, and doubling where that is one."""
    if all(sum(counts[key] * sign for key, sign in row.items()) == 0 for row in equations):
        yield {key: counts[key] for key in cells}
    for one in directions:
        yield one
        yield _sum(one, one, 0, -1)
    if len(directions) <= _PAIRED:
        for number, one in enumerate(directions):
            for other in directions[number + 1 :]:
                for first, second in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                    yield _sum(one, other, first, second)


def _sum(one: dict[Key, int], other: dict[Key, int], first: int, second: int) -> dict[Key, int]:
    added = {key: first * one.get(key, 0) + second * other.get(key, 0) for key in one | other}
    return {key: step for key, step in added.items() if step}


def _directions(cells: list[Key], equations: list[dict[Key, int]]) -> list[dict[Key, int]]:
    """A basis of the differences between tables that agree with what is shown, in whole numbers."""
    pivots: dict[Key, dict[Key, Fraction]] = {}
    for equation in equations:
        row = {key: Fraction(sign) for key, sign in equation.items()}
        for key, pivot in pivots.items():
            row = _less(row, pivot, row.get(key, Fraction(0)))
        if not row:
            continue
        lead = next(key for key in cells if key in row)
        row = {key: value / row[lead] for key, value in row.items()}
        pivots = {key: _less(old, row, old.get(lead, Fraction(0))) for key, old in pivots.items()}
        pivots[lead] = row
    return [_direction(free, pivots) for free in cells if free not in pivots]


def _less(
    row: dict[Key, Fraction], other: dict[Key, Fraction], times: Fraction
) -> dict[Key, Fraction]:
    if not times:
        return row
    left = {
        key: row.get(key, Fraction(0)) - times * other.get(key, Fraction(0)) for key in row | other
    }
    return {key: value for key, value in left.items() if value}


def _direction(free: Key, pivots: Mapping[Key, Mapping[Key, Fraction]]) -> dict[Key, int]:
    way = {free: Fraction(1)}
    way |= {lead: -row[free] for lead, row in pivots.items() if free in row}
    scale = lcm(*(value.denominator for value in way.values()))
    return {key: int(value * scale) for key, value in way.items()}
