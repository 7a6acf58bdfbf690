"""The checks that read the code without running the portal, and the runner that `test` shares."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

from portal.local.processes import ROOT

PYTHON = sys.executable
BIN = os.path.dirname(PYTHON)


@dataclass(frozen=True)
class Check:
    """A command that must end with 0; `environment` is added to ours."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (os.path.join(BIN, name), *arguments)


def pytest(*arguments: str) -> tuple[str, ...]:
    return (PYTHON, "-m", "pytest", *arguments)


TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
# `check --deploy` judges settings, not secrets; these are long and varied enough for it.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "for-the-check-alone-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "AUDIT_ANCHOR_KEY": "for-the-check-alone",
    "FIELD_KEYS": "for-the-check-alone",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres:///none",
    "REDIS_URL": "redis://127.0.0.1/0",
}

QUICK = (
    Check("style", tool("ruff", "check", "--quiet")),
    Check("format", tool("ruff", "format", "--check", "--output-format", "concise")),
    Check("types", tool("mypy"), TEST_SETTINGS),
    Check("contracts", tool("lint-imports", "--no-cache"), TEST_SETTINGS),
    Check("templates", tool("djlint", "templates", "--lint", "--quiet")),
    Check(
        "compose",
        tool(
            "check-jsonschema", *("--builtin-schema", "vendor.compose-spec"), "docker-compose.yml"
        ),
    ),
    Check(
        "deploy", (PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION
    ),
    Check("architecture", pytest("-q", "-p", "no:randomly", "tests/architecture")),
)


def main(arguments: list[str]) -> int:
    return run_all(QUICK)


def run_all(checks: tuple[Check, ...]) -> int:
    """Runs every check, also after a failure, and prints one line for each at the end."""
    lines, failed = [], 0
    for check in checks:
        print(f"\n── {check.name}: {_shown(check.command)}", flush=True)
        began = time.monotonic()
        environment = {**os.environ, **check.environment}
        status = subprocess.run(check.command, cwd=ROOT, env=environment, check=False).returncode
        failed += status != 0
        outcome = "ok" if status == 0 else f"FAILED ({status})"
        lines.append(f"  {check.name:<14}{time.monotonic() - began:7.1f} s  {outcome}")
    print("\n" + "\n".join(lines), flush=True)
    return 1 if failed else 0


def _shown(command: tuple[str, ...]) -> str:
    return " ".join(os.path.basename(word) if word.startswith(BIN) else word for word in command)
