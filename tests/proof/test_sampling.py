"""Every line's chance of being drawn is as stated, over 2,000 simulated populations."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from math import sqrt

import pytest

from inspections.sampling.rules import Design, Line, chances, draw

POPULATIONS = 2_000
# Of a normal deviate: once in half a million, and always the same, since the seeds are.
FARTHEST = 4.9


def population(rng: random.Random, size: int) -> list[Line]:
    """Yen as offices spend them: many small lines, a few large ones, some of nothing."""
    return [
        Line(f"{n:03}", rng.choice((0, 1, 1)) * int(rng.lognormvariate(10.5, 1.1)))
        for n in range(size)
    ]


def designs(rng: random.Random) -> Design:
    return Design(rng.randrange(0, 4), rng.randrange(1, 9), rng.random() < 0.5)


def test_the_lines_of_two_thousand_populations() -> None:
    """By place in the list and by rank in amount: one line of each population, so that they are
    independent of each other."""
    rng = random.Random(20_241)
    places = 12
    drawn: Counter[tuple[str, int]] = Counter()
    expected: Counter[tuple[str, int]] = Counter()
    variance: Counter[tuple[str, int]] = Counter()
    for n in range(POPULATIONS):
        lines, design = population(rng, rng.randrange(places, 40)), designs(rng)
        chance = chances(lines, design)
        taken = {one.key for one in draw(lines, design, f"seed {n}")}
        ranked = sorted(lines, key=lambda line: (-line.amount, line.key))
        for way, order in (("place", lines), ("rank", ranked)):
            for place, line in enumerate(order[:places]):
                share = float(chance[line.key])
                drawn[way, place] += line.key in taken
                expected[way, place] += share  # type: ignore[assignment]  # a sum of chances
                variance[way, place] += share * (1 - share)  # type: ignore[assignment]
    far = {
        key: (drawn[key] - expected[key]) / sqrt(variance[key])
        for key in expected
        if variance[key] > 0
    }
    print(f"\n{len(far)} groups, the farthest {max(map(abs, far.values())):.2f} deviates away")
    assert len(far) == 2 * places
    assert max(map(abs, far.values())) < FARTHEST


@pytest.mark.parametrize("by_amount", [False, True], ids=["equal", "by-amount"])
def test_every_line_of_one_population(by_amount: bool) -> None:
    """Two thousand seeds over the same list."""
    lines, design = population(random.Random(7), 25), Design(2, 6, by_amount)
    chance = chances(lines, design)
    drawn: Counter[str] = Counter()
    for n in range(POPULATIONS):
        drawn.update(one.key for one in draw(lines, design, f"seed {n}"))
    for line in lines:
        share = chance[line.key]
        if share in (0, 1):
            assert drawn[line.key] == share * POPULATIONS
            continue
        away = drawn[line.key] - float(share) * POPULATIONS
        assert abs(away) < FARTHEST * sqrt(POPULATIONS * float(share * (1 - share)))


def test_the_sample_is_as_large_as_was_asked() -> None:
    rng = random.Random(3)
    for n in range(POPULATIONS):
        lines, design = population(rng, rng.randrange(1, 40)), designs(rng)
        found = draw(lines, design, str(n))
        keys = [one.key for one in found]
        assert len(keys) == len(set(keys))
        assert sum(chances(lines, design).values()) == Fraction(len(keys))
        assert {one.key: one.chance for one in found}.items() <= chances(lines, design).items()
