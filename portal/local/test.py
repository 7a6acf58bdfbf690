"""`./dev test`: the quick checks, then every test; more words go to pytest as they are."""

from portal.local.check import QUICK, Check, pytest, run_all

# They have words of their own: ./dev bench and ./dev proof.
APART = ("--ignore=tests/bench", "--ignore=tests/proof")


def main(arguments: list[str]) -> int:
    if arguments:
        return run_all((Check("tests", pytest(*arguments)),))
    reading = tuple(check for check in QUICK if check.name != "architecture")
    return run_all((*reading, Check("tests", pytest("-q", "-n", "auto", *APART, "tests"))))
