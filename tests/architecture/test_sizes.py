"""No file above 500 lines, no function above 60."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, name, tree_of

LONGEST_FILE = 500
LONGEST_FUNCTION = 60


@pytest.mark.parametrize(
    "path", [*files(".py", ".html", ".css", ".js", ".sh"), ROOT / "dev"], ids=name
)
def test_files(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [*files(".py"), ROOT / "dev"], ids=name)
def test_functions(path: Path) -> None:
    too_long = [
        f"{node.name} at line {node.lineno}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not too_long
