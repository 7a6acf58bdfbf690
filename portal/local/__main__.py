"""What `./dev WORD` hands over to."""

import sys
from collections.abc import Callable
from importlib import import_module

# A module is read only when its word is said: `code` need not wait for the demo's imports.
WORDS = {
    "demo": "portal.local.demo:main",
    "test": "portal.local.test:main",
    "check": "portal.local.check:main",
    "bench": "portal.local.test:bench",
    "proof": "portal.local.test:proof",
    "code": "portal.local.people:main",
    "manage": "portal.local.manage:main",
}


def main(arguments: list[str]) -> int:
    word, *rest = arguments
    module, name = WORDS[word].split(":")
    run: Callable[[list[str]], int] = getattr(import_module(module), name)
    return run(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
