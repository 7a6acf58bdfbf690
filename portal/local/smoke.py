"""`./dev demo --smoke`: the main steps through real pages, as each of the demo's people.

A step takes the Round and says what it did; it raises UnexpectedPage when it cannot.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from portal.local.browser import Browser, Page, UnexpectedPage
from portal.local.people import Person, seconds_left


@dataclass
class Round:
    """One round of the smoke test: the people, and the sessions of those who have signed in.

    A code is accepted once, so a person signs in once and keeps the session.
    """

    address: str
    people: list[Person]
    sessions: dict[str, Browser] = field(default_factory=dict)

    def session(self, person: Person) -> Browser:
        if person.login not in self.sessions:
            self.sessions[person.login] = sign_in(self.address, person)
        return self.sessions[person.login]

    def somebody(self, role: str, organisation: str = "") -> Person:
        """Raises UnexpectedPage when the demo has nobody in this role (of this organisation)."""
        for person in self.people:
            if person.role == role and organisation in ("", person.organisation):
                return person
        raise UnexpectedPage(f"The demo has nobody who is {role} {organisation}.")


Step = Callable[[Round], str]


def sign_in(address: str, person: Person) -> Browser:
    """Password, then the code of the moment, as the pages ask for them."""
    browser = Browser(address)
    first = browser.open("/account/login/")
    second = browser.submit(
        first.form_with("login", "password"),
        {"login": person.login, "password": person.password},
    )
    if second.address.rstrip("/").endswith("/login"):
        raise UnexpectedPage(f"{person.login} was not let in with the password.")
    type_code(browser, person, second)
    return browser


def type_code(browser: Browser, person: Person, page: Page) -> Page:
    """The page after the code of the moment, here or before a legal act."""
    form = page.form_with("code")
    for _ in range(2):
        after = browser.submit(form, {"code": person.code()})
        if "/mfa/" not in after.address:
            return after
        # A code is accepted once: somebody has used this one within its half minute.
        time.sleep(seconds_left() + 0.5)
    raise UnexpectedPage(f"{person.login} was not let in with the code.")


def opens_home(round_: Round, person: Person) -> str:
    page = expect_ok(round_.session(person).open("/"))
    return f"{person.role} {person.name}: signed in, opened {page.address}"


def expect_ok(page: Page) -> Page:
    if page.status != 200:
        raise UnexpectedPage(f"{page.address} answered {page.status}.")
    return page


# Whose prepared application is filed, and how long its paper may take: on a first start it waits
# behind a hundred papers of the data that were loaded, a second each where cores are shared.
PREFECTURE = "長野県"
PAPER_SECONDS = 240


def asks_for_approval(round_: Round) -> str:
    """決裁を依頼する: every requirement of the prepared plan must be met."""
    drafter = round_.somebody("起案者", PREFECTURE)
    browser = round_.session(drafter)
    case = _case(browser)
    if "/applications/" not in case.address:
        return f"{PREFECTURE}: was filed in an earlier round"
    ask = browser.open(f"/filings/{_id(case)}/do/request_approval/")
    form = ask.form_with("request_key", "note")
    after = expect_ok(browser.submit(form, {"note": "動作の確認です。"}))
    return f"{drafter.role} {drafter.name}: asked for approval, {after.address}"


def files_it(round_: Round) -> str:
    """承認して提出する: another person approves, with the second factor once more."""
    approver = round_.somebody("決裁者", PREFECTURE)
    browser = round_.session(approver)
    case = _case(browser)
    page = browser.open(f"/filings/{_id(case)}/do/submit/")
    if page.status == 409:
        return f"{PREFECTURE}: was filed in an earlier round"
    if "/reauthenticate" in page.address:
        page = type_code(browser, approver, page)
    after = expect_ok(browser.submit(page.form_with("request_key")))
    if "受付番号は" not in after.html:
        raise UnexpectedPage(f"{after.address} does not say the receipt number.")
    return f"{approver.role} {approver.name}: approved and filed, {after.address}"


def paper_is_ready(round_: Round) -> str:
    """The worker makes the application's PDF; whoever filed it opens it."""
    approver = round_.somebody("決裁者", PREFECTURE)
    browser = round_.session(approver)
    case = _id(_case(browser))
    deadline = time.monotonic() + PAPER_SECONDS
    while "作成しています" in (page := expect_ok(browser.open(f"/filings/{case}/"))).html:
        if time.monotonic() > deadline:
            raise UnexpectedPage(f"{page.address}: no paper after {PAPER_SECONDS} s.")
        time.sleep(0.5)
    paper = expect_ok(browser.open(page.link("交付申請（")))
    if not paper.html.startswith("%PDF-"):
        raise UnexpectedPage(f"{paper.address} is no PDF.")
    return f"{approver.role} {approver.name}: opened the paper, {paper.address}"


def _case(browser: Browser) -> Page:
    """This year's application, on the page where its writers or its readers see it."""
    return expect_ok(browser.open(browser.open("/applications/").link("交付申請")))


def _id(page: Page) -> str:
    return urlsplit(page.address).path.strip("/").split("/")[-1]


# What the round does after everybody has opened their home, in this order.
STEPS: tuple[Step, ...] = (asks_for_approval, files_it, paper_is_ready)


def run_smoke(address: str, people: list[Person]) -> int:
    """Prints a line per step; 0 when all went well, 1 at the first that did not."""
    round_ = Round(address, people)
    steps: list[Step] = [partial(opens_home, person=person) for person in people]
    for step in (*steps, *STEPS):
        began = time.monotonic()
        try:
            done = step(round_)
        except (UnexpectedPage, OSError) as reason:
            print(f"✗ {reason}", flush=True)
            return 1
        print(f"✓ {done} ({time.monotonic() - began:.2f} s)", flush=True)
    return 0
