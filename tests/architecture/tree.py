"""The project's own files, as the tests of its form see them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WINGS = ("portal", "grants", "platforms", "inspections")
FOLDERS = (*WINGS, "templates", "static", "tests", ".ci")
SINGLE_FILES = ("dev", "manage.py", "README.md", "Dockerfile", "docker-compose.yml")
# Written by others, or by a program.
NOT_OURS = ("vendor", "migrations", "__snapshots__", "__pycache__")


def files(*suffixes: str, folders: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Our own files with these endings, in a steady order."""
    found = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and path.is_file() and not set(path.parts) & set(NOT_OURS)
    ]
    return sorted(found)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def packages() -> frozenset[str]:
    """Every package that is a Django app, by its dotted name."""
    return frozenset(
        module_of(path).removesuffix(".apps")
        for path in files(".py", folders=WINGS)
        if path.name == "apps.py"
    )


def package_of(module: str) -> str | None:
    """The app that a module belongs to; none for settings, urls and the like."""
    parts = module.split(".")
    for end in range(len(parts), 0, -1):
        if ".".join(parts[:end]) in packages():
            return ".".join(parts[:end])
    return None


@dataclass(frozen=True)
class Import:
    """`module` as an absolute name; `names` as imported from it, empty for a plain import."""

    path: Path
    line: int
    module: str
    names: tuple[str, ...]


def imports(path: Path) -> Iterator[Import]:
    here = module_of(path).split(".")
    folder = here if path.name == "__init__.py" else here[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name, ())
        elif isinstance(node, ast.ImportFrom):
            base = folder[: len(folder) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield Import(path, node.lineno, module, tuple(alias.name for alias in node.names))
