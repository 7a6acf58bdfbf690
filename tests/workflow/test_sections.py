"""Saving side by side: nothing that somebody typed is overwritten, and both hear of it (409)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.demo.people import Cast
from grants.filings.api import Filing
from portal.access.api import Role
from portal.audit.api import Event
from tests.world import World, client_of

pytestmark = pytest.mark.django_db

FIELDS = {"issues": "課題", "vision": "目指す姿", "vision_measure": ""}


@pytest.fixture
def filing(world: World) -> Filing:
    return world.draft()


@pytest.fixture
def first(world: World, filing: Filing) -> Client:
    return client_of(world.actor(Role.DRAFTER))


@pytest.fixture
def second(world: World, filing: Filing) -> Client:
    colleague = Cast().add(
        world.nagano, Role.DRAFTER, "丸山 次郎", "second@nagano.example", signs_in=False
    )
    return client_of(colleague)


def save(
    client: Client, filing: Filing, version: int, *, script: bool = False, **fields: str
) -> Any:
    url = reverse("plans:section", args=[filing.revision_id, "vision"])
    headers = {"X-Autosave": "1"} if script else {}
    data = {**FIELDS, **fields, "section_version": str(version)}
    return client.post(url, data, headers=headers)


def vision(filing: Filing) -> str:
    filing = Filing.objects.select_related("revision").get(pk=filing.pk)
    return str(filing.plan_revision.vision)


@pytest.mark.parametrize("script", [True, False], ids=["autosave", "button"])
def test_the_second_of_two_writers_sees_both_values(
    filing: Filing, first: Client, second: Client, script: bool
) -> None:
    assert save(first, filing, 1, vision="一人目の姿").status_code in (200, 302)
    refused = save(second, filing, 1, script=script, vision="二人目の姿")
    assert refused.status_code == 409
    assert vision(filing) == "一人目の姿"
    if script:
        assert "小林 由佳さんが" in refused.json()["title"]
        return
    page = refused.content.decode()
    assert "一人目の姿" in page
    assert "二人目の姿" in page, "what was typed is not lost"
    assert "小林 由佳" in page


def test_after_reading_both_the_second_may_save(
    filing: Filing, first: Client, second: Client
) -> None:
    save(first, filing, 1, vision="一人目の姿")
    assert save(second, filing, 2, vision="合わせた姿").status_code == 302
    assert vision(filing) == "合わせた姿"


def test_one_persons_two_tabs_go_on(filing: Filing, first: Client) -> None:
    """Autosave of the one tab is no obstacle to the button of the other."""
    assert save(first, filing, 1, script=True, vision="下書き").status_code == 200
    assert save(first, filing, 1, vision="清書").status_code == 302
    assert vision(filing) == "清書"


def test_two_sections_do_not_meet(filing: Filing, first: Client, second: Client) -> None:
    save(first, filing, 1, vision="一人目の姿")
    url = reverse("plans:section", args=[filing.revision_id, "incomes"])
    saved = second.post(url, {"section_version": "1", "incomes-TOTAL": "0"})
    assert saved.status_code in (200, 302, 422)


def test_autosave_writes_no_event(filing: Filing, first: Client) -> None:
    before = Event.objects.count()
    save(first, filing, 1, script=True, vision="下書き")
    assert Event.objects.count() == before


def test_a_plan_that_is_with_the_approver_is_closed(
    world: World, filing: Filing, first: Client
) -> None:
    world.request(filing)
    kept = vision(filing)
    for script in (True, False):
        assert save(first, filing, 1, script=script, vision="後から").status_code == 409
    assert vision(filing) == kept


@pytest.mark.parametrize(
    "extra",
    [
        {"state": "decided"},
        {"grantee": "0" * 8},
        {"decided_by": "1"},
        {"is_open": ""},
        {"receipt_number": "2026-A-0007"},
        {"revision": "x", "plan": "x", "number": "99"},
    ],
    ids="+".join,
)
def test_a_field_that_the_form_does_not_have_changes_nothing(
    filing: Filing, first: Client, extra: dict[str, str]
) -> None:
    """security B3-3."""
    columns = ("state", "grantee_id", "receipt_number", "number", "version")
    before = Filing.objects.values(*columns).get(pk=filing.pk)
    save(first, filing, 1, **extra)
    assert Filing.objects.values(*columns).get(pk=filing.pk) == before
    assert Filing.objects.get(pk=filing.pk).plan_revision.is_open
