"""The frame of every page, and the pages of what did not work."""

from typing import Any

import pytest
from django.test import Client

from portal.accounts.api import Membership, User
from portal.ui import navigation
from portal.ui.api import NavItem, NavLink

pytestmark = pytest.mark.django_db
HELP = ("/help/", "/help/contact/", "/accessibility/", "/privacy/", "/status/", "/components/")


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Menus that a test may fill."""
    monkeypatch.setattr(navigation, "_items", dict(navigation._items))
    monkeypatch.setattr(navigation, "_unread", [])
    monkeypatch.setattr(navigation, "_year", [])
    return navigation


@pytest.mark.parametrize("path", HELP)
def test_help_is_open_to_those_who_cannot_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "事務ポータル</title>" in response.content.decode()


def test_a_stranger_sees_no_menu(client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert "site-nav" not in page
    assert "data-session-seconds" not in page
    assert "アクセシビリティ" in page


def test_the_header_says_who_is_acting(signed_in: Client) -> None:
    page = signed_in.get("/help/").content.decode()
    assert "内閣府　髙橋 直人（" in page
    assert 'aria-current="page">ヘルプ' in page
    assert "（使用中）" in page


def test_one_of_two_roles_is_worn_and_the_other_can_be(signed_in: Client, person: User) -> None:
    page = signed_in.get("/help/").content.decode()
    worn, other = ("監査", "審査担当") if "（監査）" in page else ("審査担当", "監査")
    membership = Membership.objects.get(
        user=person, role="reviewer" if other == "審査担当" else "auditor"
    )
    assert f'name="membership" value="{membership.pk}"' in page
    assert f"内閣府 {worn}（使用中）" in page
    signed_in.post("/people/role/", {"membership": membership.pk})
    assert f"内閣府 {other}（使用中）" in signed_in.get("/help/").content.decode()


def test_who_holds_no_role_can_still_sign_out(signed_in: Client, person: User) -> None:
    Membership.objects.filter(user=person).delete()
    page = signed_in.get("/help/").content.decode()
    assert "ログアウト" in page
    assert "site-nav" not in page


def test_the_mark_of_a_trial_stands_on_every_page(client: Client, settings: Any) -> None:
    settings.SITE_MARK = "デモ"
    for path in ("/help/", "/nowhere/", "/account/login/"):
        assert "<b>デモ</b>" in client.get(path).content.decode()
    settings.SITE_MARK = ""
    assert "site-mark" not in client.get("/help/").content.decode()


def test_packages_fill_the_menus(signed_in: Client, menus: Any) -> None:
    menus.register(
        NavItem("稼働", "ui:status", frozenset({"reviewer", "auditor"}), order=5),
        NavItem("見えない", "ui:privacy", frozenset({"drafter"}), order=6),
    )
    menus.set_unread_counter(lambda actor: 3, "ui:contact")
    menus.set_year_source(lambda request: NavLink("令和8年度", "/years/"))
    page = signed_in.get("/help/").content.decode()
    assert '<a href="/status/">稼働</a>' in page
    assert "見えない" not in page
    assert '<span class="count">3<span class="vh">件が未読</span>' in page
    assert '<a href="/years/">令和8年度' in page


def test_the_menu_knows_the_page_above() -> None:
    links = {
        link.label: link.current for link in navigation.links("footer", None, "/help/contact/")
    }
    assert links["この画面の使い方"] == "true"
    assert links["稼働状況"] == ""


def test_the_menu_knows_a_page_that_belongs_to_an_entry_by_another_address(menus: Any) -> None:
    menus.register(NavItem("稼働", "ui:status", also=("ui:privacy",)), NavItem("別", "ui:contact"))
    links = {link.label: link.current for link in menus.links("main", None, "/privacy/")}
    assert (links["稼働"], links["別"]) == ("true", "")


@pytest.mark.parametrize(
    "item",
    [NavItem("別の名", "ui:help", section="footer"), NavItem("迷子", "ui:help", section="top")],
)
def test_a_menu_entry_is_said_once_and_in_a_section_that_exists(menus: Any, item: NavItem) -> None:
    with pytest.raises(ValueError, match=r"ui:help|top"):
        menus.register(item)


def test_going_on_is_told_how_long_it_lasts(signed_in: Client, settings: Any) -> None:
    assert signed_in.post("/keep-alive/").json() == {"seconds": settings.SESSION_IDLE_SECONDS - 60}
    assert Client().post("/keep-alive/").status_code == 302


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere/", 404, "ページが見つかりません"),
        ("/denied/", 403, "「決定する」ができるのは、決定権者です。"),
        ("/overtaken/", 409, "佐藤さんが10時42分に先に保存しました。"),
        ("/big/", 413, "送信された内容が大きすぎます"),
        ("/often/", 429, "受け付けを止めています"),
        ("/broken/", 500, "ページを表示できません"),
        ("/away/", 503, "ただいま利用できません"),
    ],
)
def test_an_error_says_what_to_do_and_has_a_number(path: str, status: int, words: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "次にできること" in page
    assert response["X-Reference"] in page
    assert "on purpose" not in page


def test_what_is_not_found_is_the_same_for_all(client: Client, signed_in: Client) -> None:
    assert "ページが見つかりません" in signed_in.get("/people/members/x/").content.decode()


def test_an_old_page_is_told_to_reload(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    response = strict.post("/sample/", {"title": "居場所"})
    assert response.status_code == 403
    assert "画面の有効期限が切れました" in response.content.decode()


def test_the_last_resort_needs_no_template(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> Any:
        raise RuntimeError("no template either")

    monkeypatch.setattr("portal.ui.errors.loader.render_to_string", fail)
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert response["X-Reference"] in response.content.decode()


def test_the_title_says_that_something_is_wrong(client: Client) -> None:
    assert "<title>エラー：⑦" in client.post("/sample/", {"title": ""}).content.decode()
    assert "<title>⑦" in client.get("/sample/").content.decode()
