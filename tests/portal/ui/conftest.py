"""A person with two roles, and a browser. Pages of the tests alone are in urls.py beside this file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Browser, Page

from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Membership, Organisation, User

AXE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def _own_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.portal.ui.urls"
    pages = settings.TEMPLATES[0]
    own = [*pages["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = [pages | {"DIRS": own}]


@pytest.fixture
def office() -> Organisation:
    return Organisation.objects.create(kind=OrganisationKind.CABINET_OFFICE, name="内閣府")


@pytest.fixture
def person(office: Organisation) -> User:
    """審査担当 and 監査 of one office, with a second factor."""
    user = User.objects.create_user("takahashi@example.go.jp", name="髙橋 直人")
    for role in (Role.REVIEWER, Role.AUDITOR):
        Membership.objects.create(user=user, organisation=office, role=role)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


@pytest.fixture
def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen: no script error, no refused resource."""
    context = chromium.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            faults.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield opened
    context.close()
    assert not faults


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now, by WCAG 2.2 A and AA and its good practices."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
