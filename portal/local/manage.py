"""`./dev manage …`: Django's commands against the demo's database, running or not."""

import json
import os
import subprocess
import sys

from portal.local import place
from portal.local.processes import ROOT
from portal.local.servers import Servers

# These change the tables themselves; the running portal's role may not.
AS_OWNER = {"migrate", "createcachetable", "flush", "sqlflush", "dbshell", "pgtrigger"}


def main(arguments: list[str]) -> int:
    try:
        with place.sole_use(), Servers(place.VAR) as servers:
            return _run(arguments, {**place.base_environment(), **servers.environment()})
    except place.InUse:
        pass
    try:
        environment = json.loads(place.RUNNING.read_text())
    except FileNotFoundError:
        print("The demo is just starting: try again when it has printed its address.")
        return 1
    return _run(arguments, environment)


def _run(arguments: list[str], environment: dict[str, str]) -> int:
    if arguments and arguments[0] in AS_OWNER:
        environment = {**environment, "DATABASE_URL": environment["DATABASE_OWNER_URL"]}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=False
    ).returncode
