"""The READMEs' generated parts are what the code says: `./dev manage write_docs` writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from portal.workflow.pages import filled, names, parts_of, readmes
from tests.architecture.tree import packages

FILES = list(readmes())


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(settings.BASE_DIR)))
def test_the_committed_text_is_the_generated_one(path: Path) -> None:
    text = path.read_text()
    assert text == filled(text), "run `./dev manage write_docs` and read what changed"


def test_every_part_stands_in_one_readme() -> None:
    held = [name for path in FILES for name in parts_of(path.read_text())]
    assert sorted(held) == sorted(names())


@pytest.mark.parametrize("package", sorted(packages()))
def test_every_package_says_what_it_is(package: str) -> None:
    folder = settings.BASE_DIR / package.replace(".", "/")
    if {path.name for path in folder.glob("*.py")} == {"__init__.py", "apps.py"}:
        pytest.skip("an empty room")
    assert len((folder / "README.md").read_text()) > 200
