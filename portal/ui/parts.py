"""What lists, timelines, stages and bars are made of, from whatever a view has at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localdate, localtime

from .filters import jdate, jdatetime

# The word that stands for the picture of a banner.
BANNER_KINDS = {"success": "完了", "info": "お知らせ", "warning": "警告", "error": "エラー"}

_STAGE_STATES = ("done", "current", "error", "skipped", "ahead")


@dataclass(frozen=True, slots=True)
class Fact:
    key: str
    value: Any
    old: Any = None
    is_changed: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: Any
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline. `state` is done, now or ahead."""

    what: str
    when: str
    who: str
    note: str
    basis: str
    state: str


@dataclass(frozen=True, slots=True)
class Stage:
    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Percent of the bar's length with one decimal, as SVG attributes take it."""

    start: str
    length: str
    key: str


def facts(items: Iterable[Any]) -> list[Fact]:
    """(key, value), or (key, value, old value) for a value that may have changed."""
    return [item if isinstance(item, Fact) else _fact(*item) for item in items]


def _fact(key: str, value: Any, *old: Any) -> Fact:
    if not old:
        return Fact(key, value)
    return Fact(key, value, old[0], is_changed=old[0] != value)


def figures(items: Iterable[Any]) -> list[Figure]:
    return [item if isinstance(item, Figure) else Figure(*item) for item in items]


def moment(entry: Any) -> Moment:
    """From any object or dictionary with Moment's names; what it lacks stays empty, but `what`."""
    if isinstance(entry, Moment):
        return entry
    when = _get(entry, "when")
    if isinstance(when, datetime):
        # A story goes over years; within this one, the day is enough.
        is_this_year = localtime(when).year == localdate().year
        when = jdatetime(when, "short" if is_this_year else "full")
    elif isinstance(when, date):
        when = jdate(when)
    return Moment(
        what=str(_get(entry, "what")),
        when=str(when),
        who=str(_get(entry, "who")),
        note=str(_get(entry, "note")),
        basis=str(_get(entry, "basis")),
        state=str(_get(entry, "state") or "done"),
    )


def stages(items: Iterable[Any]) -> list[Stage]:
    """Raises ValueError for a state that steps.css does not know."""
    made = [item if isinstance(item, Stage) else Stage(*item) for item in items]
    for stage in made:
        if stage.state not in _STAGE_STATES:
            raise ValueError(f"a stage is one of {_STAGE_STATES}, not {stage.state!r}")
    return made


def segments(amounts: Iterable[Sequence[Any]], total: int) -> list[Segment]:
    """What goes beyond the total is cut off and marked, so that the bar never lies by its length."""
    made: list[Segment] = []
    reached = 0
    for amount, key in amounts:
        end = min(reached + amount, total)
        if end > reached:
            made.append(Segment(_percent(reached, total), _percent(end - reached, total), key))
        if reached + amount > total:
            made.append(Segment("98%", "2%", "over"))
            break
        reached = end
    return made


def query_with(query: QueryDict, name: str, value: int) -> str:
    changed = query.copy()
    changed[name] = str(value)
    return f"?{changed.urlencode()}"


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f}%" if whole > 0 else "0%"


def _get(entry: Any, name: str) -> Any:
    value = entry.get(name) if isinstance(entry, Mapping) else getattr(entry, name, "")
    return "" if value is None else value
