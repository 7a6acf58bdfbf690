"""`./dev` itself: one file, the standard library, a line of help for each word."""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.local import __main__ as handed_over
from portal.local.account import Account, server_account

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


class BareMachine:
    """A machine without venv, browser and tools: only what is in its one folder of programs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "programs"
        self.programs.mkdir()
        (folder / "ensurepip.py").write_text("raise ImportError('as on a minimal Debian')")
        shutil.copy(ROOT / "dev", folder / "dev")
        self.typed = folder / "typed"
        self.typed.touch()
        apt = self.programs / "apt-get"
        apt.write_text(f'#!/bin/sh\necho "$*" >> {self.typed}\n[ "$1" = update ]\n')
        for path in (folder, self.programs, folder / "dev", apt):
            path.chmod(0o755)
        self.typed.chmod(0o666)

    def run(self, word: str, account: Account) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, self.folder / "dev", word],
            cwd="/",
            env={"PATH": str(self.programs), "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
            **account.popen,
        )


@pytest.fixture
def bare_machine() -> Iterator[BareMachine]:
    """Not in pytest's own folder, which another account cannot come to."""
    folder = Path(tempfile.mkdtemp(prefix="portal-bare-"))
    yield BareMachine(folder)
    shutil.rmtree(folder)


VENV = f"python3.{sys.version_info[1]}-venv"


@pytest.mark.parametrize(
    ("word", "packages"),
    [("demo", {VENV}), ("test", {VENV, "chromium", "poppler-utils", "qpdf"})],
)
def test_root_installs_what_the_system_lacks(
    word: str, packages: set[str], bare_machine: BareMachine
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may install")
    told = bare_machine.run(word, Account(0, 0))
    update, install = bare_machine.typed.read_text().splitlines()
    assert update.split()[0] == "update"
    assert install.split()[0] == "install"
    assert packages <= set(install.split())
    assert (told.returncode, "apt-get did not succeed" in told.stderr) == (1, True)


def test_an_ordinary_user_is_told_the_exact_command(bare_machine: BareMachine) -> None:
    somebody = Account(54321, 54321) if os.geteuid() == 0 else server_account()
    if not somebody.can("-x", sys.executable):
        pytest.skip("this Python lies in a private home")
    told = bare_machine.run("demo", somebody)
    assert told.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends" in told.stderr
    assert VENV in told.stderr
    assert bare_machine.typed.read_text() == ""


def test_it_is_executable() -> None:
    assert os.access(ROOT / "dev", os.X_OK)
