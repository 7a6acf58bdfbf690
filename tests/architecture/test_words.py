"""Words and constructs that have no place here."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import FOLDERS, ROOT, SINGLE_FILES, WINGS, files, name, tree_of

TEXTS = [
    *files(".py", ".html", ".txt", ".css", ".js", ".md", ".sh", ".sql", ".yml"),
    *(ROOT / single for single in SINGLE_FILES if (ROOT / single).exists()),
]
# A letter in brackets keeps this file from holding the words itself.
UNDONE = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
# A lock file names where packages come from; nothing else may, so that an office's mirror serves.
REGISTRIES = re.compile(r"\b(?:pyp[i]\.org|pythonhoste[d]\.org|npmj[s]\.(?:org|com))")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:roo[t]|hom[e]/\w+|wor[k])/\w")
MARK_SAFE = {
    "portal/ui/": "the one place that puts markup together; each call says why it is safe",
}


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_texts(path: Path) -> None:
    source = path.read_text()
    faults = [
        f"{words}: {found.group()}"
        for words, pattern in {
            "do it or delete it": UNDONE,
            "the host of a registry": REGISTRIES,
            "a path of one machine": MACHINE_PATHS,
        }.items()
        if (found := pattern.search(source))
    ]
    assert not faults


@pytest.mark.parametrize("path", files(".py"), ids=name)
def test_no_file_is_named_for_nothing(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "misc", "common"}


def calls(path: Path, *names: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", None)) in names
    ]


@pytest.mark.parametrize("path", files(".py", folders=WINGS), ids=name)
def test_markup_is_declared_safe_in_one_place(path: Path) -> None:
    if name(path).startswith(tuple(MARK_SAFE)):
        return
    lines = [call.lineno for call in calls(path, "mark_safe", "SafeString", "SafeText")]
    assert not lines, "write a template; only portal/ui may call mark_safe"


@pytest.mark.parametrize("path", files(".html", folders=("templates",)), ids=name)
def test_templates_escape_what_they_print(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|{%-?\s*autoescape\s+off", path.read_text())


@pytest.mark.parametrize("path", files(".py", folders=WINGS), ids=name)
def test_a_request_is_never_spread_into_a_call(path: Path) -> None:
    """A dictionary from outside, spread into a query, was SQL injection more than once."""
    spread = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg is None and "request" in ast.unparse(keyword.value)
    ]
    assert not spread


@pytest.mark.parametrize("path", files(".py", folders=WINGS), ids=name)
def test_workers_are_never_replaced_by_the_web(path: Path) -> None:
    assert "task_always_eage" + "r" not in path.read_text().lower()


def test_the_folders_looked_at_exist() -> None:
    assert {folder for folder in FOLDERS if (ROOT / folder).is_dir()} >= set(WINGS)
