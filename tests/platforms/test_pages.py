"""The screens: who sees what, what is asked before saving, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platforms.models import AgendaItem, Meeting, Member, Platform
from portal.access.api import Role
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
Typed = Callable[..., dict[str, Any]]

NEW = {
    "name": "県民会議",
    "form": "new",
    "existing_body": "",
    "established_on": "R7.6.1",
    "planned_on": "",
    "secretariat": "",
    "joint_bodies": "",
    "contact": "",
    "areas": "",
    "practice": "",
    "request_key": "11111111-2222-4333-8444-555555555555",
}
OF_OBJECTS = {
    "detail": Platform,
    "edit": Platform,
    "member_create": Platform,
    "meeting_create": Platform,
    "member_edit": Member,
    "member_end": Member,
    "meeting": Meeting,
    "meeting_edit": Meeting,
}
READ = {"detail", "meeting"}


def address(name: str, platform: Platform) -> str:
    model = OF_OBJECTS[name]
    row: Any = platform
    if model is not Platform:
        row = model._default_manager.filter(platform=platform).order_by("pk").first()
    return reverse(f"platforms:{name}", args=[row.pk])


@pytest.mark.parametrize("name", OF_OBJECTS)
def test_the_neighbour_and_the_contractor_find_nothing(
    world: World, platform: Platform, name: str
) -> None:
    url = address(name, platform)
    missing = reverse(f"platforms:{name}", args=["00000000-0000-4000-8000-000000000000"])
    for role in (Role.DRAFTER, Role.APPROVER, Role.PREFECTURE_ADMIN):
        client = client_of(world.actor(role, world.gifu))
        assert client.get(url).status_code == 404
        assert client.post(url, NEW).status_code in (404, 405)
        assert client.get(missing).status_code == 404


@pytest.mark.parametrize("name", OF_OBJECTS)
@pytest.mark.parametrize("role", [Role.APPROVER, Role.REVIEWER, Role.AUDITOR, Role.DECIDER])
def test_those_who_may_read_change_nothing(
    world: World, platform: Platform, name: str, role: Role
) -> None:
    answer = client_of(world.actor(role)).get(address(name, platform))
    assert answer.status_code == (200 if name in READ else 403)
    if name in READ:
        assert "登録を変える" not in answer.content.decode()
        assert "を加える" not in answer.content.decode()


def test_the_page_names_both_sides_and_the_ages_nobody_serves(
    drafter: Client, platform: Platform
) -> None:
    platform.members.filter(life_stages__contains=["all"]).update(life_stages=["youth"])
    page = drafter.get(platform.get_absolute_url()).content.decode()
    for words in ("行政　2団体", "民間　5団体", "行政 2団体　民間 5団体", "子育て世帯"):
        assert words in page
    assert page.index("第2回会議") < page.index("第1回会議")


def test_nothing_yet_says_what_to_do(world: World, drafter: Client) -> None:
    page = drafter.get(reverse("platforms:list")).content.decode()
    assert "プラットフォームをまだ登録していません" in page
    office = client_of(world.actor(Role.REVIEWER)).get(reverse("platforms:list"))
    assert "登録する</a>" not in office.content.decode()
    drafter.post(reverse("platforms:create"), NEW)
    page = drafter.get(Platform.objects.get().get_absolute_url()).content.decode()
    assert "参画団体をまだ登録していません" in page
    assert "会議をまだ登録していません" in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        pytest.param({"form": "extended"}, "使う会議体の名称を入力してください", id="4(1)③"),
        pytest.param({"form": "subcommittee"}, "使う会議体の名称を入力してください", id="4(1)③-2"),
        pytest.param({"established_on": ""}, "設置日か設置予定日のどちらか", id="no-day"),
        pytest.param({"established_on": "令和99年1月1日"}, "設置日は、今日まで", id="to-come"),
        pytest.param({"name": ""}, "名称を入力してください。", id="no-name"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    drafter: Client, world: World, changed: dict[str, str], message: str
) -> None:
    answer = drafter.post(reverse("platforms:create"), {**NEW, **changed, "secretariat": "福祉課"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'value="福祉課"' in page
    assert not Platform.objects.exists()


def test_a_meeting_with_its_agenda(drafter: Client, platform: Platform, typed: Typed) -> None:
    url = address("meeting_create", platform)
    assert 'value="3"' in drafter.get(url).content.decode()
    answer = drafter.post(url, typed())
    meeting = platform.meetings.get(number=3)
    assert answer.url == meeting.get_absolute_url()
    assert (meeting.held_on, meeting.attendance) == (date(2025, 6, 1), 32)
    page = drafter.get(answer.url).content.decode()
    assert "居場所の担い手" in page
    assert "使っていません" in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"number": "2"}, "第2回会議は登録済みです"),
        ({"held_on": "令和99年1月1日"}, "出席した人数は、開いた後に入力してください"),
        (
            {"attendance_public": "0", "attendance_private": "0"},
            "出席した人数を、行政か民間に入力してください。",
        ),
        ({"agenda-0-title": ""}, "議題 1行目の議題を入力してください。"),
        ({"agenda-TOTAL_FORMS": "0"}, "議題を1行以上入力してください。"),
    ],
    ids=["number-taken", "to-come", "nobody", "no-title", "no-agenda"],
)
def test_a_meeting_that_cannot_be_kept(
    drafter: Client, platform: Platform, typed: Typed, changed: dict[str, str], message: str
) -> None:
    answer = drafter.post(address("meeting_create", platform), typed(**changed))
    assert answer.status_code in (409, 422)
    assert message in answer.content.decode()
    assert platform.meetings.count() == 2


def test_rows_come_and_go_without_a_script(
    drafter: Client, platform: Platform, typed: Typed
) -> None:
    url = address("meeting_create", platform)
    page = drafter.post(url, typed(add_row="agenda", number="")).content.decode()
    assert 'name="agenda-1-title"' in page
    assert 'value="居場所の担い手"' in page
    assert "field__error" not in page
    page = drafter.post(url, typed(delete_row="agenda-0")).content.decode()
    assert 'value="居場所の担い手"' not in page
    assert platform.meetings.count() == 2


@pytest.mark.parametrize(
    "place", ["note", "agenda-0-agreement", "agenda-0-title", "agenda-0-proposed_by"]
)
def test_a_telephone_number_is_asked_about(
    drafter: Client, platform: Platform, typed: Typed, place: str
) -> None:
    url = address("meeting_create", platform)
    data = typed(**{place: "山田さん ０９０-1234-5678 に連絡"})
    asked = drafter.post(url, data)
    assert asked.status_code == 422
    page = asked.content.decode()
    found = "電話番号のような数字（０９０-1234-5678）と個人を指すような言葉（山田さん）"
    assert f"{found}があります" in page
    assert 'name="kept_numbers"' in page
    assert platform.meetings.count() == 2
    assert drafter.post(url, {**data, "kept_numbers": "026-235-0000"}).status_code == 422
    assert drafter.post(url, {**data, "kept_numbers": "０９０-1234-5678"}).status_code == 422
    both = ["０９０-1234-5678", "山田さん"]
    assert drafter.post(url, {**data, "kept_numbers": both}).status_code == 302
    assert platform.meetings.count() == 3


def test_without_a_number_nothing_is_asked(drafter: Client, platform: Platform) -> None:
    assert "kept_numbers" not in drafter.get(address("edit", platform)).content.decode()


def test_who_saved_first_is_named_with_both_values(
    world: World, drafter: Client, platform: Platform, typed: Typed
) -> None:
    url = address("edit", platform)
    first = {**NEW, "name": "一人目の名称", "form_version": "0"}
    assert drafter.post(url, first).status_code == 302
    late = drafter.post(url, {**NEW, "name": "二人目の名称", "form_version": "0"})
    page = late.content.decode()
    assert late.status_code == 409
    assert world.actor(Role.DRAFTER).name in page
    assert "<td>一人目の名称</td><td>二人目の名称</td>" in page
    assert 'name="form_version" value="1"' in page
    knowing = drafter.post(url, {**NEW, "name": "二人目の名称", "form_version": "1"})
    assert knowing.status_code == 302
    platform.refresh_from_db()
    assert platform.name == "二人目の名称"


def test_members_join_change_and_leave(drafter: Client, platform: Platform) -> None:
    data = {
        "name": "県医師会",
        "corporate_number": "2000012010018",
        "side": "private",
        "field": "医療",
        "life_stages": ["older", "children"],
        "joined_on": "2025年6月1日",
        "request_key": "11111111-2222-4333-8444-555555555555",
    }
    assert drafter.post(address("member_create", platform), data).status_code == 422
    data["corporate_number"] = "２０００-０１-２０１００１９"
    assert drafter.post(address("member_create", platform), data).status_code == 302
    member = platform.members.get(name="県医師会")
    assert member.corporate_number == "2000012010019"
    assert member.stage_labels == "子ども、高齢者"
    change = {**data, "kind": "medical", "contact_name": "連絡 花子", "form_version": "0"}
    url = reverse("platforms:member_edit", args=[member.pk])
    assert drafter.post(url, change).status_code == 302
    page = drafter.get(url).content.decode()
    assert "団体の種別：なし → 医療・保健" in page
    assert "連絡担当者：変更" in page
    ended = drafter.post(
        reverse("platforms:member_end", args=[member.pk]),
        {"left_on": "令和7年7月1日", "form_version": "1"},
    )
    assert ended.status_code == 302
    page = drafter.get(platform.get_absolute_url()).content.decode()
    assert "参画を終えた団体（1団体）" in page


def grow(platform: Platform, rows: int) -> None:
    """Another platform, and so many members, meetings and items more in this one."""
    Platform.objects.create(owner=platform.owner, name=f"ほかの場{rows}", form="new")
    start = platform.meetings.count() + 1
    for number in range(start, start + rows):
        Member.objects.create(
            platform=platform, name=f"団体{number}", side="private", joined_on=date(2025, 4, 1)
        )
        meeting = Meeting.objects.create(
            platform=platform, number=number, held_on=date(2025, 5, 1), chair_side="public"
        )
        for shown in {meeting, platform.meetings.get(number=1)}:
            AgendaItem.objects.create(meeting=shown, order=number + 50, title="議題")


@pytest.mark.parametrize("name", ["list", "detail", "meeting"])
def test_a_page_costs_the_same_at_three_rows_and_at_eight(
    drafter: Client, platform: Platform, name: str
) -> None:
    url = reverse("platforms:list")
    if name != "list":
        shown = platform if name == "detail" else platform.meetings.get(number=1)
        url = shown.get_absolute_url()
    counts = []
    for more in (1, 5):
        grow(platform, more)
        drafter.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert drafter.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 17


def test_the_history_of_a_platform_says_from_what_to_what(
    world: World, drafter: Client, platform: Platform
) -> None:
    url = address("edit", platform)
    drafter.post(url, {**NEW, "name": "県民会議", "areas": "北信、南信", "form_version": "0"})
    groups = {
        "groups-TOTAL_FORMS": "1",
        "groups-INITIAL_FORMS": "0",
        "groups-0-name": "若者分科会",
        "groups-0-purpose": "",
        "groups-0-started_on": "",
        "groups-0-ended_on": "",
        "form_version": "1",
        "request_key": NEW["request_key"],
    }
    group_url = reverse("platforms:groups", args=[platform.pk])
    assert drafter.post(group_url, groups).status_code == 302
    assert drafter.post(group_url, groups).status_code == 409
    history = reverse("platforms:history", args=[platform.pk])
    page = client_of(world.actor(Role.REVIEWER)).get(history).content.decode()
    for words in ("県民会議", "区域：なし → 北信、南信", "分科会：若者分科会", "要領3(1)"):
        assert words in page
    assert page.index("分科会の登録を変える") < page.index("プラットフォームの登録を変える")


def test_a_planned_platform_shows_its_way(drafter: Client, world: World) -> None:
    planned = {**NEW, "established_on": "", "planned_on": "令和99年10月1日"}
    assert drafter.post(reverse("platforms:create"), planned).status_code == 302
    platform = Platform.objects.get()
    assert platform.is_planned
    rows = {
        "milestones-TOTAL_FORMS": "1",
        "milestones-INITIAL_FORMS": "0",
        "milestones-0-title": "準備会を開く",
        "milestones-0-due_on": "令和98年4月1日",
        "milestones-0-done_on": "",
        "form_version": "0",
        "request_key": NEW["request_key"],
    }
    url = reverse("platforms:milestones", args=[platform.pk])
    assert drafter.post(url, {**rows, "milestones-0-due_on": ""}).status_code == 422
    assert drafter.post(url, rows).status_code == 302
    page = drafter.get(platform.get_absolute_url()).content.decode()
    assert "設置までの工程" in page
    assert "準備会を開く" in page


def test_rules_are_kept_with_those_before(drafter: Client, platform: Platform) -> None:
    url = reverse("platforms:rules", args=[platform.pk])
    for name in ("規約.csv", "規約2.csv"):
        upload = SimpleUploadedFile(name, f"条,{name}\n".encode())
        assert drafter.post(url, {"file": upload}).status_code == 302
    page = drafter.get(url).content.decode()
    assert page.index("規約2.csv") < page.index("規約.csv")
    assert "規約2.csv" in drafter.get(platform.get_absolute_url()).content.decode()
    wrong = drafter.post(url, {"file": SimpleUploadedFile("規約.pdf", b"MZ no paper")})
    assert wrong.status_code == 422


def test_members_are_found_by_any_writing_of_their_names(
    drafter: Client, platform: Platform
) -> None:
    url = reverse("platforms:members", args=[platform.pk])
    for query, found in (
        ({"words": "NPO法人つながりの輪"}, 1),
        ({"words": "ＮＰＯ法人　つながり"}, 1),
        ({"side": "public"}, 2),
        ({"stage": "youth"}, 4),
        ({"words": "地域福祉"}, 2),
        ({"left": "1"}, 0),
        ({"side": "x'", "kind": "\0", "words": "\0"}, 7),
    ):
        page = drafter.get(url, query).content.decode()
        assert f'<p class="meta">{found}団体</p>' in page, query
