"""Every template is used, and none carries style, script or another host."""

import ast
import re
from pathlib import Path

import allauth
import django
import pytest

from tests.architecture.tree import ROOT, WINGS, files, tree_of
from tests.architecture.tree import name as path_name

TEMPLATES = ROOT / "templates"
PAGES = files(".html", ".txt", ".xml", folders=("templates",))
# Django and allauth look for these names by themselves.
THEIR_NAMES = {"400.html", "403.html", "404.html", "429.html", "500.html"}
THEIRS = (Path(django.__file__).parent, Path(allauth.__file__).parent)
# PDFs are made without a browser: their style sheets are of their own, and nothing runs in them.
PRINTED = "pdf/"


def template_name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def overrides(path: Path) -> bool:
    """Whether Django or allauth bring a template of this name, which ours replaces."""
    return any(list(root.glob(f"**/templates/{template_name(path)}")) for root in THEIRS)


def named_templates() -> set[str]:
    quoted = re.compile(r"""["']([\w/.-]+\.(?:html|txt|xml))["']""")
    places = [*PAGES, *files(".py", folders=WINGS)]
    return {found for path in places for found in quoted.findall(path.read_text())}


def composed_names() -> list[re.Pattern[str]]:
    """Names put together in the code, such as `f"{status}.html"`; a part is one word."""
    patterns = []
    for path in files(".py", folders=WINGS):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.JoinedStr) and ast.unparse(node).rstrip("'\"").endswith(
                ".html"
            ):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+"
                    for part in node.values
                ]
                patterns.append(re.compile("".join(parts)))
    return patterns


def test_every_template_is_used() -> None:
    named, composed = named_templates(), composed_names()
    unused = [
        name
        for path in PAGES
        if (name := template_name(path)) not in named
        and not any(pattern.fullmatch(name) for pattern in composed)
        and name not in THEIR_NAMES
        and not overrides(path)
    ]
    assert unused == []


@pytest.mark.parametrize("path", files(".py", folders=WINGS), ids=path_name)
def test_every_template_that_the_code_names_exists(path: Path) -> None:
    quoted = re.findall(r"""["']([a-z_]+/[\w/-]+\.(?:html|txt))["']""", path.read_text())
    assert not [found for found in quoted if not (TEMPLATES / found).exists()]


def test_every_template_that_is_named_exists() -> None:
    existing = {template_name(path) for path in PAGES}
    missing = {
        found
        for path in PAGES
        for found in re.findall(
            r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""", path.read_text()
        )
        if found not in existing and not (TEMPLATES / found).exists()
    }
    assert not {
        found for found in missing if not found.startswith(("account/", "mfa/", "allauth/"))
    }


@pytest.mark.parametrize("path", files(".html", folders=("templates",)), ids=path_name)
def test_markup_carries_no_style_script_or_other_host(path: Path) -> None:
    source = path.read_text()
    faults = [
        words
        for words, pattern in {
            "an inline style": r"\sstyle\s*=",
            "an inline handler": r"\son[a-z]+\s*=\s*[\"']",
            "a script in the page": r"<script(?![^>]*\ssrc=)",
            "something of another host": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
        }.items()
        if re.search(pattern, source) and not template_name(path).startswith(PRINTED)
    ]
    assert not faults
