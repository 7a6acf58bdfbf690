"""A sample that anybody can draw again: the largest lines, and a draw by a recorded seed. Pure.

The draw uses SHA-256 alone, so that it needs neither this program nor this language:

1. The `largest` lines with the greatest amounts are taken; of equal amounts the lesser key is first.
2. Every other line has a number: SHA-256 of «seed, line feed, "order", line feed, key» in UTF-8, read
   as a whole number of 256 bits. The lines stand in the order of their numbers.
3. With equal chances the first `count` lines of that order are drawn: each has the chance count ÷ lines.
4. In proportion to amount: with n places left, a line whose amount × n reaches the sum is taken for
   certain and leaves the others, until there is none. Then the amounts are laid end to end in that
   order, and the n points (s + k) × sum ÷ n, k from 0 to n − 1, draw the lines they fall on; s is
   SHA-256 of «seed, line feed, "start"» divided by 2 to the 256th. Each line has the chance
   amount × n ÷ sum. All of it in whole numbers. A line of 0 yen has no chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from .states import How

_SPACE = 1 << 256
MOST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One expense: `amount` in yen, `key` once in its population."""

    key: str
    amount: int


@dataclass(frozen=True, slots=True)
class Design:
    """How many of the largest, how many drawn, and whether in proportion to amount."""

    largest: int
    count: int
    by_amount: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """`chance` is what it had before the draw."""

    key: str
    how: str
    chance: Fraction


def design_reasons(lines: Sequence[Line], design: Design) -> Iterator[str]:
    if not lines:
        yield "抽出のもとになる支出がありません。"
    if len({line.key for line in lines}) < len(lines):
        yield "同じ番号の支出があります。番号は、支出ごとに違うものにしてください。"
    if any(line.amount < 0 for line in lines):
        yield "金額が0円より少ない支出があります。"
    if not 1 <= design.largest + design.count <= MOST:
        yield f"抽出する件数は、合わせて1件から{MOST}件までにしてください。"


def draw(lines: Sequence[Line], design: Design, seed: str) -> list[Drawn]:
    """The largest first, then those certain by their amount, then those drawn, each in its order."""
    largest, rest = _largest(lines, design.largest)
    certain, pool, places = _certain(rest, design)
    ordered = sorted(pool, key=lambda line: (_number(seed, "order", line.key), line.key))
    by_points = design.by_amount and places
    drawn = _at_points(ordered, places, seed) if by_points else ordered[:places]
    found = chances(lines, design)
    return [
        Drawn(line.key, how, found[line.key])
        for how, group in ((How.LARGEST, largest), (How.CERTAIN, certain), (How.DRAWN, drawn))
        for line in group
    ]


def chances(lines: Sequence[Line], design: Design) -> dict[str, Fraction]:
    """Of every line, before the draw; they do not depend on the seed."""
    largest, rest = _largest(lines, design.largest)
    certain, pool, places = _certain(rest, design)
    found = {line.key: Fraction(0) for line in lines}
    found.update({line.key: Fraction(1) for line in (*largest, *certain)})
    total = sum(line.amount for line in pool)
    for line in pool:
        share = Fraction(line.amount, total) if design.by_amount else Fraction(1, len(pool))
        found[line.key] = places * share
    return found


def projected(error: int, sampled: int, total: int) -> int | None:
    """The error of a sample carried over to its population, in yen. Information alone: it never
    enters an amount to be returned."""
    return error * total // sampled if sampled else None


def _largest(lines: Sequence[Line], count: int) -> tuple[list[Line], list[Line]]:
    ordered = sorted(lines, key=lambda line: (-line.amount, line.key))
    return ordered[:count], ordered[count:]


def _certain(rest: list[Line], design: Design) -> tuple[list[Line], list[Line], int]:
    """Those taken for certain, those among which is drawn, and the places left for them."""
    if not design.by_amount:
        return [], rest, min(design.count, len(rest))
    pool = [line for line in rest if line.amount > 0]
    certain: list[Line] = []
    places = min(design.count, len(pool))
    while places:
        total = sum(line.amount for line in pool)
        big = [line for line in pool if line.amount * places >= total]
        if not big:
            break
        certain += big
        pool = [line for line in pool if line not in big]
        places -= len(big)
    return certain, pool, places


def _at_points(ordered: list[Line], places: int, seed: str) -> list[Line]:
    total = sum(line.amount for line in ordered)
    start = _number(seed, "start")
    found, laid, k = [], 0, 0
    for line in ordered:
        laid += line.amount
        if k < places and (start + k * _SPACE) * total < laid * places * _SPACE:
            found.append(line)
            k += 1
    return found


def _number(*parts: str) -> int:
    return int(sha256("\n".join(parts).encode()).hexdigest(), 16)
