"""Registering a platform, its 分科会, its rules, and the way to one that is planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.dates import screen_date
from portal.core.problems import Refused
from portal.documents.api import Document, Limits, attach

from ..models import Listing, Milestone, Platform, WorkingGroup
from .saving import PLATFORM_ARTICLE, assign, create, lock

RULES = "platform_rules"


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """`existing_body` is named unless `form` is 新設 (要領4(1)③)."""

    name: str
    form: str
    existing_body: str
    established_on: date | None
    planned_on: date | None
    secretariat: str
    joint_bodies: Sequence[str] = field(default_factory=list)
    contact: str = ""
    areas: Sequence[str] = field(default_factory=list)
    practice: str = ""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """`uid` is that of a stored row, or of none when it is new."""

    uid: UUID | None
    name: str
    purpose: str
    started_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    uid: UUID | None
    title: str
    due_on: date
    done_on: date | None


def register_platform(
    *, actor: Actor, owner: Organisation, facts: PlatformFacts, request_key: UUID | None = None
) -> Platform:
    """A second click with the same key finds what the first has made.

    Raises IntegrityError for a form other than 新設 without the body it uses.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=owner.pk)
        platform = create(
            Platform(owner=owner, **asdict(facts)),
            request_key,
            owner,
            actor=actor,
            verb="platforms.register",
            label="プラットフォームを登録する",
            said={"名称": facts.name},
        )
        Listing.objects.get_or_create(platform=platform)
    return platform


def change_platform(
    *, actor: Actor, platform: Platform, facts: PlatformFacts, seen_version: int
) -> Platform:
    """Raises Stale when someone else saved after `seen_version`."""
    with transaction.atomic():
        locked = lock(platform, seen_version)
        said = assign(locked, asdict(facts))
        _say(actor, "platforms.change", "プラットフォームの登録を変える", locked, said)
    return locked


def change_groups(
    *, actor: Actor, platform: Platform, groups: Sequence[GroupFacts], seen_version: int
) -> None:
    """Makes the 分科会 equal to those given. Raises Stale, and Refused for one that has met."""
    with transaction.atomic():
        locked = lock(platform, seen_version)
        kept = {group.pk: group for group in locked.working_groups.all()}
        gone = [group for pk, group in kept.items() if pk not in {one.uid for one in groups}]
        met = locked.meetings.filter(working_group__in=gone).values_list("working_group__name")
        if met:
            names = "、".join(sorted({name for (name,) in met}))
            raise Refused(
                [f"{names}は、会議の登録があります。削除しないで、終了日を入力してください。"]
            )
        _store(WorkingGroup(platform=locked), kept, groups)
        assign(locked, {})
        said = {"分科会": "、".join(one.name for one in groups) or "なし"}
        _say(actor, "platforms.groups.change", "分科会の登録を変える", locked, said)


def change_milestones(
    *, actor: Actor, platform: Platform, milestones: Sequence[MilestoneFacts], seen_version: int
) -> None:
    """Makes the way to a planned platform equal to the steps given. Raises Stale."""
    with transaction.atomic():
        locked = lock(platform, seen_version)
        kept = {milestone.pk: milestone for milestone in locked.milestones.all()}
        _store(Milestone(platform=locked), kept, milestones)
        assign(locked, {})
        said = {
            one.title: f"{screen_date(one.done_on)}に済み"
            if one.done_on
            else screen_date(one.due_on)
            for one in milestones
        }
        _say(actor, "platforms.milestones.change", "設置までの工程を変える", locked, said)


def attach_rules(*, actor: Actor, platform: Platform, upload: UploadedFile) -> Document:
    """Keeps the rules (規約) as a file; those before stay. Raises ValidationError."""
    with transaction.atomic():
        document = attach(actor=actor, upload=upload, kind=RULES, subject=platform, limits=Limits())
        Document.objects.filter(pk=document.pk).update(is_filed=True)
        said = {"ファイル": document.title, "識別値": document.sha256[:12]}
        _say(actor, "platforms.rules.attach", "規約を登録する", platform, said)
    return document


def _say(actor: Actor, verb: str, label: str, platform: Platform, said: dict[str, str]) -> None:
    record(actor, verb, label, platform, article=PLATFORM_ARTICLE, data={"said": said})


def _store(blank: models.Model, kept: dict[UUID, Any], rows: Sequence[Any]) -> None:
    """Rows with a known uid keep their identity, the others are new, and the rest is deleted."""
    model: Any = type(blank)
    wanted = {one.uid for one in rows}
    model.objects.filter(pk__in=[pk for pk in kept if pk not in wanted]).delete()
    for order, facts in enumerate(rows, start=1):
        row = kept.get(facts.uid) or model(platform=blank.platform)
        row.order = order
        for name, value in asdict(facts).items():
            if name != "uid":
                setattr(row, name, value)
        row.save()
