"""`./dev` itself: one file, the standard library, a line of help for each word."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.local import __main__ as handed_over

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "dev", *arguments],
        cwd="/",
        env={"PATH": os.defpath, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",), ("help",)], ids=str)
def test_every_word_has_one_line_of_help(arguments: tuple[str, ...]) -> None:
    told = run(*arguments)
    assert told.returncode == 0
    lines = {line.split()[0]: line for line in told.stdout.splitlines()[1:] if line.strip()}
    assert set(lines) == set(handed_over.WORDS)
    assert all(len(line) <= 120 for line in lines.values())


def test_an_unknown_word_is_refused() -> None:
    told = run("dmeo")
    assert told.returncode == 1
    assert "no word “dmeo”" in told.stderr


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "dev").read_text())
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    } | {
        str(node.module).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert imported <= set(sys.stdlib_module_names)


def test_it_is_executable() -> None:
    assert os.access(ROOT / "dev", os.X_OK)
