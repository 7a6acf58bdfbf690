"""Whose process a server is: our own, or `nobody` when we are root, whom PostgreSQL refuses."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def popen(self) -> dict[str, Any]:
        """What `subprocess` needs to run a command as this account."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> None:
        if self.uid != os.geteuid():
            os.chown(path, self.uid, self.gid)

    def can(self, *test: str) -> bool:
        """Whether `test` says yes to this account; a private folder on the way counts as no."""
        try:
            outcome = subprocess.run(["test", *test], cwd="/", **self.popen, check=False)
        except PermissionError:
            return False
        return outcome.returncode == 0


def server_account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def ends_with_its_parent(sent: signal.Signals) -> Callable[[], None] | None:
    """Makes a child get `sent` when we die, even by kill -9. Linux alone can do this.

    For `preexec_fn`, which is unsafe where another thread may hold a lock that the child then
    needs; this needs none, since prctl is looked up before the fork.
    """
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()
    set_parent_death_signal = 1

    def before_exec() -> None:
        prctl(set_parent_death_signal, int(sent))
        if os.getppid() != parent:
            os._exit(1)

    return before_exec
