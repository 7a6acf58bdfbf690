"""`./dev demo` from outside: it starts, answers, keeps its data, and leaves nothing running."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from portal.local.people import totp
from tests.local.alive import is_alive

# Seconds after which a stop counts as hung; on a busy machine the database takes its time.
STOPPED_WITHIN = 240
ROOT = Path(__file__).resolve().parents[2]
COUNT_PEOPLE = "from portal.accounts.api import User; print(User.objects.count())"
EMPTY_A_TABLE = (
    "from django.db import connection; "
    "connection.cursor().execute('TRUNCATE accounts_user CASCADE')"
)


class Demo:
    """A demo of its own in a folder of its own, as a process that a person would have started."""

    def __init__(self, var: Path) -> None:
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.endswith("_URL") and name != "DJANGO_SETTINGS_MODULE"
        }
        self.environment |= {"PORTAL_VAR": str(var), "PYTHONPATH": str(ROOT)}
        self.var = var

    @contextmanager
    def start(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """A test that fails meanwhile ends the demo too: waiting for it would hide the failure."""
        with subprocess.Popen(
            [sys.executable, "-m", "portal.local", "demo", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise

    def wait_for_sign_ins(self, process: subprocess.Popen[str]) -> str:
        told = ""
        assert process.stdout is not None
        for line in process.stdout:
            told += line
            if "Ctrl-C" in line:
                return told
        pytest.fail(f"the demo ended:\n{told}")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "portal.local", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def descendants(self) -> list[int]:
        """Whoever was started with this folder in the environment, wherever they went."""
        mark = f"PORTAL_VAR={self.var}\0".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid():
                try:
                    environment = (folder / "environ").read_bytes()
                except OSError:
                    continue
                if mark in environment + b"\0" and is_alive(int(folder.name)):
                    found.append(int(folder.name))
        return found


@pytest.fixture
def demo() -> Iterator[Demo]:
    var = Path(tempfile.mkdtemp(prefix="portal-demo-"))
    var.chmod(0o711)
    yield Demo(var)
    shutil.rmtree(var, ignore_errors=True)


@pytest.mark.long
def test_a_day_with_the_demo(demo: Demo) -> None:
    with demo.start() as first:
        told = demo.wait_for_sign_ins(first)
        listed = json.loads((demo.var / "demo.json").read_text())
        assert listed["address"] in told
        for person in listed["people"]:
            assert person["login"] in told
            assert len(totp(person["totp_secret"], time.time())) == 6
        with urllib.request.urlopen(listed["address"]) as page:
            assert "デモ" in page.read().decode()

        refused = demo.run("demo")
        assert refused.returncode == 1
        assert f"already runs in {demo.var}, at {listed['address']}" in refused.stderr

        asked = demo.run("manage", "shell", "-v", "0", "-c", COUNT_PEOPLE)
        people = int(asked.stdout)
        assert people >= len(listed["people"])

        first.send_signal(signal.SIGINT)
        assert "data are kept" in first.communicate(timeout=STOPPED_WITHIN)[0]
    assert first.returncode == 0
    assert demo.descendants() == []

    # One start of the servers for both: the count is printed before the refusal.
    emptied = demo.run("manage", "shell", "-v", "0", "-c", f"{COUNT_PEOPLE}; {EMPTY_A_TABLE}")
    assert int(emptied.stdout) == people
    assert emptied.returncode != 0
    assert psycopg.errors.InsufficientPrivilege.__name__ in emptied.stderr
