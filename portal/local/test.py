"""`./dev test`, `bench` and `proof`; what follows the word goes to pytest as it is."""

import os
from pathlib import Path

from portal.local.check import QUICK, Check, pytest, run_all

# A failing test shows its own lines; what the portal logged meanwhile would bury them.
QUIET = ("-q", "--tb=short", "--show-capture=no")
TESTS, BENCH, PROOF = "tests", "tests/bench", "tests/proof"
# They stay out of `test`: one needs a quiet machine, the other much time.
APART = (f"--ignore={BENCH}", f"--ignore={PROOF}")
# One process more than cores, because tests of browsers and workers mostly wait. Each takes one test
# at a time, the long ones first (tests/conftest.py), so that none is left alone with one at the end.
TOGETHER = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "load", "--maxschedchunk", "1")

# A long round is no hang.
PATIENT = ("-o", "faulthandler_timeout=3000")


def main(arguments: list[str]) -> int:
    """Everything; or, with arguments, those tests alone."""
    if arguments:
        return run_all((Check("tests", pytest(*arguments)),))
    reading = tuple(check for check in QUICK if check.name != "architecture")
    return run_all((*reading, Check("tests", pytest(*QUIET, *TOGETHER, *APART, TESTS))))


def bench(arguments: list[str]) -> int:
    """One after the other and with their output shown, since they measure."""
    # A benchmark may take as long as it takes: no test here hangs unseen.
    patient = ("-o", "faulthandler_timeout=3600")
    told = ("-q", "-s", "-p", "no:randomly", *patient, *arguments, *_unless_named(arguments, BENCH))
    return run_all((Check("bench", pytest(*told)),))


def proof(arguments: list[str]) -> int:
    """All of them; or, with files named, those alone."""
    return run_all(
        (Check("proof", pytest("-q", *PATIENT, *arguments, *_unless_named(arguments, PROOF))),)
    )


def _unless_named(arguments: list[str], folder: str) -> tuple[str, ...]:
    """The whole folder, where no file of it is among the arguments."""
    is_named = any(Path(one.partition("::")[0]).exists() for one in arguments)
    return () if is_named else (folder,)
