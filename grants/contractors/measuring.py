"""What the months of a contract say of its work, beside what its papers say.

The months are kept by a package above, which tells of them here. Only confirmed months count; what
is not confirmed yet is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from portal.core.text import search_key

from .models import Contract, ContractLine

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the records that adds up, of one activity of the contract."""

    key: str
    label: str
    names: tuple[str, ...]
    activity: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A month that has begun and is not confirmed."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class WorkDone:
    """One activity over the confirmed months of a span: `figures` are (label, value with its unit),
    `totals` the sums by the key of a measure."""

    activity: str
    months: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    totals: Mapping[str, Number]
    waiting: tuple[Waiting, ...]


class WorkSource(Protocol):
    def measures(self, contract: Contract) -> list[Measure]: ...

    def done(self, contract: Contract, first: date, last: date) -> list[WorkDone]:
        """Of the reports that lie within the months from `first` to `last`, by their first days."""
        ...


_sources: list[WorkSource] = []


def register_work_source(source: WorkSource) -> None:
    if source not in _sources:
        _sources.append(source)


def measures_of(contract: Contract) -> list[Measure]:
    return [one for source in _sources for one in source.measures(contract)]


def work_between(contract: Contract, first: date, last: date) -> list[WorkDone]:
    return [one for source in _sources for one in source.done(contract, first, last)]


def work_so_far(contract: Contract) -> list[WorkDone]:
    periods = contract.periods
    return work_between(contract, periods[0][0], periods[-1][1]) if periods else []


def named_by_unit(line: ContractLine, measures: Iterable[Measure]) -> str:
    """The key of the one measure that the line's unit names; empty where none or several do."""
    unit = search_key(line.unit)
    found = [one.key for one in measures if unit and unit in map(search_key, one.names)]
    return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Count:
    """What the months say of one line: `recorded` None where no month is confirmed or no number of
    the records was chosen; `over` what is asked for above it, negative where it is less."""

    label: str
    recorded: Number | None
    over: Number | None


def count(measure: Measure | None, work: Iterable[WorkDone], asked: Number | None) -> Count:
    if measure is None:
        return Count("", None, None)
    recorded = next((one.totals[measure.key] for one in work if measure.key in one.totals), None)
    over = None if recorded is None or asked is None else asked - recorded
    return Count(measure.label, recorded, over)


def as_content(work: Iterable[WorkDone]) -> list[dict[str, Any]]:
    """As a paper seals and prints it."""
    return [
        {
            "activity": one.activity,
            "months": list(one.months),
            "figures": [list(figure) for figure in one.figures],
            "waiting": [month.label for month in one.waiting],
        }
        for one in work
    ]
