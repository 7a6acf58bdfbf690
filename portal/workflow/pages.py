"""The generated parts of the READMEs: the policy as a table, each lifecycle as a diagram.

A part stands between two comment lines that name it; everything else in the file is people's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from portal.access.api import matrix

from .registry import all_workflows, get

_PART = re.compile(
    r"(?P<head><!-- generated: (?P<name>[\w.]+) -->\n).*?(?P<tail>\n<!-- end -->)", re.DOTALL
)
_WINGS = ("portal", "platforms", "grants", "inspections")


def readmes() -> Iterator[Path]:
    for wing in _WINGS:
        yield from sorted((settings.BASE_DIR / wing).rglob("README.md"))


def names() -> list[str]:
    """Every part that some README must hold."""
    return ["access.matrix", *(workflow.key for workflow in all_workflows())]


def part(name: str) -> str:
    """Raises KeyError for a lifecycle that nobody registered."""
    if name == "access.matrix":
        return matrix()
    workflow = get(name)
    rows = ["| 行為 | だれが | 根拠 |", "|---|---|---|"]
    rows += [
        f"| {row.label} | {'、'.join(workflow.actor_labels(row))} | {row.article} |"
        for row in workflow.transitions
    ]
    return "\n".join(["```mermaid", workflow.diagram(), "```", "", *rows])


def filled(text: str) -> str:
    """The same text with every generated part as the code has it now."""
    return _PART.sub(lambda found: found["head"] + part(found["name"]) + found["tail"], text)


def parts_of(text: str) -> list[str]:
    return [found["name"] for found in _PART.finditer(text)]
