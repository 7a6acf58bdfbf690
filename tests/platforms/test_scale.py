"""5,000 members and 500 meetings: every list and chart asks as often as with a handful."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platforms.models import AgendaItem, Listing, Meeting, Member, Platform

pytestmark = pytest.mark.django_db

MEMBERS, MEETINGS = 5_000, 500


def pages(platform: Platform) -> dict[str, str]:
    members = reverse("platforms:members", args=[platform.pk])
    return {
        "list": reverse("platforms:list"),
        "detail": platform.get_absolute_url(),
        "members": members,
        "members-searched": f"{members}?words=NPO法人&field=place&stage=youth&area=北信",
        "figures": reverse("platforms:figures", args=[platform.pk]),
        "meeting": platform.meetings.get(number=1).get_absolute_url(),
        "directory": reverse("platforms:directory"),
        "entry": platform.listing.get_absolute_url(),
        "public": reverse("platforms:public"),
        "json": reverse("platforms:public_json"),
    }


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200, url
    return len(queries)


def grow(platform: Platform, members: int, meetings: int) -> None:
    sides, stages = cycle(("public", "private", "private")), cycle((["all"], ["youth"], ["older"]))
    Member.objects.bulk_create(
        (
            Member(
                platform=platform,
                name=f"特定非営利活動法人 団体{n}",
                side=next(sides),
                kind="npo",
                fields=["place"],
                life_stages=next(stages),
                areas=["北信"],
                has_venue=n % 2 == 0,
                joined_on=date(2021, 4, 1) + timedelta(days=n % 1500),
            )
            for n in range(members)
        ),
        batch_size=1000,
    )
    start = platform.meetings.count() + 1
    held = Meeting.objects.bulk_create(
        Meeting(
            platform=platform,
            number=number,
            held_on=date(2021, 4, 1) + timedelta(days=number),
            chair_side="private",
            attendance_private=3,
            is_public=True,
        )
        for number in range(start, start + meetings)
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=order, title="議題", is_public=True)
        for meeting in held
        for order in (1, 2)
    )


def test_the_number_of_questions_does_not_grow(drafter: Client, platform: Platform) -> None:
    platform.areas = ["北信", "南信"]
    platform.save()
    Listing.objects.update(audience="public", figures="public", members="public", meetings="public")
    found = platform.members.filter(name__contains="つながり")
    found.update(fields=["place"], areas=["北信"])
    few = {name: count(drafter, url) for name, url in pages(platform).items()}
    grow(platform, MEMBERS, MEETINGS)
    many = {name: count(drafter, url) for name, url in pages(platform).items()}
    assert many == few
    page = drafter.get(pages(platform)["members"]).content.decode()
    assert "5,007団体" in page
    assert page.count('data-label="団体"') == 50
