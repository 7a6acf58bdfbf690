"""What every verb here does alike: one row from two clicks, versions, and what changed."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import models

from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.problems import Stale

from ..said import shown

PLATFORM_ARTICLE = "要領3(1)"
DISCUSSION_ARTICLE = "要領4(2)"

Row = TypeVar("Row", bound=models.Model)


def create(
    row: Row,
    request_key: UUID | None,
    within: models.Model,
    *,
    actor: Actor,
    verb: str,
    label: str,
    said: dict[str, str],
    article: str = PLATFORM_ARTICLE,
) -> Row:
    known = made_before(row, request_key, within)
    if known is not None:
        return known
    row.save(force_insert=True)
    record(actor, verb, label, row, article=article, data={"said": said}, request_key=request_key)
    return row


def made_before(row: Row, request_key: UUID | None, within: models.Model) -> Row | None:
    """What the first of two clicks made. The key alone is the sender's word, so it is mixed with
    the row above, which is locked: it can neither hit another's row nor be used twice at once."""
    if request_key is None:
        return None
    row.pk = uuid5(within.pk, str(request_key))
    return type(row)._default_manager.filter(pk=row.pk).first()


def lock(row: Row, seen_version: int) -> Row:
    """Raises Stale when someone else saved after `seen_version`."""
    locked: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    return locked


def assign(row: Any, values: dict[str, Any]) -> dict[str, str]:
    """Stores the values with the next version; returns what changed, for the Event."""
    changed = {}
    for name, value in values.items():
        old = shown(row, name)
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed[str(row._meta.get_field(name).verbose_name)] = f"{old} → {shown(row, name)}"
    row.version += 1
    row.save()
    return changed
