"""What a platform shows is its own choice: field by field, reader by reader."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from platforms.models import Listing, Meeting, Platform
from platforms.sharing import FIELDS, shown_fields, shows
from platforms.states import Audience
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Organisation
from portal.audit.api import Event
from tests.world import World, client_of

OWN, PREFECTURES, PUBLIC = Audience.OWN, Audience.PREFECTURES, Audience.PUBLIC


@pytest.mark.parametrize(
    ("chosen", "entry", "reader", "answer"),
    [
        (OWN, PUBLIC, PUBLIC, False),
        (OWN, PUBLIC, PREFECTURES, False),
        (OWN, OWN, OWN, True),
        (PREFECTURES, PUBLIC, PREFECTURES, True),
        (PREFECTURES, PUBLIC, PUBLIC, False),
        (PUBLIC, PREFECTURES, PUBLIC, False),
        (PUBLIC, PREFECTURES, PREFECTURES, True),
        (PUBLIC, OWN, PREFECTURES, False),
        (PUBLIC, PUBLIC, PUBLIC, True),
    ],
)
def test_never_further_than_the_entry(
    chosen: str, entry: str, reader: Audience, answer: bool
) -> None:
    assert shows(chosen, entry, reader) is answer


def test_the_prefecture_itself_sees_every_field() -> None:
    assert shown_fields(dict.fromkeys(FIELDS, OWN), OWN, OWN) == set(FIELDS)


# What stands on a page for each field, and nowhere else on it.
SIGNS = {
    "secretariat": "地域福祉課",
    "areas": "北信、南信",
    "practice": "居場所マッチング",
    "figures": "行政2・民間5",
    "members": "県民生委員児童委員協議会",
    "meetings": "居場所の空白地域",
}
CONTACT = ("連絡 花子", "contact@example.jp", "026-000-0000", "代表 太郎")


@pytest.fixture
def shown(world: World, platform: Platform) -> Listing:
    """Everything there is to show, and a contact that is nobody's business."""
    platform.areas, platform.practice = ["北信", "南信"], "居場所マッチング"
    platform.save()
    platform.members.filter(name="県市長会").update(
        contact_name=CONTACT[0],
        contact_email=CONTACT[1],
        contact_phone=CONTACT[2],
        representative=CONTACT[3],
    )
    meeting: Meeting = platform.meetings.get(number=1)
    meeting.is_public = True
    meeting.save()
    meeting.agenda_items.update(is_public=True)
    return Listing.objects.get(platform=platform)


def choose(listing: Listing, entry: str, **fields: str) -> None:
    listing.audience = entry
    for name in FIELDS:
        setattr(listing, name, fields.get(name, OWN))
    listing.save()


def signs_on(page: str) -> set[str]:
    return {name for name, words in SIGNS.items() if words in page}


@pytest.mark.django_db
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("audience", [OWN, PREFECTURES, PUBLIC])
def test_each_reader_sees_each_field_exactly_as_chosen(
    world: World, shown: Listing, field: str, audience: str
) -> None:
    choose(shown, PUBLIC, **{field: audience})
    gifu = client_of(world.actor(Role.DRAFTER, world.gifu))
    office = client_of(world.actor(Role.REVIEWER))
    own = client_of(world.actor(Role.APPROVER))
    url = shown.get_absolute_url()
    assert signs_on(office.get(url).content.decode()) == set(FIELDS)
    assert signs_on(own.get(url).content.decode()) == set(FIELDS)
    neighbour = gifu.get(url).content.decode()
    assert signs_on(neighbour) == ({field} if audience != OWN else set())
    public = Client().get(reverse("platforms:public")).content.decode()
    assert signs_on(public) == ({field} if audience == PUBLIC else set())
    for page in (neighbour, public, office.get(url).content.decode()):
        assert not [words for words in CONTACT if words in page]


@pytest.mark.django_db
def test_what_is_not_listed_is_not_there(world: World, shown: Listing) -> None:
    gifu = client_of(world.actor(Role.DRAFTER, world.gifu))
    choose(shown, OWN, **dict.fromkeys(FIELDS, PUBLIC))
    assert gifu.get(shown.get_absolute_url()).status_code == 404
    name = shown.platform.name
    assert name not in gifu.get(reverse("platforms:directory")).content.decode()
    assert name not in Client().get(reverse("platforms:public")).content.decode()
    choose(shown, PREFECTURES)
    assert gifu.get(shown.get_absolute_url()).status_code == 200
    assert name in gifu.get(reverse("platforms:directory")).content.decode()
    assert name not in Client().get(reverse("platforms:public")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"words": "マッチング"}, "practice"),
        ({"field": "place"}, "figures"),
        ({"stage": "youth"}, "figures"),
    ],
)
def test_what_is_not_shown_cannot_be_found_by_it(
    world: World, shown: Listing, query: dict[str, str], field: str
) -> None:
    shown.platform.members.filter(name__contains="つながり").update(fields=["place"])
    gifu = client_of(world.actor(Role.DRAFTER, world.gifu))
    for client, url, reaches in (
        (gifu, reverse("platforms:directory"), {PREFECTURES, PUBLIC}),
        (Client(), reverse("platforms:public"), {PUBLIC}),
    ):
        for audience in Audience:
            choose(shown, PUBLIC, **{field: audience})
            page = client.get(url, query).content.decode()
            assert (shown.platform.name in page) == (audience in reaches), (url, audience)


