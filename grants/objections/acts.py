"""Acts that can be objected to. The package that an act belongs to says which they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse

from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import JST


@dataclass(frozen=True, slots=True)
class Act:
    """One act as an objection names it. `arrived_on` is the arrival of its notice, in Japan;
    without a notice it is None. `decided_by` is the person whose act it was."""

    kind: str
    pk: UUID
    name: str
    number: str
    issued_on: date
    arrived_on: date | None
    grantee: Organisation
    programme: Programme
    case_id: UUID
    url: str
    decided_by: UUID | None

    @property
    def objection_url(self) -> str:
        return reverse("objections:start", args=[self.kind, self.pk])


@dataclass(frozen=True, slots=True)
class ActKind:
    """`describe` returns None for a row that is no act of 適正化法25条.

    `joins` are what `describe` reads with the row.
    """

    name: str
    model: type[models.Model]
    describe: Callable[[Any], Act | None]
    joins: tuple[str, ...] = ()


_kinds: dict[str, ActKind] = {}


def register_acts(kind: ActKind) -> None:
    _kinds[kind.name] = kind


def act_kinds() -> Mapping[str, ActKind]:
    return dict(_kinds)


def find_act(kind: str, pk: UUID, actor: Actor) -> Act | None:
    """As far as this actor may see it; nothing for what is not there, or cannot be objected to."""
    known = _kinds.get(kind)
    if known is None:
        return None
    rows = known.model._default_manager.for_user(actor)
    row = rows.select_related(*known.joins).filter(pk=pk).order_by().first()
    return None if row is None else known.describe(row)


def act_of(kind: str, subject: Any) -> Act | None:
    return _kinds[kind].describe(subject)


def day_of(moment: Any) -> date:
    """The day in Japan on which a notice arrived."""
    found: date = moment.astimezone(JST).date()
    return found
