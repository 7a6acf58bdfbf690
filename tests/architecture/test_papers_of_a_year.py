"""Every kind of paper is in the year that `tests/bench/test_papers.py` prints, or named with a reason."""

from __future__ import annotations

from portal.documents.api import kind_names
from tests.bench.year_of_papers import NOT_IN_IT, YEAR


def test_every_kind_of_paper_is_printed_or_named() -> None:
    assert not YEAR & NOT_IN_IT.keys()
    assert kind_names() == YEAR | NOT_IN_IT.keys()
    assert all(NOT_IN_IT.values())
