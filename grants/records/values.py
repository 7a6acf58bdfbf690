"""A record's values as JSON and back, its key, and how one value is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from grants.activities.api import ActivityType, Field, FieldKind, Value
from portal.core.money import format_number
from portal.core.text import search_key

_DECIMALS = (FieldKind.DECIMAL, FieldKind.PERCENT)


def pack(row: Mapping[str, Any]) -> dict[str, Any]:
    """Dates as ISO, decimals as text, so that nothing is rounded on the way."""
    return {key: _packed(value) for key, value in row.items()}


def _packed(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def unpack(activity: ActivityType, packed: Mapping[str, Any]) -> dict[str, Value]:
    """Keys that the type does not know are left out."""
    return {
        key: _unpacked(activity.by_key[key], value)
        for key, value in packed.items()
        if key in activity.by_key
    }


def _unpacked(field: Field, value: Any) -> Value:
    if value is None:
        return None
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if field.kind in _DECIMALS else value


def entered_fields(activity: ActivityType) -> list[Field]:
    """The fields of the type's own form, in its order."""
    return [
        activity.by_key[c.key] for c in activity.record_spec.columns if c.key in activity.by_key
    ]


def record_key(activity: ActivityType, packed: Mapping[str, Any]) -> str:
    """One record of a month is known by its key columns (facts §7.1 (9)).

    Width, spaces and variants of a character do not make another place.
    """
    parts = [packed.get(column.key) for column in activity.record_spec.key_columns]
    told = [search_key(part) if isinstance(part, str) else part for part in parts]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def place_of(activity: ActivityType, row: Mapping[str, Value]) -> str:
    """«サロンあおぞら 10月5日»: how a person finds the row; empty where nothing names it."""
    words = []
    for field in entered_fields(activity):
        value = row.get(field.key)
        if field.is_key and value is not None and field.kind is not FieldKind.LG_CODE:
            words.append(f"{value.month}月{value.day}日" if isinstance(value, date) else str(value))
    return " ".join(words)


def shown(field: Field, value: Value) -> str:
    """With its unit; no value is said, because it is not 0."""
    if value is None or value == "":
        return "値なし"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int | Decimal):
        return f"{format_number(value)}{field.unit}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return value


def differences(
    activity: ActivityType, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Fields whose packed values differ, in words; a column that the file lacks changes nothing."""
    before, after = unpack(activity, old), unpack(activity, new)
    return [
        {
            "label": field.label,
            "old": shown(field, before.get(field.key)),
            "new": shown(field, after[field.key]),
        }
        for field in entered_fields(activity)
        if field.key in after and before.get(field.key) != after[field.key]
    ]
