"""Where the demo keeps its things (var/), who may use them at a time, and its secrets."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portal.local.postgres import Postgres
from portal.local.processes import ROOT

VAR = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").absolute()
SIGN_INS = VAR / "demo.json"
RUNNING = VAR / "running.json"
LOGS = VAR / "log"
SECRETS = VAR / "secrets.json"
LOCK = VAR / "lock"


class InUse(Exception):
    """Another process runs the demo in this folder."""


@contextmanager
def sole_use() -> Iterator[None]:
    """Raises InUse; the lock goes away with its process, however that ends."""
    VAR.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse from None
        yield


def base_environment() -> dict[str, str]:
    """What every process of the demo shares, whichever servers and port it gets."""
    return {
        **_secrets(),
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PORTAL_VAR": str(VAR),
    }


def reset() -> None:
    """Removes all that a demo left, wherever its database lies."""
    Postgres(VAR / "postgres").erase()
    for path in VAR.iterdir():
        if path == LOCK:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_private(path: Path, content: Any) -> None:
    """Writes JSON that only its owner can read, in one step."""
    fresh = path.with_suffix(".new")
    with open(fresh, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    fresh.replace(path)


def _secrets() -> dict[str, str]:
    """Random per folder, so that no two demos accept each other's cookies or signatures."""
    known: dict[str, str] = json.loads(SECRETS.read_text()) if SECRETS.exists() else {}
    names = ("SECRET_KEY", "AUDIT_ANCHOR_KEY", "FIELD_KEYS")
    missing = {name: secrets.token_urlsafe(48) for name in names if name not in known}
    if missing:
        write_private(SECRETS, known | missing)
    return known | missing
