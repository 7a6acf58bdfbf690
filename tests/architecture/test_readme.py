"""What the READMEs say exists, exists."""

import re
from pathlib import Path

import pytest

from portal.local.__main__ import WORDS
from tests.architecture.tree import ROOT, WINGS, files, name

READMES = [ROOT / "README.md", *files(".md", folders=(*WINGS, "docs"))]


@pytest.mark.parametrize("path", READMES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text())
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", READMES, ids=name)
def test_words_of_dev_exist(path: Path) -> None:
    assert set(re.findall(r"\./dev ([a-z]+)", path.read_text())) <= set(WORDS)


def test_the_map_of_the_house_is_true() -> None:
    readme = (ROOT / "README.md").read_text()
    drawn = readme.split("## Map of the house")[1].split("```")[1]
    for wing in ("portal", "grants"):
        rooms = {path.parent.name for path in (ROOT / wing).glob("*/apps.py")}
        assert rooms <= set(drawn.split()), wing


def test_every_file_of_the_stand_is_described() -> None:
    readme = (ROOT / "portal/local/README.md").read_text()
    own = {path.name for path in (ROOT / "portal/local").glob("*.py")} - {"__init__.py"}
    assert own <= set(re.findall(r"`([\w.]+\.py)`", readme))


def test_the_readme_begins_with_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text().split("```")[1].splitlines()
    assert [line.split("#")[0].strip() for line in first[1:] if line] == [
        "./dev demo",
        "./dev test",
    ]
