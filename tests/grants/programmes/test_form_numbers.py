"""The number of a form is a value of the year: on pages as it is, on a paper as it was."""

from __future__ import annotations

import pytest

from grants.filings.api import Filing, kind_of, latest_version
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
def test_every_form_is_a_paper_that_exists(form: str) -> None:
    """A value that no paper reads would be a promise."""
    filed = {"statement"} if form in ("needs", "consultation") else {form}
    assert filed <= papers.keys()
    if filed == {"statement"}:
        assert kind_of(form).document_kind == "statement"
