"""What `./dev WORD` hands over to."""

import sys
from collections.abc import Callable
from importlib import import_module

WORDS = {
    "demo": "portal.local.demo",
    "test": "portal.local.test",
    "check": "portal.local.check",
    "bench": "portal.local.bench",
    "proof": "portal.local.proof",
    "code": "portal.local.people",
    "manage": "portal.local.manage",
}


def main(arguments: list[str]) -> int:
    word, *rest = arguments
    run: Callable[[list[str]], int] = import_module(WORDS[word]).main
    return run(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
