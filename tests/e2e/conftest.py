"""The whole portal as people meet it: a live server, a real worker, a browser, real sign-ins."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from playwright.sync_api import Error as PageLeft

from grants.demo.cases import make_platform
from portal.local.people import totp
from tests.running import ROOT, end_worker, own_broker_url, start_worker, use_broker
from tests.world import World, build_world, ensure_cache_table

AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
RUN_AXE = f"async tags => {{ {AXE}; return await axe.run(document, {{runOnly: tags}}); }}"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session", autouse=True)
def _own_broker_database() -> None:
    use_broker(own_broker_url())


@pytest.fixture
def world(transactional_db: None) -> World:
    ensure_cache_table()
    world = build_world()
    for body in (world.nagano, world.gifu):
        make_platform(body)
    return world


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    """The folder into which the worker mails."""
    return tmp_path


@pytest.fixture
def worker(transactional_db: None, mails: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker of its own process on this test's database and broker."""
    process = start_worker(mails)
    yield process
    end_worker(process)


@dataclass
class Visitor:
    """One person in one browser; every page they see is checked with axe when scripts run."""

    page: Page
    server: str
    has_scripts: bool
    seen: set[str] = field(default_factory=set)

    def goto(self, path: str) -> None:
        self.page.goto(self.server + path if path.startswith("/") else path)
        self.look()

    def look(self, *, again: bool = True) -> None:
        """No server error, no barrier by WCAG 2.2 A and AA; each kind of page once."""
        text = self.page.title()
        assert "ページを表示できません" not in text, self.page.url
        kind = re.sub(r"[0-9a-f-]{36}", "*", self.page.url.partition("?")[0])
        if not self.has_scripts or kind in self.seen:
            return
        try:
            found = self.page.evaluate(RUN_AXE, WCAG)
        except PageLeft:
            # A click that had not led anywhere yet when the look began: the next page is the one.
            if not again:
                raise
            self.page.wait_for_load_state("load")
            self.look(again=False)
            return
        self.seen.add(kind)
        barriers = [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        assert barriers == [], f"{self.page.url}: {barriers}"

    def follow(self, target: Locator) -> None:
        """Clicks what leads to another page and looks at that one, never at the page being left."""
        with self.page.expect_navigation():
            target.click()
        self.look()

    def press(self, name: str, *, nth: int = 0, exact: bool = True) -> None:
        """A button or a link by its words, inside the page's main part."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=name, exact=exact).or_(
            main.get_by_role("link", name=name, exact=exact)
        )
        assert target.count() > nth, f"no «{name}» on {self.page.url}: {main.inner_text()[:1500]}"
        target.nth(nth).click()
        if self.has_scripts:
            # A form that first asks whether the portal is there is on its way until a page answers.
            self.page.locator("form[aria-busy=true]").first.wait_for(state="detached")
        self.page.wait_for_load_state("load")
        self.look()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name='{name.replace('__', '-')}']").first.fill(value)

    def pick(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main select[name='{name.replace('__', '-')}']").select_option(value)

    def tick(self, name: str, value: str | None = None) -> None:
        rest = f"[value='{value}']" if value else ""
        self.page.locator(f"main input[name='{name}']{rest}").check()

    def says(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()


def type_code(page: Page, secret: str) -> None:
    """A code holds for its half minute alone: one that ran out while typing is typed again."""
    for _ in range(2):
        page.locator("main input[name=code]").fill(totp(secret, time.time()))
        with page.expect_navigation():
            page.locator("main button[type=submit]").first.click()
        if "/authenticate" not in page.url:
            return
        time.sleep(30 - time.time() % 30)
    raise AssertionError("the code was not accepted")


@pytest.fixture
def arrive(chromium: Browser, live_server: Any) -> Iterator[Callable[[bool], Visitor]]:
    """A person at a browser of their own, not signed in."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def come(has_scripts: bool = True) -> Visitor:
        context = chromium.new_context(
            locale="ja-JP",
            viewport={"width": 1280, "height": 900},
            java_script_enabled=has_scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return Visitor(page, live_server.url, has_scripts)

    yield come
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def visit(arrive: Callable[[bool], Visitor], world: World) -> Callable[[str, bool], Visitor]:
    """Signs a person in through the pages: address, password, code of the moment."""

    def enter(login: str, has_scripts: bool = True) -> Visitor:
        visitor = arrive(has_scripts)
        person = world.sign_in_of(login)
        visitor.goto("/account/login/")
        visitor.fill(login=person["login"], password=person["password"])
        visitor.follow(visitor.page.locator("main button[type=submit]").first)
        type_code(visitor.page, person["totp_secret"])
        visitor.look()
        return visitor

    return enter
