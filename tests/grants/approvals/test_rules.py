"""Whose turn it is: pure, by table."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from grants.approvals.rules import Place, open_places, reasons_against, route_reasons
from grants.approvals.states import SeatKind

A, B, C, D = (uuid4() for _ in range(4))
APPROVE, CONCUR = SeatKind.APPROVE, SeatKind.CONCUR


def places(*kinds: str, done: int = 0) -> list[Place]:
    people = (A, B, C, D)
    return [
        Place(n, kind, people[n - 1], acted_by=people[n - 1] if n <= done else None)
        for n, kind in enumerate(kinds, start=1)
    ]


@pytest.mark.parametrize(
    ("kinds", "done", "turn"),
    [
        ((APPROVE,), 0, [1]),
        ((APPROVE, APPROVE), 0, [1]),
        ((APPROVE, APPROVE), 1, [2]),
        ((CONCUR, CONCUR, APPROVE), 0, [1, 2]),
        ((CONCUR, CONCUR, APPROVE), 1, [2]),
        ((CONCUR, CONCUR, APPROVE), 2, [3]),
        ((APPROVE, CONCUR, CONCUR, APPROVE), 0, [1]),
        ((APPROVE, CONCUR, CONCUR, APPROVE), 1, [2, 3]),
        ((APPROVE, APPROVE), 2, []),
    ],
)
def test_whose_turn(kinds: tuple[str, ...], done: int, turn: list[int]) -> None:
    assert [place.order for place in open_places(places(*kinds, done=done))] == turn


def against(place: Place, among: list[Place], actor: UUID, *, as_last: bool = False) -> str:
    return " ".join(reasons_against(place, among, actor, as_last=as_last))


def test_only_the_person_or_a_deputy_of_today_takes_a_place() -> None:
    first, last = places(APPROVE, APPROVE)
    assert against(first, [first, last], A) == ""
    assert "受け持つ人ではありません" in against(first, [first, last], C)
    represented = Place(1, APPROVE, A, deputies=frozenset({C}))
    assert against(represented, [represented, last], C) == ""
    assert represented.is_taken_for_another(C)
    assert not represented.is_taken_for_another(A)


def test_nobody_takes_two_places() -> None:
    first = Place(1, APPROVE, A, acted_by=B)
    last = Place(2, APPROVE, B)
    assert "2つの順番" in against(last, [first, last], B, as_last=True)


def test_the_last_files_and_nobody_before() -> None:
    first, last = places(APPROVE, APPROVE)
    assert "提出できません" in against(first, [first, last], A, as_last=True)
    first, last = places(APPROVE, APPROVE, done=1)
    assert "承認して提出します" in against(last, [first, last], B)
    assert against(last, [first, last], B, as_last=True) == ""


def test_a_later_place_waits() -> None:
    first, last = places(APPROVE, APPROVE)
    assert "前の順番" in against(last, [first, last], B, as_last=True)


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        ([], "1人から5人"),
        ([(APPROVE, A)], ""),
        ([(APPROVE, uuid4()) for _ in range(5)], ""),
        ([(APPROVE, uuid4()) for _ in range(6)], "1人から5人"),
        ([(CONCUR, A)], "最後の順番は、承認"),
        ([(APPROVE, A), (CONCUR, B)], "最後の順番は、承認"),
        ([(APPROVE, A), (APPROVE, A)], "同じ人"),
    ],
)
def test_what_a_route_may_be(seats: list[tuple[str, UUID]], said: str) -> None:
    found = " ".join(route_reasons(seats))
    assert said in found
    assert bool(said) == bool(found)
