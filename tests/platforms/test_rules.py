"""What is counted of 要領4(1)①②: sides, and the ages that somebody serves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.rules import STAGES, count_sides, coverage
from platforms.states import LifeStage, Side


@pytest.mark.parametrize(
    ("sides", "public", "private", "percent"),
    [
        pytest.param([], 0, 0, None, id="4(1)①-nobody-has-no-share"),
        pytest.param(["private"], 0, 1, 100, id="4(1)①-one"),
        pytest.param(["public", "public", "private"], 2, 1, 33, id="4(1)①-rounded-down"),
        pytest.param(["", "private", "public"], 1, 1, 50, id="4(1)①-unnamed-side-not-counted"),
    ],
)
def test_sides(sides: list[str], public: int, private: int, percent: int | None) -> None:
    counted = count_sides(sides)
    assert (counted.public, counted.private) == (public, private)
    assert counted.private_percent == percent


@given(st.lists(st.sampled_from([*Side.values, ""])))
def test_shares_stay_between_nothing_and_all(sides: list[str]) -> None:
    counted = count_sides(sides)
    assert counted.total == sum(side != "" for side in sides)
    if counted.total:
        assert counted.private_percent is not None
        assert 0 <= counted.private_percent <= 100
        assert (counted.private_percent == 100) == (counted.public == 0)


@pytest.mark.parametrize(
    ("served", "missing"),
    [
        pytest.param([], STAGES, id="4(1)②-nobody"),
        pytest.param([["all"]], (), id="4(1)②-all-covers-each"),
        pytest.param([["youth", "older"], []], "children parents working", id="4(1)②-some"),
    ],
)
def test_the_ages_nobody_serves_are_named(served: list[list[str]], missing: object) -> None:
    found = coverage(served)
    wanted = missing.split() if isinstance(missing, str) else list(missing)  # type: ignore[call-overload]
    assert [stage.value for stage in found.missing] == [str(one) for one in wanted]
    assert {*found.covered, *found.missing} == set(STAGES)
    assert LifeStage.ALL not in found.covered
