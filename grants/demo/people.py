"""Organisations and people of the demo. Passwords and secrets go to `var/demo.json` alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from portal.access.api import OrganisationKind, Role
from portal.accounts.api import ApprovalRoute, Organisation, User, actor_for, grant_role
from portal.core.actor import Actor
from portal.prefectures.api import Prefecture

_WORDS = ("akari", "hashi", "kaze", "minato", "sato", "tsunagu", "yama", "izumi", "hotaru", "sora")


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
        user = User.objects.filter(email=login).first()
        if user is None:
            password = _password() if signs_in else None
            user = User.objects.create_user(login, password, name=name)
            EmailAddress.objects.create(user=user, email=login, verified=True, primary=True)
            if signs_in:
                secret = generate_totp_secret()
                TOTP.activate(user, secret)
                RecoveryCodes.activate(user)
                self.sign_ins.append(
                    {
                        "name": name,
                        "login": login,
                        "password": password or "",
                        "totp_secret": secret,
                        "role": Role(role).label,
                        "organisation": organisation.name,
                    }
                )
        membership = grant_role(user=user, organisation=organisation, role=role)
        actor = actor_for(membership)
        self.actors[organisation.pk, role] = actor
        return actor


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
    for role, name, login in (
        (Role.REVIEWER, "高橋 直人", "reviewer@cao.example"),
        (Role.DECIDER, "森田 恵", "decider@cao.example"),
        (Role.INSPECTOR, "石井 拓也", "inspector@cao.example"),
        (Role.AUDITOR, "片山 玲子", "auditor@cao.example"),
        (Role.PROGRAMME_MANAGER, "小川 慎", "manager@cao.example"),
        (Role.SYSTEM_ADMIN, "野口 彩", "system@cao.example"),
    ):
        cast.add(office, role, name, login)
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
    found = {}
    for prefecture in Prefecture.objects.order_by("code"):
        names, route, word = _DEEP.get(
            prefecture.code,
            (("起案 担当", "決裁 課長", "県 管理者"), ApprovalRoute.PORTAL, f"p{prefecture.code}"),
        )
        organisation = Organisation.objects.create(
            kind=OrganisationKind.PREFECTURE,
            name=prefecture.name,
            kana=prefecture.kana,
            department="地域福祉課",
            prefecture=prefecture,
            corporate_number=prefecture.corporate_number,
            approval_route=route,
            document_symbol="8地福第",
        )
        for role, name in zip(_ROLES, names, strict=True):
            login = f"{role.value.replace('_', '-')}@{word}.example"
            cast.add(organisation, role, name, login, signs_in=prefecture.code in _DEEP)
        found[prefecture.code] = organisation
    return found


DEEP_CODES = frozenset(_DEEP)