@pytest.mark.django_db
def test_region_and_form_narrow_and_anything_else_is_ignored(world: World, shown: Listing) -> None:
    choose(shown, PUBLIC)
    url = reverse("platforms:public")
    for query, found in (
        ({"region": "中部"}, True),
        ({"region": "四国"}, False),
        ({"form": "extended"}, True),
        ({"form": "new"}, False),
        ({"region": "月", "field": "x'--", "stage": "\0"}, True),
    ):
        page = Client().get(url, query)
        assert page.status_code == 200
        assert (shown.platform.name in page.content.decode()) == found, query


@pytest.mark.django_db
def test_open_data_is_what_is_public(world: World, shown: Listing) -> None:
    choose(shown, PUBLIC, practice=PUBLIC, members=PREFECTURES, figures=PUBLIC)
    shown.platform.practice = "=HYPERLINK(1)"
    shown.platform.save()
    answer = Client().get(reverse("platforms:public_json"))
    (row,) = json.loads(answer.content)["platforms"]
    assert row["prefecture_code"] == "20"
    assert (row["public_members"], row["private_members"]) == (2, 5)
    assert row["members"] is None
    assert row["secretariat"] is None
    assert row["practice"] == "=HYPERLINK(1)"
    content = Client().get(reverse("platforms:public_csv")).content.decode("utf-8-sig")
    header, line = csv.reader(io.StringIO(content))
    told = dict(zip(header, line, strict=True))
    assert told["名称"] == shown.platform.name
    assert told["参画団体"] == ""
    assert not told["特色ある取組"].startswith("=")


@pytest.mark.django_db
def test_nobody_fetches_without_end(world: World, shown: Listing) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    url = reverse("platforms:public_json")
    answers = [client.get(url).status_code for _ in range(61)]
    assert answers[:60] == [200] * 60
    assert answers[60] == 429
    assert Client(REMOTE_ADDR="192.0.2.8").get(url).status_code == 200


@pytest.mark.django_db
def test_choosing_is_the_drafters_and_is_kept(
    world: World, drafter: Client, shown: Listing
) -> None:
    url = reverse("platforms:listing", args=[shown.platform_id])
    data: dict[str, Any] = {"audience": PUBLIC, "form_version": "0", **dict.fromkeys(FIELDS, OWN)}
    assert client_of(world.actor(Role.APPROVER)).post(url, data).status_code == 403
    assert client_of(world.actor(Role.DRAFTER, world.gifu)).post(url, data).status_code == 404
    assert drafter.post(url, data).status_code == 302
    shown.refresh_from_db()
    assert shown.audience == PUBLIC
    event = Event.objects.get(verb="platforms.listing.change")
    assert event.data["said"] == {"一覧に載せる範囲": "公開しない → だれでも"}
    assert drafter.post(url, data).status_code == 409


@pytest.mark.django_db
def test_a_member_that_signs_in_sees_its_platform_without_contacts(
    world: World, shown: Listing
) -> None:
    """参画団体: its own platform, meetings and names; no contact, no history, no council, no other."""
    body = Organisation.objects.create(kind=OrganisationKind.MEMBER, name="つながりの輪")
    client = client_of(world.cast.add(body, Role.MEMBER, "輪 守", "m@wa.example"))
    platform = shown.platform
    assert client.get(platform.get_absolute_url()).status_code == 404
    platform.members.filter(name__contains="つながり").update(organisation=body)
    meeting = platform.meetings.get(number=1)
    for url in (
        platform.get_absolute_url(),
        meeting.get_absolute_url(),
        reverse("platforms:members", args=[platform.pk]),
        reverse("platforms:figures", args=[platform.pk]),
        reverse("platforms:list"),
    ):
        page = client.get(url)
        assert page.status_code == 200, url
        assert not [words for words in CONTACT if words in page.content.decode()], url
    for name, status in (("history", 403), ("edit", 403), ("listing", 403)):
        assert client.get(reverse(f"platforms:{name}", args=[platform.pk])).status_code == status
    assert client.get(reverse("platforms:councils")).status_code == 403
    assert client.get(shown.get_absolute_url()).status_code == 404
    left = platform.members.filter(organisation=body)
    left.update(left_on=left.get().joined_on)
    assert client.get(platform.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_contacts_are_the_prefectures_own(world: World, shown: Listing) -> None:
    url = reverse("platforms:members", args=[shown.platform_id])
    own = client_of(world.actor(Role.DRAFTER)).get(url).content.decode()
    assert CONTACT[1] in own
    office = client_of(world.actor(Role.REVIEWER)).get(url).content.decode()
    assert "県市長会" in office
    assert not [words for words in CONTACT if words in office]
    assert client_of(world.actor(Role.DRAFTER, world.gifu)).get(url).status_code == 404
