"""水平的連携 and 予防の観点 made countable (要領4(1)①②). Pure; a count, never a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core.dates import FiscalYear

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


@dataclass(frozen=True, slots=True)
class Body:
    """What figures are made of: a member, without its name."""

    side: str
    kind: str
    fields: Collection[str]
    stages: Collection[str]
    areas: Collection[str]
    has_venue: bool
    joined_on: date
    left_on: date | None

    def is_active(self, on: date) -> bool:
        return self.joined_on <= on and (self.left_on is None or self.left_on >= on)


@dataclass(frozen=True, slots=True)
class Count:
    """One bar: how many of 行政 and of 民間."""

    label: str
    public: int
    private: int

    @property
    def total(self) -> int:
        return self.public + self.private

    @property
    def segments(self) -> tuple[tuple[int, str], ...]:
        """As the bar draws them: 行政 dark, 民間 light."""
        return (self.public, "a"), (self.private, "b")


def count_by(
    bodies: Iterable[Body], words: Sequence[tuple[str, str]], of: str
) -> tuple[Count, ...]:
    """One bar for each of `words` (key, label), counting bodies whose attribute `of` holds the key.

    A body with several fields counts in each. «すべて» of life stages counts in every stage.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for body in bodies:
        held = getattr(body, of)
        keys = {held} if isinstance(held, str) else set(held)
        if of == "stages" and LifeStage.ALL in keys:
            keys |= {stage.value for stage in STAGES}
        for key in keys:
            counted[key, body.side] += 1
    return tuple(
        Count(label, counted[key, Side.PUBLIC], counted[key, Side.PRIVATE]) for key, label in words
    )


def growth(bodies: Sequence[Body], today: date) -> tuple[Count, ...]:
    """Members at the end of each fiscal year since the first joined; today for the running one."""
    if not bodies:
        return ()
    year, last = FiscalYear.of(min(body.joined_on for body in bodies)), FiscalYear.of(today)
    found = []
    while year.start <= last.start:
        day = min(year.end, today)
        sides = count_sides(body.side for body in bodies if body.is_active(day))
        found.append(Count(year.label, sides.public, sides.private))
        year = year.following
    return tuple(found)


def areas_without_venue(areas: Iterable[str], bodies: Iterable[Body]) -> tuple[str, ...]:
    """Areas of the platform in which no member keeps a place open (要領4(1)②)."""
    open_in = {area for body in bodies if body.has_venue for area in body.areas}
    return tuple(area for area in areas if area not in open_in)


def missing(counts: Iterable[Count]) -> tuple[str, ...]:
    """Labels that nobody covers."""
    return tuple(count.label for count in counts if not count.total)


def coordinators(bodies: Iterable[tuple[str, bool, date | None]]) -> tuple[str, ...]:
    """Names of the 調整機関 now; 法17条 allows one at most."""
    return tuple(name for name, is_coordinator, left_on in bodies if is_coordinator and not left_on)


@dataclass(frozen=True, slots=True)
class Notice:
    """The four items of the 公示 (施行規則), as they are to be published."""

    items: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def notice_of(name: str, owners: Sequence[str], bodies: Sequence[tuple[str, bool]]) -> Notice:
    """`bodies` are (name, is 調整機関) of those in the council now. A council without a 調整機関
    publishes three items, so its absence is no gap; without bodies there is one."""
    coordinator = next((body for body, is_coordinator in bodies if is_coordinator), "")
    items = (
        ("設置した旨", f"{'、'.join(owners)}は、孤独・孤立対策地域協議会を設置した。"),
        ("名称", name),
        ("調整機関", coordinator or "指定していない"),
        ("構成する関係機関等", "、".join(body for body, _ in bodies)),
    )
    return Notice(items, tuple(label for label, text in items if not text))
