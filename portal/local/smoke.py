"""`./dev demo --smoke`: the main steps through real pages, as each of the demo's people.

A step takes the Round and says what it did; it raises UnexpectedPage when it cannot.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

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

    def somebody(self, role: str) -> Person:
        """Raises UnexpectedPage when the demo has nobody in this role."""
        for person in self.people:
            if person.role == role:
                return person
        raise UnexpectedPage(f"The demo has nobody who is {role}.")


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
    form = second.form_with("code")
    for _ in range(2):
        after = browser.submit(form, {"code": person.code()})
        if "/authenticate" not in after.address:
            return browser
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


# What the round does after everybody has opened their home, in this order.
STEPS: tuple[Step, ...] = ()


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
