"""The words in which the eleven modules state their checks, computed values and figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .definition import (
    Aggregation,
    Check,
    Field,
    FieldKind,
    Indicator,
    Row,
    Value,
    numbers,
    share,
    to_tenths,
)

# Checks


def at_most(lesser: Field, greater: Field) -> Check:
    """`lesser` ≤ `greater`, where both are given."""

    def find(row: Row) -> tuple[str, ...]:
        pair = numbers((row.get(lesser.key), row.get(greater.key)))
        return (lesser.key, greater.key) if len(pair) == 2 and pair[0] > pair[1] else ()

    return Check(
        f"{lesser.key}_within_{greater.key}",
        f"{lesser.label}が{greater.label}より多くなっています。"
        f"{lesser.label}は{greater.label}以下にしてください。",
        (lesser.key, greater.key),
        find,
    )


def makes_up(parts: tuple[Field, ...], whole: Field) -> Check:
    """Σ parts = `whole`, once one part is given: who breaks a figure down breaks all of it down."""
    keys = tuple(part.key for part in parts)

    def find(row: Row) -> tuple[str, ...]:
        given = numbers(row.get(key) for key in keys)
        total = numbers((row.get(whole.key),))
        return (whole.key, *keys) if given and total and sum(given) != total[0] else ()

    return Check(
        f"parts_of_{whole.key}",
        f"{parts[0].label}から{parts[-1].label}までの合計が{whole.label}と違います。"
        f"内訳か{whole.label}を直してください。",
        (whole.key, *keys),
        find,
        is_breakdown=True,
    )


def not_before(later: Field, earlier: Field) -> Check:
    """`later` is on the day of `earlier` or after it, where both are given."""

    def find(row: Row) -> tuple[str, ...]:
        last, first = row.get(later.key), row.get(earlier.key)
        wrong = isinstance(last, date) and isinstance(first, date) and last < first
        return (later.key, earlier.key) if wrong else ()

    return Check(
        f"{later.key}_after_{earlier.key}",
        f"{later.label}が{earlier.label}より前の日付です。"
        f"{later.label}は{earlier.label}以後の日付にしてください。",
        (later.key, earlier.key),
        find,
    )


def needed_for(needed: Field, chooser: Field, choices: tuple[str, ...]) -> Check:
    """`needed` must be given where `chooser` is one of `choices`."""

    def find(row: Row) -> tuple[str, ...]:
        missing = row.get(chooser.key) in choices and row.get(needed.key) in (None, "")
        return (needed.key,) if missing else ()

    named = "か".join(f"「{choice}」" for choice in choices)
    return Check(
        f"{needed.key}_with_{chooser.key}",
        f"{chooser.label}が{named}のときは、{needed.label}が必要です。"
        f"{needed.label}を入力してください。",
        (needed.key, chooser.key),
        find,
    )


# Computed values


def _entered(parts: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(key for part in parts for key in (part.made_of or (part.key,)))


def total_of(key: str, label: str, unit: str, parts: tuple[Field, ...]) -> Field:
    """Σ of the parts given; None where none is."""

    def compute(row: Row) -> Value:
        given = numbers(row.get(part.key) for part in parts)
        return sum(given) if given else None

    return Field(key, label, unit=unit, compute=compute, made_of=_entered(parts))


def share_of(key: str, label: str, part: Field, whole: Field) -> Field:
    """Per cent with one digit."""

    def compute(row: Row) -> Value:
        pair = numbers((row.get(part.key), row.get(whole.key)))
        return share(*pair) if len(pair) == 2 else None

    return Field(
        key, label, FieldKind.PERCENT, "%", compute=compute, made_of=_entered((part, whole))
    )


def average_of(key: str, label: str, unit: str, total: Field, times: Field) -> Field:
    """With one digit; None where nothing was held."""

    def compute(row: Row) -> Value:
        pair = numbers((row.get(total.key), row.get(times.key)))
        return to_tenths(Decimal(pair[0]) / pair[1]) if len(pair) == 2 and pair[1] else None

    made_of = _entered((total, times))
    return Field(key, label, FieldKind.DECIMAL, unit, compute=compute, made_of=made_of)


# Figures


def summed(code: str, item: Field, label: str = "") -> Indicator:
    return Indicator(code, label or item.label, item.unit, Aggregation.SUM, (item.key,))


def highest(code: str, item: Field, label: str = "") -> Indicator:
    """For what stands at a day and is not added up: members, bodies, municipalities."""
    return Indicator(code, label or item.label, item.unit, Aggregation.MAX, (item.key,))


def mean(code: str, item: Field, label: str = "") -> Indicator:
    return Indicator(code, label or item.label, item.unit, Aggregation.MEAN, (item.key,))


def ratio(code: str, label: str, part: Field, whole: Field) -> Indicator:
    return Indicator(code, label, "%", Aggregation.RATIO, (part.key, whole.key))


def distinct(code: str, label: str, unit: str, *items: Field) -> Indicator:
    return Indicator(code, label, unit, Aggregation.DISTINCT, tuple(item.key for item in items))
