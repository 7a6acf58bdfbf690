"""A value of a row as a person reads it."""

from __future__ import annotations

from typing import Any


def shown(row: Any, name: str) -> str:
    """Labels in place of keys; «なし» for nothing."""
    field, value = row._meta.get_field(name), getattr(row, name)
    if value in ("", None, []):
        return "なし"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list):
        labels = dict(getattr(field.base_field, "choices", None) or ())
        return "、".join(str(labels.get(one, one)) for one in value)
    return str(getattr(row, f"get_{name}_display", lambda: value)())
