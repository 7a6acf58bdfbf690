"""A real worker beside the tests, on their database and a broker of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from portal.celery import app as celery_app
from tests.world import database_url

ROOT = Path(__file__).parents[1]


def own_broker_url() -> str:
    """Each process of the test run has its own: a worker must not take another's messages."""
    number = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "gw0")) or 0) + 1
    base = re.sub(r"/\d+$", "", os.environ["REDIS_URL"])
    return f"{base}/{number}"


def use_broker(url: str) -> None:
    """What this process sends goes there from now on."""
    celery_app.conf.broker_url = url
    celery_app._pool = None
    celery_app.amqp._producer_pool = None


def start_worker(mails: Path | None = None) -> subprocess.Popen[bytes]:
    """A Celery worker with one child, in a process group of its own.

    What it mails is a file in the folder `mails`, or kept in its own memory.
    """
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": celery_app.conf.broker_url,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        # The address cuts the first slash of its path off.
        **({"EMAIL_URL": f"filemail:///{mails}"} if mails else {}),
    }
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "-c", "1", "-l", "error"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def end_worker(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    kill_worker(process)


def kill_worker(process: subprocess.Popen[bytes]) -> None:
    """At once and with its child, as a failing machine would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(what: Callable[[], Any], seconds: float = 60) -> Any:
    """The first true answer; fails the test when there is none in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")
