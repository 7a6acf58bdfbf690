"""Guards that hold for every test: no network, no undefined template variable, no luck."""

import ipaddress
import os
import random
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.db.models import QuerySet
from playwright.sync_api import Browser, sync_playwright

from portal.local.rights import grant_app_rights
from tests.servers import wait_for_template
from tests.undefined import UndefinedVariable

if TYPE_CHECKING:
    from tests.grants.contracts import Deal
    from tests.world import World

# No deadline: two cores are shared by all workers, and time says nothing about a rule.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()


class ForeignHost(Exception):
    """A test tried to reach something that is not on this machine."""


def _refuse_foreign_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_this_machine(str(address[0])):
            raise ForeignHost(f"A test may reach this machine only, not {address[0]}.")
    elif event == "socket.getaddrinfo" and arguments[0] is not None:
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
        if not _is_this_machine(host):
            raise ForeignHost(f"A test may look up this machine only, not {host}.")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback or host == "0.0.0.0"
    except ValueError:
        return host in {"localhost", "", os.uname().nodename}


sys.addaudithook(_refuse_foreign_hosts)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `long` begin first, so that none of them is what everybody waits for at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    from django.db import connection

    connection.settings_dict["TEST"]["TEMPLATE"] = wait_for_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Grants the running portal's rights in the test database, as after every migration."""
    from django.db import connection

    options = connection.settings_dict["OPTIONS"]
    grant_app_rights(
        f"postgres://{connection.settings_dict['USER']}@/{connection.settings_dict['NAME']}"
        f"?host={quote(options['host'], safe='/')}"
    )


@pytest.fixture(scope="session", autouse=True)
def _unordered_querysets_are_shuffled() -> Iterator[None]:
    """Rows that nobody ordered come in any order: PostgreSQL promises no other."""
    fetch_all = QuerySet._fetch_all

    def fetch_and_shuffle(queryset: QuerySet[Any]) -> None:
        fresh = queryset._result_cache is None
        fetch_all(queryset)
        if fresh and not queryset.ordered:
            random.shuffle(queryset._result_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)
        yield


@pytest.fixture
def world(db: None) -> "World":
    """Built anew for each test; with the mark `transaction=True` it is committed."""
    # The models can be read only after Django is set up, which is after this file.
    from tests.world import build_world

    return build_world()


@pytest.fixture
def deal(db: None) -> "Iterator[Deal]":
    """Of November 2024, when the sample month is due."""
    from tests.grants.contracts import NOW, make_deal
    from tests.world import build_world, ensure_cache_table

    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        yield make_deal(build_world())


@pytest.fixture
def platform_deal(db: None) -> "Iterator[Deal]":
    """The same of a plan that contracts out the 事務局 of its platform."""
    from tests.grants.contracts import NOW, WITH_SECRETARIAT, make_deal
    from tests.world import build_world, ensure_cache_table

    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        yield make_deal(build_world(), WITH_SECRETARIAT)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process: its loop can be started only once."""
    # The browser's own loop makes Django take the tests for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()
