"""A messy list: what is one body is shown first, and all of it is written or nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from platforms.models import Member, MemberImport, Platform
from portal.access.api import Role
from portal.audit.api import Event
from tests.world import World, client_of

pytestmark = pytest.mark.django_db

NUMBER = "2000012010019"


def messy() -> bytes:
    """A title over merged cells, notes, ㈱, full width, one body under two spellings, a total."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "名簿"
    sheet.merge_cells("A1:F1")
    sheet["A1"] = "令和７年度　孤独・孤立対策官民連携プラットフォーム　構成団体名簿"
    sheet["A2"] = "（令和7年6月1日現在）"
    sheet.append([])
    sheet.append(["No.", "団体の名称", "官民の別", "分野", "対象", "法人番号", "加入日"])
    sheet.append([1, "ＮＰＯ法人　つながりの輪", "民", "居場所", "全世代", "", "R7.4.1"])
    sheet.append(
        [2, "㈱みらい", "民間", "産業・商業", "働く世代", "２０００-０１-２０１００１９", "R7.4.1"]
    )
    sheet.append([3, "株式会社　みらい", "民間", "教育・学び", "若者", "", "R7.5.1"])
    sheet.append([4, "髙山自治会", "民間", "地域福祉", "高齢者", "", "2025/4/1"])
    sheet.append([5, "高山自治会", "民間", "見守りの会", "", "", "2025/4/1"])
    sheet.append([6, "県健康福祉部", "官", "", "", "", "2025/4/1"])
    sheet.merge_cells("C10:C11")
    sheet.append([7, "県教育センター", None, "教育・学び", "子供", "", "2025/4/1"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def send(client: Client, platform: Platform, content: bytes, name: str = "名簿.xlsx") -> Any:
    return client.post(
        reverse("platforms:import_new", args=[platform.pk]),
        {
            "file": SimpleUploadedFile(name, content),
            "side": "private",
            "joined_on": "令和7年6月1日",
        },
    )


@pytest.fixture
def held(drafter: Client, platform: Platform) -> MemberImport:
    answer = send(drafter, platform, messy())
    assert answer.status_code == 302, answer.content.decode()
    return MemberImport.objects.get()


def take(client: Client, held: MemberImport, **more: Any) -> Any:
    page = client.get(held.get_absolute_url()).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return client.post(held.get_absolute_url(), {"seen": seen, **more})


def test_what_was_merged_is_shown_before_anything_is_written(
    drafter: Client, platform: Platform, held: MemberImport
) -> None:
    before = platform.members.count()
    page = drafter.get(held.get_absolute_url()).content.decode()
    assert platform.members.count() == before
    for words in (
        "同じ団体とみなした行 3団体",
        "ＮＰＯ法人　つながりの輪",
        "特定非営利活動法人つながりの輪",
        "㈱みらい<br>株式会社　みらい",
        "髙山自治会<br>高山自治会",
        "「見守りの会」は、分野の一覧にありません。",
    ):
        assert words in page, words


def test_all_of_it_is_written_once(drafter: Client, platform: Platform, held: MemberImport) -> None:
    before = platform.members.count()
    assert take(drafter, held).status_code == 302
    assert platform.members.count() == before + 4
    company = platform.members.get(name="㈱みらい")
    assert company.corporate_number == NUMBER
    assert set(company.fields) == {"industry", "education"}
    assert set(company.life_stages) == {"working", "youth"}
    known = platform.members.get(name="特定非営利活動法人つながりの輪")
    assert known.fields == ["place"]
    assert platform.members.get(name="県健康福祉部").side == "public"
    assert platform.members.get(name="県教育センター").side == "public"
    event = Event.objects.get(verb="platforms.members.take")
    assert event.data["said"]["新規"] == "4団体"
    assert event.data["said"]["変更"] == "1団体"
    again = drafter.post(held.get_absolute_url(), {"seen": ""})
    assert again.status_code == 409
    assert "すでに取り込みました" in again.content.decode()
    assert platform.members.count() == before + 4


def test_a_body_of_its_own_is_one_when_the_person_says_so(
    drafter: Client, platform: Platform, held: MemberImport
) -> None:
    """Rows 5 and 9 are 髙山自治会 and 高山自治会 in the sheet's numbers 8 and 9."""
    before = platform.members.count()
    assert take(drafter, held, separate=["9"]).status_code == 302
    assert platform.members.count() == before + 5
    assert set(
        platform.members.filter(name__endswith="山自治会").values_list("name", flat=True)
    ) == {
        "髙山自治会",
        "高山自治会",
    }


def test_nothing_is_taken_over_a_change_that_came_between(
    drafter: Client, platform: Platform, held: MemberImport
) -> None:
    Member.objects.filter(name="県市長会").update(version=7)
    before = platform.members.count()
    answer = drafter.post(held.get_absolute_url(), {"seen": "7.0"})
    assert answer.status_code == 409
    assert "参画団体の登録が変わりました" in answer.content.decode()
    assert platform.members.count() == before


def test_an_error_stops_the_whole_list_and_comes_back_on_its_cell(
    drafter: Client, platform: Platform
) -> None:
    content = "団体名,法人番号,官民\n北町自治会,1234567890123,民\n南町自治会,,第三\n".encode(
        "cp932"
    )
    assert send(drafter, platform, content, "名簿.csv").status_code == 302
    held = MemberImport.objects.get()
    page = drafter.get(held.get_absolute_url()).content.decode()
    assert "法人番号を読み取れません。" in page
    assert "官・民のどちらか分かりません。" in page
    assert "この内容で取り込む" not in page
    assert take(drafter, held).status_code == 409
    assert not platform.members.filter(name__endswith="町自治会").exists()
    marked = drafter.get(reverse("platforms:annotated", args=[held.pk]))
    assert marked.status_code == 200
    assert marked.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("content", "name"),
    [("挨拶\n文\n".encode(), "名簿.csv"), (b"no spreadsheet", "名簿.xlsx")],
    ids=["no-header", "no-spreadsheet"],
)
def test_what_is_no_list_is_turned_away(
    drafter: Client, platform: Platform, content: bytes, name: str
) -> None:
    assert send(drafter, platform, content, name).status_code == 422
    assert not MemberImport.objects.exists()


def test_a_list_is_its_prefectures_own(world: World, held: MemberImport) -> None:
    for role, body, status in (
        (Role.DRAFTER, world.gifu, 404),
        (Role.APPROVER, world.nagano, 403),
        (Role.REVIEWER, world.office, 403),
    ):
        client = client_of(world.actor(role, body))
        for address in (held.get_absolute_url(), reverse("platforms:annotated", args=[held.pk])):
            assert client.get(address).status_code == status
            assert client.post(address).status_code in (status, 405)
