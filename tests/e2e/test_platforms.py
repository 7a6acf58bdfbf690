"""A platform from talk to plan: a list taken in, a member's proposal, a meeting, its paper."""

from __future__ import annotations

import io
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.utils import timezone

from platforms.api import Listing, Platform
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Organisation
from portal.documents.api import Document
from tests.world import World

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
LIST = (
    "構成団体名簿\n\n団体の名称,官民,分野\nNPO法人つながりの輪,民,居場所\n㈱みらい,民,産業・商業\n"
)


def taking_part(world: World, platform: Platform) -> str:
    """A person of つながりの輪, which is a member; their login."""
    body = Organisation.objects.create(kind=OrganisationKind.MEMBER, name="つながりの輪")
    platform.members.filter(name__contains="つながり").update(organisation=body)
    world.cast.add(body, Role.MEMBER, "輪 守", "member@wa.example")
    return "member@wa.example"


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without"])
def test_from_a_list_to_the_minutes(
    world: World,
    visit: Callable[..., Visitor],
    arrive: Callable[..., Visitor],
    worker: subprocess.Popen[bytes],
    has_scripts: bool,
) -> None:
    platform = Platform.objects.get(owner=world.nagano)
    login = taking_part(world, platform)
    writer = visit("drafter@nagano.example", has_scripts)
    _take_the_list(writer, platform)

    member = visit(login, has_scripts)
    member.goto(platform.get_absolute_url() + "proposals/new/")
    member.fill(title="家族が休める場所", reason="支える家族が孤立しているため。")
    member.press("提案する")
    assert member.says("議題を提案しました。")

    _hold_a_meeting(writer, platform)
    writer.goto(platform.get_absolute_url() + "figures/")
    assert writer.says("水平的連携と予防の観点")
    if has_scripts:
        writer.page.locator("main summary").first.click()
        assert writer.says("年度末")
    _show_it(writer, arrive, platform)


def _take_the_list(writer: Visitor, platform: Platform) -> None:
    writer.goto(platform.get_absolute_url() + "members/import/")
    upload = {"name": "名簿.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp932")}
    writer.page.locator("main input[type=file]").set_input_files(upload)
    writer.press("取り込む前に確認する")
    assert writer.says("同じ団体とみなした行 1団体")
    writer.press("この内容で取り込む")
    assert platform.members.filter(name="㈱みらい").exists()
    writer.fill(words="株式会社みらい")
    writer.press("絞り込む")
    assert writer.says("㈱みらい")


def _hold_a_meeting(writer: Visitor, platform: Platform) -> None:
    """Called for a day to come with the member's proposal, then recorded as held today."""
    day = timezone.localdate() + timedelta(days=10)
    writer.goto(platform.get_absolute_url() + "meetings/new/")
    writer.fill(
        held_on=day.isoformat(), starts_at="13:30", attendance_public="0", attendance_private="0"
    )
    writer.tick("chair_side", "private")
    writer.fill(agenda__0__title="居場所の担い手")
    writer.press("登録する")
    assert writer.says("会議を登録しました。")
    meeting = platform.meetings.get(number=3)
    answer = writer.page.request.get(f"{writer.server}{meeting.get_absolute_url()}calendar.ics")
    assert [e["dtstart"].dt.date() for e in _events(answer.body())] == [day]

    proposal = platform.proposals.get()
    writer.goto(proposal.get_absolute_url())
    writer.press("議題に採用する")
    writer.tick("meeting", str(meeting.pk))
    writer.press("議題に採用する")
    assert meeting.agenda_items.filter(title="家族が休める場所").exists()

    writer.goto(meeting.get_absolute_url() + "edit/")
    writer.fill(
        held_on=timezone.localdate().isoformat(), attendance_public="3", attendance_private="9"
    )
    writer.press("保存する")
    writer.press("議事録のPDFを作成する")
    _until(lambda: Document.objects.filter(kind="minutes", state="ready").exists())
    writer.goto(meeting.get_absolute_url())
    assert writer.says("議事録")


def _events(content: bytes) -> list[Any]:
    return icalendar.Calendar.from_ical(io.BytesIO(content).read()).walk("VEVENT")


def _until(holds: Callable[[], bool], seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "the worker has not made the minutes"
        time.sleep(0.2)


def _show_it(writer: Visitor, arrive: Callable[..., Visitor], platform: Platform) -> None:
    """Nothing is public until the prefecture says so; then anybody reads it without signing in."""
    stranger = arrive(writer.has_scripts)
    stranger.goto("/platforms/public/")
    assert not stranger.says(platform.name)
    writer.goto(platform.get_absolute_url() + "sharing/")
    writer.tick("audience", "public")
    writer.tick("figures", "public")
    writer.press("保存する")
    assert Listing.objects.get(platform=platform).audience == "public"
    stranger.goto("/platforms/public/")
    assert stranger.says(platform.name)
    assert stranger.page.request.get(f"{stranger.server}/platforms/public/platforms.csv").ok
