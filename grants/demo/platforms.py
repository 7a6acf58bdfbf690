"""Platforms beyond what a plan cites: who takes part where, a meeting to come, a council, an entry."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils import timezone

from platforms.api import (
    ActionFacts,
    AgendaFacts,
    BodyFacts,
    CouncilFacts,
    GroupFacts,
    MeetingFacts,
    Member,
    MemberFacts,
    MilestoneFacts,
    OathFacts,
    Platform,
    PlatformFacts,
    add_member,
    change_bodies,
    change_groups,
    change_listing,
    change_milestones,
    change_oaths,
    change_platform,
    listing_of,
    propose,
    register_council,
    register_meeting,
    register_platform,
)
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor

from .people import Cast

_AREAS = ["北信", "東信", "中信", "南信"]
_JOINED = (
    (
        "社会福祉法人あおぞら会",
        "welfare_council",
        ["welfare", "older"],
        ["older"],
        ["北信"],
        True,
        460,
    ),
    (
        "北町子ども食堂",
        "community",
        ["place", "children"],
        ["children", "parents"],
        ["北信"],
        True,
        400,
    ),
    ("㈱みらい交通", "company", ["industry"], ["working"], ["北信", "東信"], False, 380),
    (
        "ひきこもり家族の会",
        "peers",
        ["youth", "consultation"],
        ["youth", "parents"],
        ["中信"],
        True,
        300,
    ),
    ("東信若者サポートセンター", "npo", ["youth", "livelihood"], ["youth"], ["東信"], True, 210),
    ("中信大学地域連携室", "school", ["education"], ["youth"], ["中信"], False, 150),
    ("県医師会", "medical", ["health"], ["all"], _AREAS, False, 90),
)
_OPEN = {
    "audience": "public",
    "secretariat": "public",
    "areas": "public",
    "practice": "public",
    "figures": "public",
    "members": "prefectures",
    "meetings": "public",
}
_AMONG_PREFECTURES = dict.fromkeys(_OPEN, "prefectures") | {"members": "own"}


def load_platforms(cast: Cast, bodies: dict[str, Organisation]) -> None:
    """長野 whole; 岐阜 shown to other prefectures, 鳥取 and two more to everybody."""
    nagano = bodies["20"]
    drafter = cast.actor(nagano, Role.DRAFTER)
    platform = Platform.objects.get(owner=nagano)
    _in_full(drafter, platform)
    _members(drafter, platform)
    meeting_on = _coming_meeting(drafter, platform)
    _proposal(cast, platform)
    _council(drafter, nagano, meeting_on)
    _planned(drafter, nagano)
    _show(drafter, platform, _OPEN)
    for code, choices in (("21", _AMONG_PREFECTURES), ("31", _OPEN), ("13", _OPEN), ("40", _OPEN)):
        body = bodies[code]
        _show(cast.actor(body, Role.DRAFTER), Platform.objects.get(owner=body), choices)


def _in_full(drafter: Actor, platform: Platform) -> None:
    facts = PlatformFacts(
        name=platform.name,
        form=platform.form,
        existing_body=platform.existing_body,
        established_on=platform.established_on,
        planned_on=None,
        secretariat=platform.secretariat,
        joint_bodies=["県市長会", "県町村会"],
        contact="代表電話 000-000-0000",
        areas=_AREAS,
        practice="居場所の空白を地図に重ね、空き店舗の持ち主と団体を引き合わせる「居場所マッチング」を、年2回開いている。",
    )
    changed = change_platform(actor=drafter, platform=platform, facts=facts, seen_version=0)
    groups = [
        GroupFacts(None, "居場所分科会", "居場所の空白と担い手", platform.established_on, None),
        GroupFacts(None, "若者分科会", "ひきこもりと就労", platform.established_on, None),
    ]
    change_groups(actor=drafter, platform=changed, groups=groups, seen_version=changed.version)


def _members(drafter: Actor, platform: Platform) -> None:
    today = timezone.localdate()
    for name, kind, fields, stages, areas, has_venue, days in _JOINED:
        facts = MemberFacts(
            name=name,
            corporate_number="",
            side="private",
            field="",
            life_stages=stages,
            joined_on=today - timedelta(days=days),
            kind=kind,
            fields=fields,
            areas=areas,
            has_venue=has_venue,
            contact_name="見本 花子",
            contact_email="contact@member.example",
        )
        add_member(actor=drafter, platform=platform, facts=facts)
    Member.objects.filter(platform=platform, name__startswith="特定非営利活動法人").update(
        kind="npo", fields=["place"], areas=["北信", "中信"], has_venue=True
    )


def _coming_meeting(drafter: Actor, platform: Platform) -> date:
    """The third, three weeks from now, under the 分科会 that asked for it."""
    day = timezone.localdate() + timedelta(days=21)
    group = platform.working_groups.get(name="居場所分科会")
    register_meeting(
        actor=drafter,
        platform=platform,
        facts=MeetingFacts(
            number=3,
            held_on=day,
            attendance_public=0,
            attendance_private=0,
            chair_side="private",
            note="",
            kind="group",
            working_group_id=group.pk,
            starts_at=time(13, 30),
            ends_at=time(15, 30),
            place="県庁 西庁舎 会議室",
            is_public=True,
        ),
        agenda=[
            AgendaFacts(None, "南信の居場所をどう増やすか", "ひきこもり家族の会", "", "", "", True)
        ],
        actions=[
            ActionFacts(None, "空き店舗の持ち主への声かけ", "県商工会連合会", day, None),
        ],
    )
    return day


def _proposal(cast: Cast, platform: Platform) -> None:
    """Of the body that signs in as 参画団体."""
    body = Organisation.objects.get(kind=OrganisationKind.MEMBER)
    platform.members.filter(name=body.name).update(organisation=body)
    propose(
        actor=cast.actor(body, Role.MEMBER),
        platform=platform,
        title="家族が休める場所",
        reason="支える家族が孤立しないように、家族だけで集まれる場所を増やしたい。",
    )


def _council(drafter: Actor, owner: Organisation, day: date) -> None:
    today = timezone.localdate()
    council = register_council(
        actor=drafter,
        owner=owner,
        facts=CouncilFacts(
            name=f"{owner.name}孤独・孤立対策地域協議会",
            established_on=today - timedelta(days=200),
            notice_on=today - timedelta(days=190),
            notice_number=f"{owner.name}告示第123号",
            notice_method="県公報",
        ),
    )
    bodies = [
        BodyFacts(None, "県健康福祉部", "government", False, None),
        BodyFacts(None, "県社会福祉協議会", "welfare_council", True, None),
        BodyFacts(None, "ひきこもり支援センター", "other", False, None),
    ]
    change_bodies(actor=drafter, council=council, bodies=bodies, seen_version=council.version)
    sworn = [
        OathFacts(None, body.pk, name, today - timedelta(days=180), None)
        for body, name in zip(
            council.bodies.order_by("order"), ("見本 一郎", "見本 二郎", "見本 三郎"), strict=True
        )
    ]
    council.refresh_from_db()
    change_oaths(actor=drafter, council=council, oaths=sworn, seen_version=council.version)


def _planned(drafter: Actor, owner: Organisation) -> None:
    """A second one, for a part of the prefecture, that is still to be."""
    today = timezone.localdate()
    platform = register_platform(
        actor=drafter,
        owner=owner,
        facts=PlatformFacts(
            name="南信圏域つながりプラットフォーム",
            form="new",
            existing_body="",
            established_on=None,
            planned_on=today + timedelta(days=150),
            secretariat="南信地域振興局",
        ),
    )
    steps = [
        MilestoneFacts(None, "呼びかける団体を決める", today - timedelta(days=20), today),
        MilestoneFacts(None, "準備会を開く", today + timedelta(days=45), None),
        MilestoneFacts(None, "規約の案をまとめる", today + timedelta(days=110), None),
    ]
    change_milestones(
        actor=drafter, platform=platform, milestones=steps, seen_version=platform.version
    )


def _show(drafter: Actor, platform: Platform, choices: dict[str, str]) -> None:
    change_listing(
        actor=drafter,
        platform=platform,
        choices=choices,
        seen_version=listing_of(platform).version,
    )
