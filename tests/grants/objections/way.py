"""An objection as its people bring it on its way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.objections.acts import Act, find_act
from grants.objections.api import Objection, start_objection
from portal.access.api import Role
from portal.core.actor import Actor
from portal.workflow.api import perform
from tests.world import World

DAY = timedelta(days=1)


def act_of(world: World, kind: str, pk: UUID) -> Act:
    found = find_act(kind, pk, world.actor(Role.REVIEWER))
    assert found is not None
    return found


def values(**changed: Any) -> dict[str, Any]:
    return {
        "content": "府孤推第1号による交付の決定",
        "reasons": "対象経費から印刷費を除いた理由が示されていない。",
        "late_reason": "",
        "known_on": None,
        **changed,
    }


def drafted(world: World, act: Act, **changed: Any) -> Objection:
    drafter = world.actor(Role.DRAFTER, act.grantee)
    return start_objection(actor=drafter, act=act, values=values(**changed))


def filed(world: World, act: Act, **changed: Any) -> Objection:
    return moved(drafted(world, act, **changed), "file", world.actor(Role.APPROVER, act.grantee))


def heard(world: World, objection: Objection) -> Objection:
    reviewer = world.actor(Role.REVIEWER)
    moved(objection, "receive", reviewer)
    moved(objection, "invite", reviewer, way="written", on=timezone.localdate(), where="")
    approver = world.actor(Role.APPROVER, objection.grantee)
    return moved(objection, "state_opinion", approver, opinion="印刷費は周知に要る。")


def other_decider(world: World) -> Actor:
    """A second person who decides, beside the one whose acts these are."""
    first = world.actor(Role.DECIDER)
    found = world.cast.add(
        world.office, Role.DECIDER, "第二 決定", "second@cao.example", signs_in=False
    )
    world.cast.actors[world.office.pk, Role.DECIDER] = first
    return found


def moved(objection: Objection, name: str, actor: Actor, **data: Any) -> Objection:
    found = perform(Objection, objection.pk, name, actor, data=data).subject
    assert isinstance(found, Objection)
    return found
