from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.access.api import CABINET_OFFICE, PREFECTURE, ROLES_OF, Action, OrganisationKind, Role
from portal.core.actor import Actor

# Who looks after the people of an organisation: its own manager; the portal's for those without.
MANAGERS = frozenset({Role.PREFECTURE_ADMIN, Role.RESPONSIBLE, Role.SYSTEM_ADMIN})


def _own_organisation(subject: Any, actor: Actor) -> Iterable[str]:
    if actor.role != Role.SYSTEM_ADMIN and subject.organisation_id != actor.organisation_id:
        yield "ほかの組織の利用者は変更できません。"


# Both offices; contractors and members have no work that another takes over here.
_OFFICES = PREFECTURE | CABINET_OFFICE | {Role.SYSTEM_ADMIN}


# Two people restore a body that has lost its managers: accounts, and the programme beside them.
_REOPENERS = frozenset({Role.SYSTEM_ADMIN, Role.PROGRAMME_MANAGER})


def _by_another(subject: Any, actor: Actor) -> Iterable[str]:
    if actor.is_person(subject.proposed_by_id):
        yield "申し出た人とは別の人が確かめてください。"


def manages_absences(actor: Actor) -> bool:
    """県管理者 for a prefecture, システム管理者 for the Cabinet Office: always of the own organisation."""
    return actor.role in (Role.PREFECTURE_ADMIN, Role.SYSTEM_ADMIN)


def against_absence_of_another(person: UUID, actor: Actor) -> Iterable[str]:
    """Oneself or the manager; judged by the service, because others may read the page."""
    if not manages_absences(actor) and not actor.is_person(person):
        yield "ほかの人の不在を届け出たり取り消したりできるのは、組織の管理者です。"


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
    Action("accounts.handovers.view", "引継ぎを見る", _OFFICES),
    Action(
        "accounts.handovers.declare",
        "引き継ぐ",
        _OFFICES - {Role.AUDITOR},
        changes=True,
        steps_up=True,
    ),
    Action(
        "accounts.handovers.cancel", "引継ぎを取り消す", _OFFICES - {Role.AUDITOR}, changes=True
    ),
    Action("accounts.reopenings.view", "組織の再開を見る", _REOPENERS),
    Action(
        "accounts.reopenings.propose",
        "組織の再開を申し出る",
        _REOPENERS,
        changes=True,
        steps_up=True,
    ),
    Action(
        "accounts.reopenings.confirm",
        "組織の再開を確かめる",
        _REOPENERS,
        when=_by_another,
        changes=True,
        steps_up=True,
    ),
    Action("accounts.absences.view", "不在の予定を見る", _OFFICES),
    Action("accounts.absences.declare", "不在を届け出る", _OFFICES - {Role.AUDITOR}, changes=True),
    Action(
        "accounts.absences.cancel",
        "不在を取り消す",
        _OFFICES - {Role.AUDITOR},
        changes=True,
    ),
)


def invitable_roles(actor: Actor) -> list[Role]:
    """Roles that this manager may give: those of the own kind of organisation."""
    return list(ROLES_OF[OrganisationKind(actor.organisation_kind)])
