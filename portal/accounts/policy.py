from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.access.api import ROLES_OF, Action, OrganisationKind, Role
from portal.core.actor import Actor

# Who looks after the people of an organisation: its own manager; the portal's for those without.
MANAGERS = frozenset({Role.PREFECTURE_ADMIN, Role.RESPONSIBLE, Role.SYSTEM_ADMIN})


def _own_organisation(subject: Any, actor: Actor) -> Iterable[str]:
    if actor.role != Role.SYSTEM_ADMIN and subject.organisation_id != actor.organisation_id:
        yield "ほかの組織の利用者は変更できません。"


ACTIONS = (
    Action("accounts.members.view", "利用者を見る", MANAGERS),
    Action("accounts.members.invite", "招待する", MANAGERS, changes=True, steps_up=True),
    Action(
        "accounts.members.end",
        "役割を終える",
        MANAGERS,
        when=_own_organisation,
        changes=True,
        steps_up=True,
    ),
    Action(
        "accounts.organisation.edit",
        "組織の設定を変える",
        frozenset({Role.PREFECTURE_ADMIN, Role.SYSTEM_ADMIN}),
        changes=True,
    ),
)


def invitable_roles(actor: Actor) -> list[Role]:
    """Roles that this manager may give: those of the own kind of organisation."""
    return list(ROLES_OF[OrganisationKind(actor.organisation_kind)])
