"""A key: made once, shown once, kept as a hash, and closed in time."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from grants.connections.api import AccessKey
from grants.connections.rules import expiry_problem, why_not
from grants.connections.services import digest_of
from grants.records.api import PeriodReport
from portal.accounts.api import Membership
from portal.audit.api import Event
from tests.grants.connections.conftest import key_for
from tests.grants.contracts import Deal, Pair, pair_of

TODAY = date(2024, 11, 5)


@pytest.mark.parametrize(
    ("expires_on", "is_revoked", "is_in_force", "says"),
    [
        (date(2024, 11, 5), False, True, ""),
        (date(2024, 11, 4), False, True, "期限が切れて"),
        (date(2024, 12, 31), True, True, "無効にされて"),
        (date(2024, 12, 31), False, False, "有効ではありません"),
    ],
    ids=["its last day", "a day late", "revoked", "contract over"],
)
def test_when_a_key_opens(expires_on: date, is_revoked: bool, is_in_force: bool, says: str) -> None:
    reason = why_not(
        expires_on=expires_on, is_revoked=is_revoked, is_in_force=is_in_force, today=TODAY
    )
    assert says in reason
    assert bool(reason) == bool(says)


@pytest.mark.parametrize(
    ("expires_on", "is_right"),
    [
        (date(2024, 11, 4), False),
        (date(2024, 11, 5), True),
        (date(2025, 11, 5), True),
        (date(2025, 11, 6), False),
    ],
)
def test_how_long_a_key_may_last(expires_on: date, is_right: bool) -> None:
    assert (expiry_problem(expires_on, TODAY) == "") == is_right


def ask(secret: str) -> int:
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    return int(client.get(reverse("connections_api:months")).status_code)


def test_the_responsible_makes_one_and_sees_it_once(
    deal: Deal, month: PeriodReport, pair: Pair
) -> None:
    url = reverse("connections:make", args=[month.contract_id])
    assert pair.recorders_client.get(url).status_code == HTTPStatus.FORBIDDEN
    client = pair.responsibles_client
    asked = client.get(url)
    assert "入力 花子（入力担当）" in asked.content.decode()
    form = asked.context["form"]
    offered = {name: form[name].value() or "" for name in ("expires_on", "scopes")}
    # Named by person and role: a colleague who joins meanwhile moves nobody's place.
    first = next(iter(form.people))
    usual = client.post(url, offered | {"label": "既定のまま", "person": first})
    assert usual.status_code == HTTPStatus.OK, "what the form offers is taken"
    typed = {"label": "会員管理", "person": first, "scopes": ["read", "write"]}
    late = client.post(url, typed | {"expires_on": "R7.11.6"})
    assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    made = client.post(url, typed | {"expires_on": "R6.12.31"})
    assert made.status_code == HTTPStatus.OK
    assert made["Cache-Control"] == "no-store"
    secret = re.search(r"kodoku_[\w-]{43}", made.content.decode())
    assert secret is not None
    key = AccessKey.objects.get(label="会員管理")
    assert key.digest == digest_of(secret[0])
    assert secret[0] not in repr(AccessKey.objects.values())
    assert secret[0] not in repr(Event.objects.values("data", "subject_label"))
    listed = client.get(reverse("connections:list")).content.decode()
    assert secret[0] not in listed
    assert key.hint in listed
    assert ask(secret[0]) == HTTPStatus.OK
    key.refresh_from_db()
    assert key.last_used_at is not None


def test_a_key_is_revoked_at_once(month: PeriodReport, pair: Pair) -> None:
    key, secret = key_for(pair, month)
    url = reverse("connections:revoke", args=[key.pk])
    assert pair.recorders_client.post(url).status_code == HTTPStatus.FORBIDDEN
    assert ask(secret) == HTTPStatus.OK
    assert pair.responsibles_client.post(url).status_code == HTTPStatus.FOUND
    assert ask(secret) == HTTPStatus.UNAUTHORIZED
    verbs = Event.objects.filter(verb__startswith="connections.").values_list("verb", flat=True)
    assert sorted(verbs) == ["connections.make", "connections.revoke"]


def test_a_key_ends_with_its_day_and_with_its_persons_role(month: PeriodReport, pair: Pair) -> None:
    _, secret = key_for(pair, month)
    with time_machine.travel("2025-01-01 00:00+09:00", tick=False):
        assert ask(secret) == HTTPStatus.UNAUTHORIZED
    assert ask(secret) == HTTPStatus.OK
    Membership.objects.filter(user_id=pair.recorder.user_id).update(ends_on=date(2024, 11, 5))
    assert ask(secret) == HTTPStatus.OK
    with time_machine.travel("2024-11-06 09:00+09:00", tick=False):
        assert ask(secret) == HTTPStatus.UNAUTHORIZED


def test_strangers_find_no_key(deal: Deal, month: PeriodReport, pair: Pair) -> None:
    key, _ = key_for(pair, month)
    other = pair_of(deal, deal.concluded("別の団体"), "other")
    for name, pk in (("revoke", key.pk), ("make", month.contract_id)):
        url = reverse(f"connections:{name}", args=[pk])
        assert other.responsibles_client.post(url).status_code == HTTPStatus.NOT_FOUND
    assert (
        "会員管理"
        not in other.responsibles_client.get(reverse("connections:list")).content.decode()
    )
