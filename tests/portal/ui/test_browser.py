"""The pages in a real browser: what can be seen, reached and undone, with scripts and without."""

from typing import Any

import pytest
from django.conf import settings as configured
from playwright.sync_api import Browser, Page, expect

from portal.accounts.api import User

from . import urls
from .conftest import violations

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/components/", "/sample/", "/help/", "/help/contact/", "/nowhere/", "/account/login/")

# A rectangle per control that the eye cannot see in full when it has the focus.
OBSCURED = """() => {
  const it = document.activeElement;
  if (it === document.body) return "";
  const box = it.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  const seen = it.contains(top) || (top && top.contains(it)) || (it.labels || [])[0]?.contains(top);
  return seen ? "" : it.outerHTML.slice(0, 120);
}"""
# WCAG 1.4.12, as far as Japanese has these measures.
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }"
CLIPPED = """() => [...document.querySelectorAll(".button, .chip, .field__label, th, .site-nav a")]
  .filter((part) => part.scrollWidth > part.clientWidth + 1)
  .map((part) => part.outerHTML.slice(0, 120))"""


@pytest.fixture(autouse=True)
def _nothing_saved_yet() -> None:
    urls.saved.clear()
    urls.answers["status"] = 200


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_keeps_people_out(live_server: Any, page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + path)
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_enlarged_four_times_scrolls_one_way(
    live_server: Any, page: Page, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(live_server.url + path)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_wider_spacing_clips_nothing(live_server: Any, page: Page) -> None:
    page.goto(live_server.url + "/components/")
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", SPACING)
    assert page.evaluate(CLIPPED) == []


def test_every_stop_of_the_keyboard_can_be_seen(live_server: Any, page: Page) -> None:
    page.goto(live_server.url + "/components/")
    page.evaluate("document.body.focus()")
    stops = 0
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
        assert page.evaluate(OBSCURED) == ""
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        if page.evaluate(outline) == "none":
            # A row that is a link as a whole shows the ring around the row.
            after = "getComputedStyle(document.activeElement, '::after').outlineStyle"
            assert page.evaluate(after) == "solid"
    assert stops > 60


def test_the_summary_takes_the_focus_and_leads_to_the_field(live_server: Any, page: Page) -> None:
    page.goto(live_server.url + "/sample/")
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("link", name="取組の名称を入力してください。").click()
    expect(page.locator("#id_title")).to_be_focused()


def test_a_counter_counts_as_people_do(live_server: Any, page: Page) -> None:
    page.goto(live_server.url + "/sample/")
    page.fill("#id_aim", "𠮷\n髙")
    expect(page.locator("#id_aim-count")).to_have_text("3／10字")
    page.fill("#id_aim", "あ" * 12)
    expect(page.locator("#id_aim-count")).to_have_text("12／10字（2字多くなっています）")


def test_rows_come_and_go_without_a_round_trip(live_server: Any, page: Page) -> None:
    page.goto(live_server.url + "/sample/")
    page.fill("#id_lines-0-price", "100")
    page.get_by_role("button", name="行を追加する").click()
    expect(page.locator("#id_lines-1-price")).to_be_focused()
    expect(page.locator("[data-announcer]")).to_have_text("2行目を追加しました。")
    assert (
        page.locator("#id_lines-1-uid").input_value()
        != page.locator("#id_lines-0-uid").input_value()
    )
    page.fill("#id_lines-1-price", "200")
    page.get_by_role("button", name="削除（").or_(
        page.locator("button[value='lines-0']")
    ).first.click()
    expect(page.locator("[data-announcer]")).to_contain_text("1行目を削除しました。")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    expect(page.locator("tbody tr:visible [data-row-number]")).to_have_text("1")
    expect(page.locator("#id_lines-1-price")).to_be_focused()
    assert not urls.saved
    for _ in range(3):
        page.get_by_role("button", name="行を追加する").click()
    expect(page.locator("[data-announcer]")).to_have_text("行は3行までです。")


def test_rows_come_and_go_without_scripts(live_server: Any, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/sample/")
    page.fill("#id_title", "居場所")
    page.fill("#id_lines-0-price", "百円")
    page.get_by_role("button", name="行を追加する").click()
    page.fill("#id_lines-1-price", "200")
    page.locator("button[value='lines-0']").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#id_lines-1-price")).to_have_value("200")
    expect(page.locator("#id_title")).to_have_value("居場所")
    expect(page.locator(".field__error")).to_have_count(0)
    context.close()


def test_a_second_click_is_ignored(live_server: Any, page: Page) -> None:
    page.goto(live_server.url + "/sample/")
    with page.expect_navigation():
        page.evaluate(
            """() => {
              const button = document.querySelector(".actions .button--solid");
              button.click(); button.click(); button.click();
            }"""
        )
    assert len(urls.saved) == 1
    page.get_by_role("button", name="保存して次へ").click()
    assert len(urls.saved) == 2


def test_what_is_typed_is_saved_soon(live_server: Any, page: Page) -> None:
    page.goto(live_server.url + "/sample/")
    page.fill("#id_title", "居場所")
    expect(page.locator("[data-save-state]")).to_have_text(
        "2月20日 10時42分に自動保存しました", timeout=10_000
    )
    assert urls.saved[0]["title"] == "居場所"
    assert urls.saved[0]["section_version"] == "7"
    expect(page.locator("input[name='section_version']")).to_have_value("8")
    expect(page.locator("#total")).to_have_text("10,920,000")
    expect(page.locator("#id_title-error")).to_have_text("取組の名称を入力してください。")
    expect(page.locator("#id_title")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []


def test_another_who_was_first_is_named_and_nothing_is_lost(live_server: Any, page: Page) -> None:
    urls.answers["status"] = 409
    page.goto(live_server.url + "/sample/")
    page.fill("#id_title", "居場所")
    link = page.get_by_role("link", name="違いを確認して、残す内容を選ぶ")
    expect(link).to_have_attribute("href", "/compare/", timeout=10_000)
    page.fill("#id_title", "居場所づくり")
    page.wait_for_timeout(2500)
    assert len(urls.saved) == 1
    expect(page.locator("#id_title")).to_have_value("居場所づくり")


def test_who_was_signed_out_finds_the_text_again(live_server: Any, page: Page) -> None:
    urls.answers["status"] = 401
    page.goto(live_server.url + "/sample/")
    page.fill("#id_title", "居場所")
    link = page.get_by_role("main").get_by_role("link", name="ログインする")
    expect(link).to_have_attribute("href", "/account/login/?next=%2Fsample%2F", timeout=10_000)
    assert violations(page) == []
    urls.answers["status"] = 200
    page.reload()
    expect(page.locator("#id_title")).to_have_value("居場所")
    expect(page.locator("[data-save-state]")).to_contain_text("自動保存しました", timeout=10_000)


def test_leaving_is_questioned_only_with_something_unsaved(live_server: Any, page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(live_server.url + "/sample/")
    page.goto(live_server.url + "/help/")
    assert asked == []
    page.goto(live_server.url + "/sample/")
    page.locator("#id_title").press_sequentially("居")
    page.goto(live_server.url + "/help/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("key", ["Control+s", "Enter"])
def test_a_key_saves_and_files_nothing(live_server: Any, page: Page, key: str) -> None:
    page.goto(live_server.url + "/sample/")
    page.locator("#id_title").press_sequentially("居場所")
    with page.expect_navigation():
        page.locator("#id_title").press(key)
    assert [entry.get("later") for entry in urls.saved] == ["1"]


def test_the_end_of_the_session_is_announced_and_one_key_goes_on(
    live_server: Any, page: Page, person: User, client: Any
) -> None:
    client.force_login(person)
    name = configured.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )
    page.clock.install()
    page.goto(live_server.url + "/help/")
    page.get_by_role("link", name="稼働状況").first.focus()
    page.clock.run_for((configured.SESSION_IDLE_SECONDS - 60 - 115) * 1000)
    warning = page.get_by_role("alertdialog")
    expect(warning).to_contain_text("あと2分です。")
    expect(page.get_by_role("button", name="続ける")).to_be_focused()
    assert violations(page) == []
    with page.expect_response("**/keep-alive/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.ok
    expect(warning).to_be_hidden()
    expect(page.get_by_role("link", name="稼働状況").first).to_be_focused()


def test_a_menu_closes_with_escape(live_server: Any, page: Page, person: User, client: Any) -> None:
    client.force_login(person)
    name = configured.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + "/help/")
        page.locator("details.menu > summary").click()
        box = page.locator("details.menu > ul").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
        expect(page.locator("details.menu > summary")).to_be_focused()
        expect(page.locator("details.menu > ul")).to_be_hidden()
