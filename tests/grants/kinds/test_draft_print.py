"""下書き: the set of forms before filing, as its writer saw it, never taken for a filed one."""

from __future__ import annotations

import subprocess

import pytest
from django.urls import reverse

from grants.approvals.api import DraftCopy
from grants.filings.api import Filing
from grants.plans.api import PlanRevision
from portal.access.api import Role
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


def printed(world: World, filing: Filing, role: str = Role.DRAFTER) -> Document:
    client = client_of(world.actor(role, filing.grantee))
    url = reverse("applications:draft", args=[filing.pk])
    assert "まだ作っていません" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    return Document.objects.get(kind="application_draft")


def text_of(paper: Document) -> str:
    paper.refresh_from_db()
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(
        command, input=read_file(paper), capture_output=True, check=True
    ).stdout.decode()


def test_it_prints_what_was_seen_and_not_what_came_later(world: World) -> None:
    filing = world.draft()
    paper = printed(world, filing)
    PlanRevision.objects.filter(pk=filing.revision_id).update(vision="後から書いた姿")
    drain()
    text = text_of(paper)
    assert "下書き（提出前）" in text
    assert "交付申請書" in text
    assert "所要額調書" in text
    assert "チェックリスト" in text
    assert "後から書いた姿" not in text
    assert "受付番号" not in text.partition("下書きである")[0]


def test_an_unfinished_plan_is_printed_too(world: World) -> None:
    filing = world.draft()
    PlanRevision.objects.filter(pk=filing.revision_id).update(starts_on=None, applicant_name="")
    paper = printed(world, filing)
    drain()
    assert "月" in text_of(paper)


def test_it_is_the_offices_own(world: World) -> None:
    filing = world.draft()
    paper = printed(world, filing, Role.APPROVER)
    drain()
    url = paper.get_absolute_url()
    assert client_of(world.actor(Role.DRAFTER, world.nagano)).get(url).status_code == 200
    for stranger in (world.actor(Role.REVIEWER), world.actor(Role.DRAFTER, world.tottori)):
        assert client_of(stranger).get(url).status_code == 404


def test_nothing_is_printed_as_a_draft_once_it_is_filed(world: World) -> None:
    filing = world.filing("submitted")
    client = client_of(world.actor(Role.DRAFTER, world.nagano))
    assert client.post(reverse("applications:draft", args=[filing.pk])).status_code == 409
    assert not DraftCopy.objects.exists()
