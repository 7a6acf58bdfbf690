"""Organisations and people of the demo. Passwords and secrets go to `var/demo.json` alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from portal.access.api import OrganisationKind, Role
from portal.accounts.api import (
    ApprovalRoute,
    Membership,
    Organisation,
    User,
    actor_for,
    grant_role,
)
from portal.core.actor import Actor
from portal.prefectures.api import Prefecture

_WORDS = ("akari", "hashi", "kaze", "minato", "sato", "tsunagu", "yama", "izumi", "hotaru", "sora")


@dataclass(frozen=True)
class Newcomer:
    """Somebody with a first role; who does not sign in acts in the loading only."""

    organisation: Organisation
    role: str
    name: str
    login: str
    signs_in: bool = True


@dataclass
class Cast:
    """Actors by (organisation, role), and the sign-ins to print."""

    actors: dict[tuple[Any, str], Actor] = field(default_factory=dict)
    sign_ins: list[dict[str, str]] = field(default_factory=list)

    def actor(self, organisation: Organisation, role: str) -> Actor:
        return self.actors[organisation.pk, role]

    def add(
        self,
        organisation: Organisation,
        role: str,
        name: str,
        login: str,
        *,
        signs_in: bool = True,
    ) -> Actor:
        """One more person, or one more role of somebody who is there."""
        user = User.objects.filter(email=login).first()
        if user is None:
            (user,) = self._arrive([Newcomer(organisation, role, name, login, signs_in)])
        membership = grant_role(user=user, organisation=organisation, role=role)
        return self._remember(membership)

    def add_all(self, people: list[Newcomer]) -> None:
        """Many at once, none of whom is there yet."""
        users = self._arrive(people)
        made = Membership.objects.bulk_create(
            Membership(user=user, organisation=person.organisation, role=person.role)
            for user, person in zip(users, people, strict=True)
        )
        for membership in made:
            self._remember(membership)

    def _remember(self, membership: Membership) -> Actor:
        actor = actor_for(membership)
        self.actors[membership.organisation_id, membership.role] = actor
        return actor

    def _arrive(self, people: list[Newcomer]) -> list[User]:
        users = []
        for person in people:
            user = User(email=person.login, name=person.name)
            password = _password() if person.signs_in else None
            user.set_password(password)
            users.append(user)
            if person.signs_in:
                self.sign_ins.append(_sign_in(person, password or ""))
        User.objects.bulk_create(users)
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
        )
        secrets_of = {one["login"]: one["totp_secret"] for one in self.sign_ins}
        for user, person in zip(users, people, strict=True):
            if person.signs_in:
                TOTP.activate(user, secrets_of[person.login])
                RecoveryCodes.activate(user)
        return users


def _sign_in(person: Newcomer, password: str) -> dict[str, str]:
    """What is printed, and kept while the demo runs."""
    return {
        "name": person.name,
        "login": person.login,
        "password": password,
        "totp_secret": generate_totp_secret(),
        "role": Role(person.role).label,
        "organisation": person.organisation.name,
    }


def _password() -> str:
    return "-".join(secrets.choice(_WORDS) for _ in range(4)) + f"-{secrets.randbelow(900) + 100}"


def cabinet_office(cast: Cast) -> Organisation:
    office = Organisation.objects.create(
        kind=OrganisationKind.CABINET_OFFICE,
        name="内閣府",
        kana="ないかくふ",
        department="孤独・孤立対策推進室",
        corporate_number="2000012010019",
        document_symbol="府孤推第",
    )
    people = (
        (Role.REVIEWER, "高橋 直人", "reviewer@cao.example"),
        (Role.DECIDER, "森田 恵", "decider@cao.example"),
        (Role.INSPECTOR, "石井 拓也", "inspector@cao.example"),
        (Role.AUDITOR, "片山 玲子", "auditor@cao.example"),
        (Role.PROGRAMME_MANAGER, "小川 慎", "manager@cao.example"),
        (Role.SYSTEM_ADMIN, "野口 彩", "system@cao.example"),
    )
    cast.add_all([Newcomer(office, role, name, login) for role, name, login in people])
    return office


# The three deep cases: what their people are called, and how their office decides.
_DEEP = {
    "20": (("小林 由佳", "宮澤 誠一", "北原 真理"), ApprovalRoute.PORTAL, "nagano"),
    "21": (("髙橋 仁", "𠮷田 澄江", "浅野 徹"), ApprovalRoute.OWN, "gifu"),
    "31": (("山﨑 葉子", "西尾 剛", "門脇 千春"), ApprovalRoute.PORTAL, "tottori"),
}
_ROLES = (Role.DRAFTER, Role.APPROVER, Role.PREFECTURE_ADMIN)


def prefectures(cast: Cast) -> dict[str, Organisation]:
    """All 47 by code. People of the light ones act in the loading only and cannot sign in."""
    found, people = {}, []
    for prefecture in Prefecture.objects.order_by("code"):
        names, route, word = _DEEP.get(
            prefecture.code,
            (("起案 担当", "決裁 課長", "県 管理者"), ApprovalRoute.PORTAL, f"p{prefecture.code}"),
        )
        organisation = Organisation(
            kind=OrganisationKind.PREFECTURE,
            name=prefecture.name,
            kana=prefecture.kana,
            department="地域福祉課",
            prefecture=prefecture,
            corporate_number=prefecture.corporate_number,
            approval_route=route,
            document_symbol="8地福第",
        )
        found[prefecture.code] = organisation
        for role, name in zip(_ROLES, names, strict=True):
            login = f"{role.value.replace('_', '-')}@{word}.example"
            people.append(Newcomer(organisation, role, name, login, prefecture.code in _DEEP))
    Organisation.objects.bulk_create(found.values())
    cast.add_all(people)
    return found


DEEP_CODES = frozenset(_DEEP)
