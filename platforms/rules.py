"""水平的連携 and 予防の観点 made countable (要領4(1)①②). Pure; a count, never a score."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .states import LifeStage, Side

# The stages of a life; «すべて» covers each of them.
STAGES = tuple(stage for stage in LifeStage if stage is not LifeStage.ALL)


@dataclass(frozen=True, slots=True)
class Sides:
    """How many of something belong to 行政 and to 民間."""

    public: int
    private: int

    @property
    def total(self) -> int:
        return self.public + self.private

    @property
    def private_percent(self) -> int | None:
        """Rounded down; None of nothing."""
        return self.private * 100 // self.total if self.total else None


def count_sides(sides: Iterable[str]) -> Sides:
    """What is of neither side is not counted."""
    known = list(sides)
    return Sides(known.count(Side.PUBLIC), known.count(Side.PRIVATE))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Life stages that members serve, and those that none serves."""

    covered: tuple[LifeStage, ...]
    missing: tuple[LifeStage, ...]


def coverage(served: Iterable[Collection[str]]) -> Coverage:
    """`served` holds the life stages of each member."""
    found = {stage for stages in served for stage in stages}
    if LifeStage.ALL in found:
        return Coverage(STAGES, ())
    return Coverage(
        tuple(stage for stage in STAGES if stage in found),
        tuple(stage for stage in STAGES if stage not in found),
    )
