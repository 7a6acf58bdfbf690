"""What holds on a day, what held before and what comes: one reading of the rows of a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from . import keys
from .groups import GROUPS
from .models import ProgrammeValue
from .value_kinds import Key


@dataclass(frozen=True, slots=True)
class Entry:
    """One value from one day on. `who` is empty for what the year was opened with by the portal."""

    shown: str
    source: str
    effective_from: date
    who: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`coming` soonest first, `earlier` newest first."""

    key: Key
    now: Entry
    coming: tuple[Entry, ...]
    earlier: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    slug: str
    title: str
    standings: tuple[Standing, ...]


def groups(values: Iterable[ProgrammeValue], on: date) -> list[Group]:
    """Every key in the order of the page; of two values from one day the later entered holds.

    Raises IndexError when a key has no value on that day: the year was not made by
    `open_programme`.
    """
    by_key: dict[str, list[ProgrammeValue]] = {key.name: [] for key in keys.KEYS}
    for value in sorted(values, key=lambda value: (value.effective_from, value.pk)):
        by_key[value.key].append(value)
    return [
        Group(slug, title, tuple(_standing(keys.BY_NAME[n], by_key[n], on) for n in names))
        for slug, title, names in GROUPS
    ]


def _standing(key: Key, rows: Sequence[ProgrammeValue], on: date) -> Standing:
    past = [row for row in rows if row.effective_from <= on]
    coming = [row for row in rows if row.effective_from > on]
    return Standing(
        key=key,
        now=_entry(key, past[-1]),
        coming=tuple(_entry(key, row) for row in coming),
        earlier=tuple(_entry(key, row) for row in reversed(past[:-1])),
    )


def _entry(key: Key, row: ProgrammeValue) -> Entry:
    who = row.created_by.name if row.created_by else ""
    return Entry(key.kind.show(key.kind.read(row.text)), row.source, row.effective_from, who)
