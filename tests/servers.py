"""A PostgreSQL and a Valkey for one run of the tests, shared by all its workers.

A plugin of its own, named in pyproject.toml: the addresses must be in the environment before
pytest-django reads the settings, and that is before any conftest.py.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from threading import Thread

import pytest

from portal.local.postgres import OWNER
from portal.local.servers import Servers

TEMPLATE = "template"
_MIGRATED = "TESTS_MIGRATED"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _start()
    # portal.celery names production's settings where none are named; the tests have their own.
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    return (yield)


def _start() -> None:
    home = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    home.chmod(0o711)
    servers = Servers(home, durable=False)
    servers.start()

    def end() -> None:
        servers.stop()
        servers.postgres.erase()
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(end)
    environment = servers.environment()
    # The tests make and empty databases, so they run as the owner; what the running portal may
    # do is tested by stepping down to its role.
    environment["DATABASE_URL"] = servers.postgres.url(servers.database, OWNER)
    environment["PORTAL_VAR"] = str(home / "var")
    # Empty: tests read files where they are written. WhiteNoise wants the folder to be there.
    (home / "var" / "static").mkdir(parents=True)
    os.environ.update(environment)
    _migrate(servers, home / "migrated")


def _migrate(servers: Servers, done: Path) -> None:
    """Once for all workers, who meanwhile collect their tests; each then copies the database."""
    servers.postgres.ensure_database(TEMPLATE)
    os.environ[_MIGRATED] = str(done)
    environment = {
        **os.environ,
        "DATABASE_OWNER_URL": servers.postgres.url(TEMPLATE, OWNER),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }

    def migrate() -> None:
        command = [sys.executable, "-m", "portal.local.prepare"]
        ended = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        told = done.with_suffix(".part")
        told.write_text(ended.stderr if ended.returncode else "")
        told.rename(done)

    Thread(target=migrate, daemon=True).start()


def wait_for_template() -> str:
    """The name of the migrated database; fails with what the migrations said."""
    done = Path(os.environ[_MIGRATED])
    until = time.monotonic() + 300
    while not done.exists():
        assert time.monotonic() < until, "the migrations have not ended in time"
        time.sleep(0.1)
    assert not done.read_text(), done.read_text()
    return TEMPLATE
