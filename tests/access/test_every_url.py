"""Every address has an action; strangers are asked to sign in; every link of a page leads on."""

from __future__ import annotations

import inspect
import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from portal.access.api import PUBLIC, SIGNED_IN, ActionView, Role, all_actions
from portal.workflow.api import TransitionView
from tests.access.everyone import Everyone, with_samples
from tests.access.urls import ALLAUTH, SHADOWED, Address, addresses, ours

ACTIONS = {action.name for action in all_actions()} | {PUBLIC, SIGNED_IN}


def test_the_walk_finds_the_house() -> None:
    assert len(ours()) >= 40
    assert {"home", "filing_transition", "plans:section"} <= {a.name for a in ours()}


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_an_address_has_an_action(address: Address) -> None:
    if address.view is None:
        assert address.name in ALLAUTH.keys() | SHADOWED, "let the view be an ActionView"
        return
    if issubclass(address.view, TransitionView):
        assert address.view.get_action is TransitionView.get_action, "its action is its table's"
        return
    assert address.view.action in ACTIONS, "register the action in the package's policy.py"


def test_the_list_of_allauths_addresses_is_not_longer_than_it_must_be() -> None:
    assert set(ALLAUTH) <= {address.name for address in addresses() if address.view is None}


def test_names_are_unique() -> None:
    names = [address.name for address in ours()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("address", ours(), ids=lambda address: address.name)
def test_nothing_answers_past_the_action(address: Address) -> None:
    """`dispatch` asks both questions; a view that has its own must go on to it."""
    assert address.view is not None
    own = address.view.__dict__.get("dispatch")
    if own is None or address.view is ActionView:
        return
    assert "super().dispatch" in inspect.getsource(own)


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in(everyone: Everyone) -> None:
    with_samples(everyone, everyone.world.filing("submitted"))
    login = reverse("account_login")
    for address in ours():
        assert address.view is not None
        for method in ("get", "post"):
            answer = getattr(Client(), method)(everyone.url(address))
            if address.is_for_programs:
                assert answer.status_code == HTTPStatus.UNAUTHORIZED, address.name
            elif address.view.action == PUBLIC:
                assert answer.status_code in (200, 405, 410, 422), address.name
            else:
                assert answer.status_code == HTTPStatus.FOUND, address.name
                assert answer.url.startswith(login), address.name


@pytest.mark.long
@pytest.mark.django_db
def test_every_way_out_of_a_page_exists(everyone: Everyone) -> None:
    """What the menus, tiles and lists of each role link to answers them."""
    with_samples(everyone, everyone.world.filing("returned"))
    for role in everyone.clients:
        html = everyone.get(role, "/").content.decode()
        for link in sorted(set(re.findall(r'href="(/[^"#]*)', html))):
            if link.startswith("/static/"):
                continue
            answer = everyone.get(role, link)
            assert answer.status_code in (200, 302), f"{role}: {link} {answer.status_code}"


@pytest.mark.long
@pytest.mark.django_db
def test_a_post_without_its_token_is_refused(everyone: Everyone) -> None:
    """security B3-31: every address that posts, also from another origin."""
    with_samples(everyone, everyone.world.filing("returned"))
    client = Client(enforce_csrf_checks=True)
    client.cookies = everyone.clients[Role.DRAFTER].cookies
    for address in ours():
        for extra in ({}, {"Origin": "https://elsewhere.example"}):
            answer = client.post(everyone.url(address), headers=extra)
            refused = HTTPStatus.UNAUTHORIZED if address.is_for_programs else HTTPStatus.FORBIDDEN
            assert answer.status_code == refused, address.name
