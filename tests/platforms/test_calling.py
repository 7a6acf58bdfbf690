"""A meeting is called together, entered in calendars, held, and put on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from platforms.models import AgendaItem, Meeting, Minutes, Platform
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Organisation
from portal.audit.api import Event
from portal.documents.api import Document, read_file
from portal.notifications.api import Notice
from portal.outbox.api import drain
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
Typed = Callable[..., dict[str, Any]]
DAY = timezone.localdate() + timedelta(days=14)


@pytest.fixture
def coming(drafter: Client, platform: Platform, typed: Typed) -> Meeting:
    answer = drafter.post(
        reverse("platforms:meeting_create", args=[platform.pk]),
        typed(
            held_on=DAY.isoformat(),
            starts_at="１３時３０分",
            ends_at="15:30",
            venue="県庁",
            attendance_public="0",
            attendance_private="0",
        ),
    )
    assert answer.status_code == 302, answer.content.decode()
    found: Meeting = platform.meetings.get(number=3)
    return found


def entry(content: bytes) -> Any:
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def test_the_entry_opens_in_a_calendar(drafter: Client, coming: Meeting) -> None:
    answer = drafter.get(reverse("platforms:calendar", args=[coming.pk]))
    assert answer["Content-Type"].startswith("text/calendar")
    event = entry(answer.content)
    assert event["summary"].endswith("第3回会議")
    assert event["location"] == "県庁"
    # 13:30 to 15:30 in Japan, whatever the reader's clock.
    start = datetime(DAY.year, DAY.month, DAY.day, 4, 30, tzinfo=UTC)
    assert event["dtstart"].dt == start
    assert event["dtend"].dt - start == timedelta(hours=2)
    assert event["sequence"] == 0
    assert "居場所の担い手" in event["description"]


def test_without_a_time_it_is_a_whole_day(drafter: Client, coming: Meeting) -> None:
    Meeting.objects.filter(pk=coming.pk).update(starts_at=None, ends_at=None)
    event = entry(drafter.get(reverse("platforms:calendar", args=[coming.pk])).content)
    assert (event["dtstart"].dt, event["dtend"].dt) == (DAY, DAY + timedelta(days=1))


def test_every_member_is_told_once(drafter: Client, platform: Platform, coming: Meeting) -> None:
    platform.members.filter(name="県市長会").update(contact_email="mayors@example.jp")
    body = Organisation.objects.create(kind=OrganisationKind.MEMBER, name="つながりの輪")
    platform.members.filter(name__contains="つながり").update(organisation=body)
    url = reverse("platforms:meeting_call", args=[coming.pk])
    for _ in range(2):
        assert drafter.post(url).status_code == 302
    drain()
    assert [message.to for message in mail.outbox] == [["mayors@example.jp"]]
    ((name, content, kind),) = mail.outbox[0].attachments
    assert (name, kind) == ("meeting.ics", "text/calendar")
    assert entry(content if isinstance(content, bytes) else content.encode())["location"] == "県庁"
    assert Notice.objects.get(organisation=body).title.startswith("第3回会議を")
    assert Event.objects.filter(verb="platforms.meeting.call").count() == 2


def test_a_meeting_that_is_over_is_not_called(drafter: Client, meeting: Meeting) -> None:
    answer = drafter.post(reverse("platforms:meeting_call", args=[meeting.pk]))
    assert answer.status_code == 409
    assert not mail.outbox


def test_what_is_still_to_be_is_no_ground_for_a_plan(world: World, coming: Meeting) -> None:
    offered = AgendaItem.objects.of_owner(world.nagano.pk)
    assert coming.pk not in {item.meeting_id for item in offered}
    assert offered.count() == 3


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ends_at": "10:00"}, "終了時刻は、開始時刻より後にしてください。"),
        ({"starts_at": "", "ends_at": "10:00"}, "開始時刻を入力してください。"),
        ({"starts_at": "25:00"}, "開始時刻は、13:30 の形で入力してください。"),
        ({"attendance_private": "3"}, "出席した人数は、開いた後に入力してください。"),
    ],
)
def test_a_call_that_cannot_be_right(
    drafter: Client, platform: Platform, typed: Typed, changed: dict[str, str], message: str
) -> None:
    data = typed(
        held_on=DAY.isoformat(),
        starts_at="13:30",
        attendance_public="0",
        attendance_private="0",
    )
    url = reverse("platforms:meeting_create", args=[platform.pk])
    answer = drafter.post(url, {**data, **changed})
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_joint_actions_have_an_owner_and_a_day(
    drafter: Client, platform: Platform, typed: Typed
) -> None:
    action = {
        "actions-TOTAL_FORMS": "1",
        "actions-0-uid": "",
        "actions-0-title": "空き店舗を探す",
        "actions-0-owner_name": "県商工会連合会",
        "actions-0-due_on": "令和7年7月1日",
        "actions-0-done_on": "",
    }
    url = reverse("platforms:meeting_create", args=[platform.pk])
    missing = drafter.post(url, typed(**{**action, "actions-0-owner_name": ""}))
    assert "ともに取り組むこと 1行目の担う団体を入力してください。" in missing.content.decode()
    assert drafter.post(url, typed(**action)).status_code == 302
    page = drafter.get(platform.meetings.get(number=3).get_absolute_url()).content.decode()
    for words in ("空き店舗を探す", "県商工会連合会", "期限超過"):
        assert words in page


def test_an_item_finds_its_proposer_among_the_members(
    drafter: Client, platform: Platform, typed: Typed
) -> None:
    data = typed(**{"agenda-0-proposed_by": "NPO法人つながりの輪", "agenda-0-proposer_side": ""})
    drafter.post(reverse("platforms:meeting_create", args=[platform.pk]), data)
    item = platform.meetings.get(number=3).agenda_items.get()
    assert item.member == platform.members.get(name="特定非営利活動法人つながりの輪")
    assert item.proposer_side == "private"


def test_minutes_are_made_once_for_what_they_say(
    world: World, drafter: Client, meeting: Meeting
) -> None:
    url = reverse("platforms:minutes", args=[meeting.pk])
    for _ in range(2):
        assert drafter.post(url).status_code == 302
    drain()
    document = Document.objects.get(kind="minutes")
    assert document.is_ready
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(read_file(document))).pages)
    for words in ("議事録", "相談のつなぎ先", "来年度の取組で優先することに合意した。"):
        assert words in text
    meeting.note = "補足を加えた。"
    meeting.save()
    drafter.post(url)
    assert Minutes.objects.filter(meeting=meeting).count() == 2
    office = client_of(world.actor(Role.REVIEWER))
    assert office.get(document.get_absolute_url()).status_code == 200
    neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert neighbour.get(document.get_absolute_url()).status_code == 404


def test_the_offices_own_minutes_are_kept_as_a_file(drafter: Client, meeting: Meeting) -> None:
    url = reverse("platforms:minutes_file", args=[meeting.pk])
    wrong = drafter.post(url, {"file": SimpleUploadedFile("議事録.pdf", b"no paper")})
    assert wrong.status_code == 422
    right = SimpleUploadedFile("議事録.csv", "発言,内容\n".encode())
    assert drafter.post(url, {"file": right}).status_code == 302
    assert "議事録.csv" in drafter.get(meeting.get_absolute_url()).content.decode()


def test_minutes_of_a_meeting_to_come_are_refused(drafter: Client, coming: Meeting) -> None:
    assert drafter.post(reverse("platforms:minutes", args=[coming.pk])).status_code == 409
    assert not Minutes.objects.exists()
