"""The number of a form is a value of the year: on pages as it is, on a paper as it was."""

from __future__ import annotations

import pytest

from grants.filings.api import Filing, latest_version
from grants.filings.kinds import _kinds as kinds
from grants.programmes.form_numbers import FORMS
from grants.programmes.services import set_value
from portal.access.api import Role
from portal.documents.services import _kinds as papers
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "name"), [("様式第21号", "様式第21号 交付申請"), ("", "交付申請")], ids=["new", "none"]
)
def test_a_new_number_is_of_papers_to_come(world: World, text: str, name: str) -> None:
    filing = world.filing("submitted")
    set_value(
        actor=world.actor(Role.PROGRAMME_MANAGER),
        programme=world.programme,
        key=FORMS["application"],
        text=text,
        source="交付要綱の改正",
        effective_from=world.programme.values.get(key=FORMS["application"]).effective_from,
    )
    again = Filing.objects.get(pk=filing.pk)
    assert again.form_name == name
    sealed = latest_version(again)
    assert sealed is not None
    assert sealed.content["form_number"] == "様式第1号"
    page = client_of(world.actor(Role.DRAFTER)).get(filing.get_absolute_url()).content.decode()
    assert name in page


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_a_kind_of_filing_or_a_paper(form: str) -> None:
    """A value that nothing reads would be a promise."""
    assert form in kinds or form in papers


@pytest.mark.parametrize("kind", kinds)
def test_every_kind_of_filing_has_a_value_for_its_number(kind: str) -> None:
    assert kind in FORMS
