"""What packages above know of their papers: whether another one came after it."""

from __future__ import annotations

from collections.abc import Callable

from portal.documents.api import Document

Later = Callable[[Document], str]

_later: dict[str, Later] = {}


def register_later(subject_type: str, later: Later) -> None:
    """`later` says which paper came in the place of this one («第2版»), or nothing."""
    _later[subject_type] = later


def later_of(document: Document) -> str:
    asked = _later.get(document.subject_type)
    return asked(document) if asked is not None else ""
