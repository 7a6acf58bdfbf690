"""When someone else saved first: who, when, and both values side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models

from portal.audit.api import Event
from portal.core.dates import screen_datetime
from portal.ui.api import PortalForm


@dataclass(frozen=True, slots=True)
class Overtaken:
    """`rows` are (label, theirs, mine)."""

    who: str
    when: str
    rows: list[tuple[str, str, str]]


def last_saved(row: models.Model) -> tuple[str, str]:
    """Who changed it last and when, from the audit log."""
    event = (
        Event.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))
        .order_by("-seq")
        .first()
    )
    return (event.actor_name, screen_datetime(event.at)) if event else ("ほかの人", "")


def differences(form: PortalForm, row: models.Model) -> list[tuple[str, str, str]]:
    found = []
    for name in form.base_fields:
        field = form.fields[name]
        stored = form.stored(name) if hasattr(form, "stored") else name
        theirs = _said(field, getattr(row, stored))
        mine = _said(field, form.cleaned_data.get(name))
        if theirs != mine:
            found.append((form.call(name), theirs, mine))
    return found


def _said(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, list | tuple):
        return "、".join(str(choices.get(one, one)) for one in value)
    if choices:
        return str(choices.get(str(value), choices.get(value, "")))
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(field.prepare_value(value)) if value not in (None, "") else ""
