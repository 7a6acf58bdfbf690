"""Who takes part, from one day to another."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.problems import Refused

from ..models import Member, Platform
from .saving import PLATFORM_ARTICLE, assign, create, lock


@dataclass(frozen=True, slots=True)
class MemberFacts:
    name: str
    corporate_number: str
    side: str
    field: str
    life_stages: Sequence[str]
    joined_on: date
    kind: str = ""
    fields: Sequence[str] = dataclasses.field(default_factory=list)
    areas: Sequence[str] = dataclasses.field(default_factory=list)
    has_venue: bool = False
    representative: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


# Who can be reached is the office's own affair: an Event says that it changed, not how.
_CONTACT = ("代表者", "連絡担当者", "連絡先メールアドレス", "連絡先電話番号")


def without_contact(said: dict[str, str]) -> dict[str, str]:
    return {label: "変更" if label in _CONTACT else value for label, value in said.items()}


def add_member(
    *, actor: Actor, platform: Platform, facts: MemberFacts, request_key: UUID | None = None
) -> Member:
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=platform.pk)
        return create(
            Member(platform=platform, **asdict(facts)),
            request_key,
            platform,
            actor=actor,
            verb="platforms.member.add",
            label="参画団体を加える",
            said={"プラットフォーム": platform.name, "参画日": facts.joined_on.isoformat()},
        )


def change_member(*, actor: Actor, member: Member, facts: MemberFacts, seen_version: int) -> Member:
    """Raises Stale when someone else saved after `seen_version`."""
    with transaction.atomic():
        locked = lock(member, seen_version)
        said = without_contact(assign(locked, asdict(facts)))
        record(
            actor,
            "platforms.member.change",
            "参画団体の登録を変える",
            locked,
            article=PLATFORM_ARTICLE,
            data={"said": said},
        )
    return locked


def end_member(*, actor: Actor, member: Member, left_on: date, seen_version: int) -> Member:
    """The body stays in the history. Raises Stale, and Refused for a day before it joined."""
    with transaction.atomic():
        locked = lock(member, seen_version)
        if left_on < locked.joined_on:
            raise Refused(["退会日は、参画日以後の日付にしてください。"])
        said = assign(locked, {"left_on": left_on})
        record(
            actor,
            "platforms.member.end",
            "参画を終える",
            locked,
            article=PLATFORM_ARTICLE,
            data={"said": said},
        )
    return locked
