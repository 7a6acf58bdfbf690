from collections.abc import Iterable
from typing import Any

from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role
from portal.core.actor import Actor


def _stands(subject: Any, actor: Actor) -> Iterable[str]:
    if subject.given_up_at is not None:
        yield "この繰越しは、すでに取りやめています。"


ACTIONS = (
    Action("carryovers.list", "繰越しの一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action(
        "carryovers.give_up",
        "繰越しを取りやめる",
        frozenset({Role.APPROVER}),
        when=_stands,
        changes=True,
        steps_up=True,
    ),
)
