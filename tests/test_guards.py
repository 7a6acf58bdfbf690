"""The guards of conftest.py do catch what they are for."""

import os
import socket
import urllib.request

import pytest
from django.template import Context, Engine
from django.template.base import Origin, Template

from tests.conftest import ForeignHost
from tests.undefined import ROOT, UndefinedTemplateVariable, UndefinedVariable


def render(source: str, origin: str = "a string", **values: object) -> str:
    engine = Engine(string_if_invalid=UndefinedVariable())
    return Template(source, Origin(origin), engine=engine).render(Context(values))


@pytest.mark.parametrize("host", ["203.0.113.7", "portal.example", "2001:db8::1"])
def test_other_hosts_are_out_of_reach(host: str) -> None:
    with pytest.raises(ForeignHost):
        socket.create_connection((host, 80), timeout=0.1)


def test_an_address_in_a_library_is_refused_too() -> None:
    with pytest.raises(ForeignHost):
        urllib.request.urlopen("http://203.0.113.7/", timeout=0.1)


def test_this_machine_stays_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.parametrize(
    "source",
    [
        "{{ nobody }}",
        "{{ plan.nobody }}",
        "{{ nobody|length }}",
        "{% with name=nobody %}{% endwith %}",
    ],
)
def test_an_undefined_variable_fails(source: str) -> None:
    with pytest.raises(UndefinedTemplateVariable, match="nobody"):
        render(source, plan={})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ nobody|default:'–' }}", "–"),
        ("{% if nobody %}yes{% else %}no{% endif %}", "no"),
        ("{% for one in nobody %}{% empty %}none{% endfor %}", "none"),
        ("{% firstof nobody 'first' %}", "first"),
        ("{{ known }}", "here"),
    ],
)
def test_an_absence_that_is_meant_does_not(source: str, text: str) -> None:
    assert render(source, known="here") == text


def test_templates_of_others_keep_their_habit() -> None:
    assert render("[{{ nobody|length }}]", origin="/usr/lib/django/attrs.html") == "[0]"
    assert render("[{{ nobody }}]", origin=str(ROOT / ".venv" / "django" / "attrs.html")) == "[]"
    with pytest.raises(UndefinedTemplateVariable, match=r"page\.html"):
        render("{{ nobody }}", origin=str(ROOT / "templates" / "page.html"))


@pytest.mark.django_db
def test_rows_that_nobody_ordered_come_in_any_order() -> None:
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.bulk_create(
        ContentType(app_label="shuffled", model=f"m{number}") for number in range(12)
    )
    rows = ContentType.objects.filter(app_label="shuffled")
    orders = {tuple(row.pk for row in rows.all()) for _ in range(6)}
    assert len(orders) > 1
    ordered = {tuple(row.pk for row in rows.order_by("pk")) for _ in range(6)}
    assert len(ordered) == 1


@pytest.mark.django_db
def test_the_database_is_our_own() -> None:
    from django.db import connection

    assert connection.settings_dict["OPTIONS"]["host"].startswith("/")
    assert connection.settings_dict["USER"] == "portal_owner"
    assert os.environ["REDIS_URL"].startswith("redis://:")
