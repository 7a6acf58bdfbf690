"""The portal's own processes: what each is started with, here and in docker-compose.yml."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import celery

from portal.local.account import ends_with_its_parent

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60
STOP_SECONDS = 12
LINES_SHOWN = 25


class PartEnded(Exception):
    """A process ended by itself; the message says which, how, and the end of its log."""


@dataclass(frozen=True)
class Part:
    """`arguments` may hold {host}, {port} and {run}, a folder for what need not be kept."""

    name: str
    arguments: tuple[str, ...]

    def command(self, python: str, *, host: str, port: int, run: str) -> list[str]:
        return [python, *(a.format(host=host, port=port, run=run) for a in self.arguments)]


# One blocking thread per worker was the quickest and the steadiest for synchronous views.
WEB = Part(
    "web",
    (
        *("-m", "granian", "--interface", "wsgi", "--host", "{host}", "--port", "{port}"),
        *("--workers", "2", "--blocking-threads", "1", "--no-ws", "portal.wsgi:application"),
    ),
)
WORKER = Part(
    "worker",
    (
        *("-m", "celery", "-A", "portal", "worker", "--concurrency", "2", "--loglevel", "info"),
        *("--without-gossip", "--without-mingle"),
    ),
)
BEAT = Part(
    "beat",
    ("-m", "celery", "-A", "portal", "beat", "--loglevel", "info", "--schedule", "{run}/beat"),
)
PARTS = (WEB, WORKER, BEAT)


class Processes:
    """Starts the parts as a group; as a context manager it ends all of them on the way out.

    `environment` is all they get besides our own variables. Logs go to `logs`/<name>.log.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        logs: Path,
        port: int,
        host: str = "127.0.0.1",
        parts: tuple[Part, ...] = PARTS,
    ) -> None:
        self.environment = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
        self.logs, self.host, self.port = logs, host, port
        self.parts = {part.name: part for part in parts}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self, *names: str) -> None:
        """Starts the named parts, or all; an already running one is left alone."""
        self.logs.mkdir(parents=True, exist_ok=True)
        for name in names or self.parts:
            if name in self.running:
                continue
            command = self.parts[name].command(
                sys.executable, host=self.host, port=self.port, run=str(self.logs)
            )
            with self._log(name).open("wb") as log:
                # A session of its own: Ctrl-C reaches us alone, and we end them in order.
                self.running[name] = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=ends_with_its_parent(signal.SIGTERM),  # noqa: PLW1509  see there
                )

    def wait_until_ready(self) -> None:
        """Returns when the web answers and the worker takes work.

        Raises PartEnded when one ends instead, TimeoutError after READY_SECONDS.
        """
        deadline = time.monotonic() + READY_SECONDS
        checks = {"web": self._web_answers, "worker": self._worker_answers}
        for name, is_ready in checks.items():
            while name in self.running and not is_ready():
                self.check()
                if time.monotonic() > deadline:
                    raise TimeoutError(
                        f"{name} was not ready within {READY_SECONDS} s.\n{self.end_of_log(name)}"
                    )
                time.sleep(0.1)

    def check(self) -> None:
        """Raises PartEnded when a part that should run has ended."""
        for name, process in self.running.items():
            status = process.poll()
            if status is not None:
                how = f"signal {-status}" if status < 0 else f"exit status {status}"
                raise PartEnded(f"{name} ended by itself ({how}).\n{self.end_of_log(name)}")

    def wait(self) -> None:
        """Sleeps until a part ends by itself, then raises PartEnded."""
        while True:
            self.check()
            time.sleep(0.5)

    def kill(self, name: str) -> None:
        """Ends a part and its children at once, as a failing machine would."""
        process = self.running.pop(name)
        _signal_group(process, signal.SIGKILL)
        process.wait()

    def stop(self, *names: str) -> None:
        """Ends the named parts, or all: first politely, after STOP_SECONDS at once."""
        stopping = [self.running.pop(name) for name in names or list(self.running)]
        for process in stopping:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in stopping:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()

    def end_of_log(self, name: str) -> str:
        lines = self._log(name).read_text(errors="replace").splitlines()
        return "\n".join([f"The end of {self._log(name)}:", *lines[-LINES_SHOWN:]])

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _web_answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/account/login/", timeout=5):  # noqa: S310
                return True
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code < 500
        except OSError:
            return False

    def _worker_answers(self) -> bool:
        with celery.Celery(broker=self.environment["REDIS_URL"], set_as_current=False) as app:
            return bool(app.control.ping(timeout=0.5, limit=1))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _signal_group(process: subprocess.Popen[bytes], sent: signal.Signals) -> None:
    try:
        os.killpg(process.pid, sent)
    except ProcessLookupError:
        # The whole group is gone, which is what was wanted.
        return
