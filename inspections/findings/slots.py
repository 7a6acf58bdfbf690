"""What the packages above add to the page of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspections.visits.api import Section
from portal.core.actor import Actor

from .models import Finding

_sections: list[Section[Finding]] = []


def register_section(section: Section[Finding]) -> None:
    if section not in _sections:
        _sections.append(section)


def sections_of(finding: Finding, actor: Actor) -> list[tuple[str, Mapping[str, Any]]]:
    return [(one.template, one.context(finding, actor)) for one in _sections]
