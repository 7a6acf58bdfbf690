"""Odd input in a plan: what can be read is read and said; what cannot is kept, said, never sealed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.filings.api import Filing
from grants.plans.models import Section
from portal.access.api import Role
from portal.core.problems import Refused
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
MEGABYTE = "あ" * (1024 * 1024 // 3)


@pytest.fixture
def filing(world: World) -> Filing:
    return world.draft()


@pytest.fixture
def drafter(world: World, filing: Filing) -> Client:
    return client_of(world.actor(Role.DRAFTER))


def save(client: Client, filing: Filing, key: str, **fields: str) -> Any:
    url = reverse("plans:section", args=[filing.revision_id, key])
    version = Section.objects.filter(revision=filing.revision_id, key=key).first()
    data = {"section_version": str(version.version if version else 0), **fields}
    return client.post(url, data)


def lines(**first: str) -> dict[str, str]:
    row = {
        "category_code": "07",
        "item": "謝金",
        "delivery": "direct",
        "quantity": "10",
        "unit": "回",
        "unit_price": "1000",
        "is_eligible": "on",
        "other_funding": "none",
        **first,
    }
    platform = {
        "platform_name": "長野県プラットフォーム",
        "platform_form": "new",
        "platform_content": "官民で課題を出し合う。",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
    }
    return {**platform, **{f"lines-0-{name}": value for name, value in row.items()}}


def only_line(filing: Filing) -> Any:
    return filing.plan_revision.lines.filter(activity_uid=None).get()


@pytest.mark.parametrize(
    ("typed", "yen"),
    [
        ("12500", 12_500),
        ("１２，５００", 12_500),
        ("12,500円", 12_500),
        ("¥12,500", 12_500),
        (" 12 500 ", 12_500),
        ("1万2500円", None),
        ("約12500", None),
        ("10000～12500", None),
        ("-500", None),
        ("△500", None),
        ("12.5", None),
        ("一二五〇〇", None),
        ("99999999999999", None),
        ("1e4", None),
        ("٣٤", None),
    ],
)
def test_a_unit_price_as_people_type_it(
    drafter: Client, filing: Filing, typed: str, yen: int | None
) -> None:
    answer = save(drafter, filing, "platform", **lines(unit_price=typed))
    stored = only_line(filing)
    if yen is not None:
        assert stored.unit_price == yen
        assert stored.amount == yen * 10
        return
    if stored.unit_price is not None:
        # Read after all: then what was understood is what people mean by it.
        assert typed in ("1万2500円", "12.5", "٣٤", "一二五〇〇"), (typed, stored.unit_price)
        return
    assert stored.amount is None
    assert answer.status_code == 422
    html = answer.content.decode()
    assert typed.strip() in html, "what was typed is kept"
    assert 'aria-invalid="true"' in html
    section = Section.objects.get(revision=filing.revision_id, key="platform")
    assert "lines-0/unit_price" in section.problems
    again = drafter.get(reverse("plans:section", args=[filing.revision_id, "platform"]))
    assert typed.strip() in again.content.decode(), "and kept when one comes back"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-10-01", "2026-10-01"),
        ("令和8年10月1日", "2026-10-01"),
        ("Ｒ８．１０．１", "2026-10-01"),
        ("R8.10.1", "2026-10-01"),
        ("2026/10/1", "2026-10-01"),
        ("2026-13-01", None),
        ("令和8年2月30日", None),
        ("きのう", None),
    ],
)
def test_a_date_either_way(drafter: Client, filing: Filing, typed: str, day: str | None) -> None:
    answer = save(drafter, filing, "basics", starts_on=typed, applicant_title="長野県知事")
    filing.plan_revision.refresh_from_db()
    stored = filing.plan_revision.starts_on
    assert (stored.isoformat() if stored else None) == day
    if day is None:
        assert answer.status_code == 422
        assert typed in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "nul \x00 in it",
        "\u202e右から左",
        "絵文字🙂と髙橋﨑𠮷葛󠄀",
        "<script>alert(1)</script>",
        "{{ settings.SECRET_KEY }}",
        "'; DROP TABLE plans_plan; --",
        '=HYPERLINK("x")',
        "a\r\nb\tc",
        MEGABYTE,
    ],
    ids=["nul", "rtl", "emoji", "script", "template", "sql", "formula", "lines", "1MB"],
)
def test_odd_text_is_kept_or_refused_in_words(drafter: Client, filing: Filing, text: str) -> None:
    answer = save(drafter, filing, "vision", issues="課題", vision=text)
    assert answer.status_code in (302, 422), answer.status_code
    filing.plan_revision.refresh_from_db()
    if answer.status_code == 422:
        assert 'aria-invalid="true"' in answer.content.decode()
        return
    assert filing.plan_revision.vision.split() == text.replace("\x00", "").split()
    page = drafter.get(reverse("plans:section", args=[filing.revision_id, "vision"]))
    assert "<script>alert(1)" not in page.content.decode()


def test_what_cannot_be_read_is_never_sealed(world: World, drafter: Client, filing: Filing) -> None:
    save(drafter, filing, "platform", **lines(unit_price="約1万"))
    with pytest.raises(Refused):
        world.request(filing)


def test_a_row_of_another_plan_is_not_taken_over(
    world: World, drafter: Client, filing: Filing
) -> None:
    """A uid from elsewhere in the form makes a row here, and leaves the other one alone."""
    other = world.draft(world.gifu)
    theirs = other.plan_revision.lines.first()
    before = (theirs.unit_price, theirs.amount, theirs.item)
    save(drafter, filing, "platform", **lines(uid=str(theirs.uid), unit_price="1"))
    theirs.refresh_from_db()
    assert (theirs.unit_price, theirs.amount, theirs.item) == before


def test_numbers_in_another_writing_are_read_and_it_is_said(
    drafter: Client, filing: Filing
) -> None:
    typed = lines(quantity="１０", unit_price="１２，５００円")
    save(drafter, filing, "platform", **typed, draft="1")
    page = drafter.get(reverse("plans:section", args=[filing.revision_id, "platform"]))
    html = page.content.decode()
    assert "2か所で、全角の数字、カンマ、「円」を整えました。" in html
    assert 'value="12,500"' in html
