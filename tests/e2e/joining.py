"""How somebody comes in for the first time: a letter, a password, a second factor."""

from __future__ import annotations

import email
import email.policy
import re
import time
from pathlib import Path

from portal.local.people import totp

from .conftest import Visitor

PASSWORD = "tsunagaru-yama-to-kaze-2026"
_LINK = re.compile(r"https?://[^/]+(/people/invitation/\S+)")


def link_in(text: str) -> str:
    """The path of the invitation that a letter carries."""
    found = _LINK.search(text)
    assert found is not None, text
    return found[1]


def letter_to(folder: Path, address: str) -> str | None:
    """The text of the newest mail to somebody that a worker put into the folder, if it is there."""
    for file in sorted(folder.glob("*.log"), key=lambda f: f.stat().st_mtime, reverse=True):
        for part in file.read_bytes().split(b"-" * 79 + b"\n"):
            letter = email.message_from_bytes(part, policy=email.policy.default)
            if letter["To"] == address:
                return str(letter.get_body().get_content())
    return None


def set_password(guest: Visitor, password: str = PASSWORD) -> None:
    guest.fill(password1=password, password2=password)
    guest.follow(guest.page.locator("main button[type=submit]").first)


def sign_in_first_time(guest: Visitor, login: str) -> None:
    """Nobody works without a second factor: it is set up before any page opens."""
    guest.fill(login=login, password=PASSWORD)
    guest.follow(guest.page.locator("main button[type=submit]").first)
    assert "/totp/activate" in guest.page.url
    found = re.search(r"\b[A-Z2-7]{16,}\b", re.sub(r"(?<=[A-Z2-7]) (?=[A-Z2-7])", "", _text(guest)))
    assert found is not None, _text(guest)
    for _ in range(2):
        # A code that ran out while it was typed is typed again.
        guest.page.locator("main input[name=code]").fill(totp(found[0], time.time()))
        guest.follow(guest.page.locator("main button[type=submit]").first)
        if "/totp/activate" not in guest.page.url:
            break
        time.sleep(30 - time.time() % 30)
    guest.look()


def _text(visitor: Visitor) -> str:
    main = visitor.page.locator("main")
    values = [box.input_value() for box in main.locator("input:not([type=hidden])").all()]
    return " ".join([main.inner_text(), *values])
