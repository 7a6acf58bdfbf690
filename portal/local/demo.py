"""`./dev demo`: servers, tables, data, processes, and the sign-ins; all of it ends together."""

import argparse
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from portal.local import place
from portal.local.people import Person, people
from portal.local.postgres import PostgresError
from portal.local.processes import ROOT, PartEnded, Processes
from portal.local.servers import Servers
from portal.local.smoke import run_smoke
from portal.local.valkey import ValkeyError

FIRST_PORT = 8000
PORTS_TRIED = 100


class Failed(Exception):
    """The demo cannot go on; the message is for the person who started it."""


class Stopped(BaseException):
    """Someone asked us to end; like KeyboardInterrupt it is not an error."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--reset", action="store_true", help="begin anew, without the old data")
    parser.add_argument("--smoke", action="store_true", help="try the main steps, then stop")
    parser.add_argument("--port", type=int, help=f"instead of the first free one from {FIRST_PORT}")
    options = parser.parse_args(arguments)
    for sent in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, _stop)
    try:
        with place.sole_use():
            if options.reset:
                place.reset()
            return _run(port=_free_port(options.port), smoke=options.smoke)
    except place.InUse:
        print(f"A demo already runs in {place.VAR}{_its_address()}.", file=sys.stderr)
    except (Failed, PartEnded, PostgresError, ValkeyError, TimeoutError) as reason:
        print(f"\nThe demo stopped: {reason}", file=sys.stderr)
    except (KeyboardInterrupt, Stopped):
        print("\nStopped. Its data are kept; `./dev demo --reset` begins anew.")
        return 0
    return 1


def _run(*, port: int, smoke: bool) -> int:
    began = time.monotonic()
    with running_portal(port=port) as processes:
        _write_address(processes.address)
        print(f"ready after {time.monotonic() - began:.1f} s\n", flush=True)
        if smoke:
            return run_smoke(processes.address, people())
        _print_sign_ins(processes.address, people())
        processes.wait()
    return 0


@contextmanager
def running_portal(*, port: int) -> Iterator[Processes]:
    """The whole portal with the demo's data; leaves nothing running behind it."""
    with Servers(place.VAR) as servers:
        _say("PostgreSQL and Valkey run")
        shared = {**place.base_environment(), "SITE_URL": f"http://127.0.0.1:{port}"}
        urls = servers.environment()
        owner_url = urls.pop("DATABASE_OWNER_URL")
        environment = {**shared, **urls}
        with _collecting_static_files(environment):
            _step({**environment, "DATABASE_OWNER_URL": owner_url}, "-m", "portal.local.prepare")
        _say("tables are up to date")
        place.write_private(place.RUNNING, {**environment, "DATABASE_OWNER_URL": owner_url})
        try:
            with Processes(environment, logs=place.LOGS, port=port) as processes:
                # Beside each other: what the loading queues is worked on at once. It writes the
                # sign-ins last, so a folder that has them is loaded.
                if not place.SIGN_INS.exists():
                    _step(environment, "manage.py", "load_demo", "--if-empty")
                    _say("the data are loaded")
                processes.wait_until_ready()
                _say("web, worker and beat run")
                yield processes
        finally:
            place.RUNNING.unlink(missing_ok=True)


def _step(environment: Mapping[str, str], *words: str) -> None:
    _start_step(environment, *words).finish()


@dataclass(frozen=True)
class Step:
    words: tuple[str, ...]
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def finish(self) -> None:
        try:
            status = self.process.wait()
        except BaseException:
            self.stop()
            raise
        if status:
            told = f"`{' '.join(self.words)}` ended with exit status {status}"
            raise Failed(f"{told}; see above.")


def _start_step(environment: Mapping[str, str], *words: str) -> Step:
    command = [sys.executable, *words]
    return Step(words, subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}))


@contextmanager
def _collecting_static_files(environment: Mapping[str, str]) -> Iterator[None]:
    """Gathers style sheets and pictures beside what is done meanwhile; not when none has changed."""
    stamp, state = place.VAR / "static-collected", _static_state()
    if stamp.exists() and stamp.read_text() == state:
        yield
        return
    collecting = _start_step(environment, "manage.py", "collectstatic", "--noinput", "-v", "0")
    try:
        yield
    except BaseException:
        collecting.stop()
        raise
    collecting.finish()
    stamp.write_text(state)


def _static_state() -> str:
    """The own files, and the lock file for those that packages bring."""
    state = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        about = path.stat()
        state.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return state.hexdigest()


def _free_port(wanted: int | None) -> int:
    ports = [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Failed(f"port {wanted or f'{FIRST_PORT} and the {PORTS_TRIED} after it'} is taken.")


def _write_address(address: str) -> None:
    listed = json.loads(place.SIGN_INS.read_text())
    place.write_private(place.SIGN_INS, {**listed, "address": address})


def _its_address() -> str:
    try:
        return f", at {json.loads(place.SIGN_INS.read_text())['address']}"
    except (OSError, KeyError, ValueError):
        return ""


def _print_sign_ins(address: str, known: list[Person]) -> None:
    print(f"  {address}\n")
    rows = [(p.role, p.name, p.organisation, p.login, p.password) for p in known]
    widths = [max(_width(row[column]) for row in rows) for column in range(5)] if rows else []
    for row in rows:
        print("  " + "  ".join(_padded(text, widths[i]) for i, text in enumerate(row)).rstrip())
    print("\nThe second factor: `./dev code NAME` prints a person's current code.")
    print("Ctrl-C stops everything; the data are kept.", flush=True)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _say(what: str) -> None:
    print(f"· {what}", flush=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
