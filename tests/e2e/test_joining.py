"""From an invitation to the first page: the only way in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from portal.outbox.api import drain

from .conftest import Visitor
from .joining import link_in, set_password, sign_in_first_time

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[..., Visitor]


def test_an_invited_person_sets_password_and_second_factor_and_arrives(
    visit: Enter, arrive: Enter
) -> None:
    admin = visit("prefecture-admin@nagano.example")
    admin.goto("/people/members/invite/")
    admin.fill(name="佐藤 花", email="hana@nagano.example")
    admin.pick(role="drafter")
    admin.press("招待する", exact=False)
    drain()
    letter = next(m for m in mail.outbox if m.to == ["hana@nagano.example"])
    path = link_in(str(letter.body))

    guest = arrive()
    guest.goto(path)
    assert guest.says("長野県")
    set_password(guest, "short")
    assert guest.says("15"), "the least length is said"
    set_password(guest)
    sign_in_first_time(guest, "hana@nagano.example")
    guest.goto("/")
    assert guest.says("佐藤 花")
    guest.goto(path)
    assert guest.says("使われているか") or guest.says("使えません"), "the link works once"
