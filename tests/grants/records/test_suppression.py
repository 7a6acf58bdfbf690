"""No hidden count can be computed: tried by looking for another table, not by the rule's own means."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grants.records.suppression import Total, computable, hidden_counts

Cell = tuple[Any, Any]
FIVE = 5


def table(inner: list[list[int]]) -> tuple[dict[Cell, int], list[Total]]:
    """With the sums of its rows and columns, and of all: every one of them known."""
    height, width = len(inner), len(inner[0])
    counts: dict[Cell, int] = {(r, c): inner[r][c] for r in range(height) for c in range(width)}
    counts |= {(r, "Σ"): sum(inner[r]) for r in range(height)}
    counts |= {("Σ", c): sum(row[c] for row in inner) for c in range(width)}
    counts[("Σ", "Σ")] = sum(map(sum, inner))
    totals = [Total((r, "Σ"), tuple((r, c) for c in range(width))) for r in (*range(height), "Σ")]
    totals += [Total(("Σ", c), tuple((r, c) for r in range(height))) for c in (*range(width), "Σ")]
    return counts, totals


def others(inner: list[list[int]], hidden: frozenset[Cell]) -> Iterator[dict[Cell, int]]:
    """Every table that agrees with what is shown, its hidden counts being 1 or more."""
    counts, _ = table(inner)
    height, width = len(inner), len(inner[0])
    spans = [
        range(1, 2 * counts[r, c] + 6) if (r, c) in hidden else (counts[r, c],)
        for r in range(height)
        for c in range(width)
    ]
    for guess in product(*spans):
        rows = [list(guess[r * width : (r + 1) * width]) for r in range(height)]
        found, _ = table(rows)
        agrees = all(found[key] == counts[key] for key in counts if key not in hidden)
        if agrees and all(found[key] >= 1 for key in hidden):
            yield found


small_tables = st.lists(
    st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2
) | st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=1, max_size=1)


@given(small_tables)
@example([[1, 1], [9, 9]])
@example([[1, 0], [0, 1]])
@example([[3, 0], [0, 0]])
@example([[4, 6], [7, 7]])
@settings(max_examples=150, deadline=None)
def test_every_hidden_count_could_be_another_one(inner: list[list[int]]) -> None:
    counts, totals = table(inner)
    hidden = hidden_counts(counts, totals, FIVE)
    assert {key for key, count in counts.items() if 1 <= count < FIVE} <= hidden
    assert all(counts[key] for key in hidden), "no 0 is hidden"
    left = set(hidden)
    for other in others(inner, hidden):
        left -= {key for key in left if other[key] != counts[key]}
        if not left:
            break
    assert not left, f"{left} can be computed"


@given(
    st.integers(3, 8).flatmap(
        lambda width: st.lists(
            st.lists(
                st.sampled_from([0, 0, 1, 2, 3, 4, 5, 8, 13, 40, 200]),
                min_size=width,
                max_size=width,
            ),
            min_size=3,
            max_size=10,
        )
    )
)
@settings(max_examples=40, deadline=None)
def test_no_total_of_a_larger_table_has_one_hidden_cell_alone(inner: list[list[int]]) -> None:
    counts, totals = table(inner)
    hidden = hidden_counts(counts, totals, FIVE)
    for total in totals:
        assert sum(key in hidden for key in total.cells) != 1
    assert not computable(counts, totals, hidden)
    assert all(counts[key] >= FIVE for key in counts.keys() - hidden if counts[key])


@pytest.mark.parametrize(
    ("inner", "threshold", "expected"),
    [
        ([[10, 20], [30, 40]], 5, 0),
        ([[0, 20], [30, 40]], 5, 0),
        ([[4, 20], [30, 40]], 5, 4),
        ([[5, 20], [30, 40]], 5, 0),
        ([[4, 20], [30, 40]], 0, 0),
        ([[9, 20], [30, 40]], 10, 4),
    ],
    ids=["large", "a zero", "a 4 and its cycle", "a 5", "no threshold", "threshold 10"],
)
def test_how_many_are_hidden(inner: list[list[int]], threshold: int, expected: int) -> None:
    counts, totals = table(inner)
    assert len(hidden_counts(counts, totals, threshold)) == expected


def test_a_count_alone_with_its_neighbour_of_one_is_not_given_away() -> None:
    """Two hidden that add up to 2 can only be 1 and 1."""
    counts = {"a": 1, "b": 1, "c": 30, "Σ": 32}
    totals = [Total("Σ", ("a", "b", "c"))]
    assert computable(counts, totals, {"a", "b"}) == ["a", "b"]
    assert hidden_counts(counts, totals, FIVE) >= {"a", "b", "c"}


def test_47_rows_are_judged_while_the_page_is_asked_for() -> None:
    inner = [[(r * 7 + c * 13) % 23 * (r + c) % 61 for c in range(9)] for r in range(47)]
    counts, totals = table(inner)
    hidden = hidden_counts(counts, totals, FIVE)
    assert hidden
    assert not computable(counts, totals, hidden)
