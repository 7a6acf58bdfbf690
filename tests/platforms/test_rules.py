"""What is counted of 要領4(1)①②: sides, and the ages that somebody serves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.rules import (
    STAGES,
    Body,
    areas_without_venue,
    count_by,
    count_sides,
    coverage,
    growth,
    missing,
)
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
    wanted = missing.split() if isinstance(missing, str) else list(missing)
    assert [stage.value for stage in found.missing] == [str(one) for one in wanted]
    assert {*found.covered, *found.missing} == set(STAGES)
    assert LifeStage.ALL not in found.covered


def body(
    side: str = "private",
    stages: tuple[str, ...] = (),
    areas: tuple[str, ...] = (),
    venue: bool = False,
    joined: date = date(2024, 4, 1),
    left: date | None = None,
) -> Body:
    return Body(side, "npo", ("place",), stages, areas, venue, joined, left)


def test_a_body_counts_in_each_of_its_life_stages_and_all_in_every_one() -> None:
    """要領4(1)②."""
    counts = count_by(
        [body(stages=("youth", "older")), body("public", stages=("all",))],
        [("youth", "若者"), ("children", "子ども"), ("older", "高齢者")],
        "stages",
    )
    assert [(c.label, c.public, c.private) for c in counts] == [
        ("若者", 1, 1),
        ("子ども", 1, 0),
        ("高齢者", 1, 1),
    ]


def test_what_nobody_works_on_is_a_gap() -> None:
    counts = count_by([body()], [("place", "居場所"), ("housing", "住まい")], "fields")
    assert missing(counts) == ("住まい",)


@pytest.mark.parametrize(
    ("bodies", "found"),
    [
        pytest.param([], ("北信", "南信"), id="4(1)②-nobody"),
        pytest.param([body(areas=("北信",))], ("北信", "南信"), id="4(1)②-there-without-a-venue"),
        pytest.param([body(areas=("北信",), venue=True)], ("南信",), id="4(1)②-one-open"),
        pytest.param([body(areas=("北信", "南信"), venue=True)], (), id="4(1)②-both"),
    ],
)
def test_areas_in_which_no_place_is_open(bodies: list[Body], found: tuple[str, ...]) -> None:
    assert areas_without_venue(["北信", "南信"], bodies) == found


def test_growth_counts_the_last_day_of_each_fiscal_year() -> None:
    """31 March still belongs to the year; who leaves on it was there."""
    bodies = [
        body(joined=date(2023, 4, 1), left=date(2024, 3, 31)),
        body("public", joined=date(2024, 3, 31)),
        body(joined=date(2025, 6, 1)),
        body(joined=date(2026, 1, 1)),
    ]
    grown = growth(bodies, date(2025, 7, 1))
    assert [(c.label, c.public, c.private) for c in grown] == [
        ("令和5年度", 1, 1),
        ("令和6年度", 1, 0),
        ("令和7年度", 1, 1),
    ]
    assert growth([], date(2025, 7, 1)) == ()
