"""From an invitation to the first page: the only way in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from django.core import mail

from portal.local.people import totp
from portal.outbox.api import drain

from .conftest import Visitor, World

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Visitor]


def test_an_invited_person_sets_password_and_second_factor_and_arrives(
    visit: Enter, world: World
) -> None:
    admin = visit("prefecture-admin@nagano.example")
    admin.goto("/people/members/invite/")
    admin.fill(name="佐藤 花", email="hana@nagano.example")
    admin.pick(role="drafter")
    admin.press("招待する", exact=False)
    drain()
    letter = next(m for m in mail.outbox if m.to == ["hana@nagano.example"])
    path = re.search(r"https?://[^/]+(/people/invitation/\S+)", letter.body)
    assert path is not None

    context = admin.page.context.browser.new_context(locale="ja-JP")  # type: ignore[union-attr]
    guest = Visitor(context.new_page(), admin.server, has_scripts=True)
    guest.goto(path[1])
    assert guest.says("長野県")
    guest.fill(password1="short", password2="short")
    guest.page.locator("main button[type=submit]").first.click()
    assert guest.says("15"), "the least length is said"
    password = "tsunagaru-yama-to-kaze-2026"
    guest.fill(password1=password, password2=password)
    guest.page.locator("main button[type=submit]").first.click()
    guest.page.wait_for_load_state("load")
    guest.fill(login="hana@nagano.example", password=password)
    guest.page.locator("main button[type=submit]").first.click()
    guest.page.wait_for_load_state("load")
    guest.look()
    assert "/totp/activate" in guest.page.url, "nobody works without a second factor"
    found = re.search(r"\b[A-Z2-7]{16,}\b", re.sub(r"(?<=[A-Z2-7]) (?=[A-Z2-7])", "", _text(guest)))
    assert found is not None, _text(guest)
    guest.page.locator("main input[name=code]").fill(totp(found[0], time.time()))
    guest.page.locator("main button[type=submit]").first.click()
    guest.page.wait_for_load_state("load")
    guest.look()
    guest.goto("/")
    assert guest.says("佐藤 花")
    guest.goto(path[1])
    assert guest.says("使われているか") or guest.says("使えません"), "the link works once"
    context.close()


def _text(visitor: Visitor) -> str:
    main = visitor.page.locator("main")
    values = [box.input_value() for box in main.locator("input:not([type=hidden])").all()]
    return " ".join([main.inner_text(), *values])
