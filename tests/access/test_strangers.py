"""What is not yours answers like what never was: 404, to the byte (security B3-2).

The strangers are near misses: another prefecture that owns a similar object, the same person in
another office, a contractor, and the Cabinet Office before anything was filed.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from grants.filings.api import Filing, latest_version, raise_item
from portal.access.api import Role
from portal.core.actor import Actor
from tests.access.everyone import Everyone, with_samples
from tests.access.urls import of_objects
from tests.world import client_of

pytestmark = pytest.mark.django_db

# Different in every answer, whatever was asked for.
CHANGING = (
    re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+'),
    re.compile(rb'(?<=nonce=")[^"]+'),
)


def body(answer: Any, pk: Any) -> bytes:
    """Without the reference id, the tokens and the id that was asked for."""
    text: bytes = answer.content.replace(str(pk).encode(), b"*")
    text = text.replace(answer["X-Reference"].encode(), b"*")
    for pattern in CHANGING:
        text = pattern.sub(b"*", text)
    return text


def headers(answer: Any) -> dict[str, str]:
    changing = {"X-Reference", "Content-Security-Policy"}
    return {name: value for name, value in answer.items() if name not in changing}


def unseen(everyone: Everyone, actor: Actor, client: Client, methods: tuple[str, ...]) -> int:
    """Compares every object of the sample that this actor must not see; returns how many."""
    compared = 0
    for address in of_objects():
        model = address.view.model
        pk = everyone.samples[model]
        if model.objects.for_user(actor).filter(pk=pk).exists():
            continue
        for method in methods:
            missing_pk = uuid4()
            there = getattr(client, method)(everyone.url(address))
            missing = getattr(client, method)(everyone.url(address, missing_pk))
            assert there.status_code == missing.status_code == 404, f"{method} {address.name}"
            assert body(there, pk) == body(missing, missing_pk), f"{method} {address.name}"
            assert headers(there) == headers(missing), f"{method} {address.name}"
        compared += 1
    return compared


@pytest.fixture
def filing(everyone: Everyone) -> Filing:
    filing = everyone.world.filing("returned")
    with_samples(everyone, filing)
    return filing


def test_another_prefecture_with_an_object_of_its_own(everyone: Everyone, filing: Filing) -> None:
    everyone.world.draft(everyone.world.gifu)
    actor = everyone.world.actor(Role.DRAFTER, everyone.world.gifu)
    assert unseen(everyone, actor, client_of(actor), ("get", "post")) >= 15


def test_the_same_person_wearing_the_hat_of_another_prefecture(
    everyone: Everyone, filing: Filing
) -> None:
    """They may see it as 長野県's drafter; not while they act for 岐阜県."""
    mine = everyone.world.actor(Role.DRAFTER)
    hat = everyone.world.wearing(mine, everyone.world.gifu, Role.DRAFTER)
    assert unseen(everyone, hat, client_of(hat), ("get",)) >= 15
    assert client_of(mine).get(filing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("role", [Role.RECORDER, Role.MEMBER, Role.READER, Role.SYSTEM_ADMIN])
def test_people_whom_no_filing_concerns(everyone: Everyone, filing: Filing, role: str) -> None:
    assert unseen(everyone, everyone.actors[role], everyone.clients[role], ("get",)) >= 10


def test_the_cabinet_office_before_anything_was_filed(everyone: Everyone) -> None:
    """A draft is its own prefecture's affair."""
    with_samples(everyone, everyone.world.draft())
    role = Role.REVIEWER
    assert unseen(everyone, everyone.actors[role], everyone.clients[role], ("get", "post")) >= 8


def test_a_point_that_was_not_told_yet(everyone: Everyone) -> None:
    """The prefecture hears of a point with the return, not while the reviewer writes it."""
    filing = everyone.world.filing("under_review")
    sealed = latest_version(filing)
    assert sealed is not None
    item = raise_item(
        actor=everyone.world.actor(Role.REVIEWER),
        filing=filing,
        sealed=sealed,
        address="basics//applicant_name",
        clause="",
        text="まだ伝えていないこと",
    )
    client = everyone.clients[Role.DRAFTER]
    assert client.get(item.transition_url("answer")).status_code == 404
    assert "まだ伝えていないこと" not in client.get(filing.get_absolute_url()).content.decode()


def test_lists_hold_nothing_of_others(everyone: Everyone, filing: Filing) -> None:
    gifu = client_of(everyone.world.actor(Role.DRAFTER, everyone.world.gifu))
    for url in ("/", "/applications/", "/documents/", "/notices/", "/platforms/"):
        page = gifu.get(url).content.decode()
        assert str(filing.pk) not in page
        assert str(filing.receipt_number) not in page
