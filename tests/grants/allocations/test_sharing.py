"""Sharing out a budget, and never promising a yen that is not there (適正化法6条1項: 予算の範囲)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from grants.allocations.api import (
    Promise,
    preflight,
    promise,
    promise_all,
    promise_to,
    work_out,
)
from grants.allocations.rules import (
    Claim,
    Sharing,
    Starts,
    first_day,
    four_eyes_on_promise,
    promise_reasons,
    share,
)
from grants.awards.numbering import NumbersWrong, count_on, read_list
from grants.kinds.application.kind import judgements
from grants.programmes.api import Ledger
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.identifiers import read_document_number
from portal.core.problems import Denied, Refused
from portal.documents.api import Document
from portal.outbox.api import drain
from tests.grants.needs import answer, first_round, promised, scenario, survey
from tests.workflow.races import at_once, failures
from tests.world import World, client_of, ensure_cache_table

WISHES = st.lists(st.integers(0, 40_000_000), min_size=1, max_size=47)
MONEY = st.integers(0, 800_000_000)
UNITS = st.sampled_from([1, 100, 1_000])
RULES = st.sampled_from(["proportion", "level"])


def claims(wishes: list[int]) -> list[Claim]:
    return [Claim(str(n), wish) for n, wish in enumerate(wishes)]


@given(WISHES, MONEY, UNITS, RULES, st.none() | st.integers(0, 30_000_000))
def test_never_a_yen_above_nor_more_than_wished(
    wishes: list[int], available: int, unit: int, rule: str, ceiling: int | None
) -> None:
    found = share(claims(wishes), available=available, unit=unit, rule=rule, ceiling=ceiling)
    assert found.total + found.remainder == available
    assert found.shortage == 0
    for wish, amount in zip(wishes, found.amounts, strict=True):
        assert 0 <= amount <= (wish if ceiling is None else min(wish, ceiling))
        assert amount % unit == 0


@given(WISHES, MONEY, UNITS, RULES)
def test_who_wishes_more_never_gets_less(
    wishes: list[int], available: int, unit: int, rule: str
) -> None:
    amounts = share(claims(sorted(wishes)), available=available, unit=unit, rule=rule).amounts
    assert list(amounts) == sorted(amounts)


@given(WISHES, MONEY, st.integers(0, 5_000_000), UNITS, RULES)
def test_more_money_is_never_less_for_anyone(
    wishes: list[int], available: int, more: int, unit: int, rule: str
) -> None:
    less = share(claims(wishes), available=available, unit=unit, rule=rule).amounts
    richer = share(claims(wishes), available=available + more, unit=unit, rule=rule).amounts
    assert all(before <= after for before, after in zip(less, richer, strict=True))


@given(WISHES, MONEY, UNITS)
def test_the_cut_is_equal_within_one_unit(wishes: list[int], available: int, unit: int) -> None:
    """Each gets the common share of what it may get, cut off below the unit, and nothing else."""
    capped = [wish // unit * unit for wish in wishes]
    found = share(claims(wishes), available=available, unit=unit, rule="proportion")
    whole = sum(capped)
    if whole <= available:
        assert list(found.amounts) == capped
        return
    for one, amount in zip(capped, found.amounts, strict=True):
        assert 0 <= one * available - amount * whole < unit * whole


@given(WISHES, MONEY, UNITS)
def test_the_level_is_the_highest_that_fits(wishes: list[int], available: int, unit: int) -> None:
    found = share(claims(wishes), available=available, unit=unit, rule="level")
    capped = [wish // unit * unit for wish in wishes]
    if sum(capped) <= available:
        assert found.ceiling is None
        return
    assert found.ceiling is not None
    assert list(found.amounts) == [min(one, found.ceiling) for one in capped]
    assert sum(min(one, found.ceiling + unit) for one in capped) > available


@given(WISHES, MONEY, UNITS, RULES, st.data())
def test_what_was_fixed_by_hand_stays(
    wishes: list[int], available: int, unit: int, rule: str, data: st.DataObject
) -> None:
    fixed = data.draw(
        st.lists(st.none() | st.integers(0, 40_000_000), min_size=len(wishes), max_size=len(wishes))
    )
    given_claims = [Claim(str(n), w, f) for n, (w, f) in enumerate(zip(wishes, fixed, strict=True))]
    found = share(given_claims, available=available, unit=unit, rule=rule)
    by_hand = [f for f in fixed if f is not None]
    kept = [a for a, f in zip(found.amounts, fixed, strict=True) if f is not None]
    assert kept == by_hand
    assert found.shortage == max(0, sum(by_hand) - available)
    if found.shortage:
        others = [a for a, f in zip(found.amounts, fixed, strict=True) if f is None]
        assert not any(others)


@pytest.mark.parametrize(
    ("rule", "expected", "remainder"),
    [
        ("proportion", (5_454_000, 3_636_000, 909_000), 1_000),
        ("level", (5_000_000, 4_000_000, 1_000_000), 0),
        ("by_hand", (0, 0, 0), 10_000_000),
    ],
)
def test_three_bodies_by_each_rule(rule: str, expected: tuple[int, ...], remainder: int) -> None:
    found = share(
        claims([6_000_000, 4_000_000, 1_000_000]), available=10_000_000, unit=1_000, rule=rule
    )
    assert found.amounts == expected
    assert found.remainder == remainder


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ({}, 0),
        ({"amount": 1_001}, 1),
        ({"wish": None}, 1),
        ({"amount": 0}, 1),
        ({"has_one": True}, 1),
        ({"amount": 1_001, "wish": None, "has_one": True}, 3),
    ],
    ids=["適正化法6条1項 ちょうど", "1円超", "希望なし", "0円", "済み", "すべて"],
)
def test_what_stands_against_a_promise(changed: dict[str, object], count: int) -> None:
    values = {"amount": 1_000, "wish": 1_000, "left": 1_000, "has_one": False} | changed
    amount = values.pop("amount")
    assert len(list(promise_reasons(amount, **values))) == count


def test_four_eyes_on_a_promise() -> None:
    assert list(four_eyes_on_promise("a", {"b"})) == []
    assert list(four_eyes_on_promise("a", {"a", "b"})) != []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("april", date(2026, 4, 1)),
        ("decision", date(2026, 6, 1)),
        ("notice", date(2026, 5, 1)),
        ("prior", date(2026, 4, 20)),
    ],
)
def test_the_first_eligible_day(rule: str, expected: date) -> None:
    """要綱: 4月1日, 決定日, 内示日 or the day of the 事前着手届, by the programme's rule."""
    known = Starts(date(2026, 6, 1), date(2026, 5, 1), date(2026, 4, 20))
    assert first_day(rule, 2026, known) == expected
    assert first_day(rule, 2026, Starts()) == (expected if rule == "april" else None)


def test_numbers_as_a_list() -> None:
    names = ["北海道", "青森県"]
    numbers = read_list("北海道\t府孤推第１２号\n府孤推第13号\n", names)
    assert [n.key for n in numbers] == ["府孤推第12号", "府孤推第13号"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("府孤推第1号", "1行あります"),
        ("府孤推第1号\n府孤推第１号", "1行目と同じ番号"),
        ("府孤推第1号\n十三", "2行目（青森県）"),
        ("青森県 府孤推第1号\n府孤推第2号", "1行目は青森県の番号"),
    ],
    ids=["count", "duplicate", "form", "order"],
)
def test_a_list_that_does_not_fit(text: str, said: str) -> None:
    with pytest.raises(NumbersWrong, match=said):
        read_list(text, ["北海道", "青森県"])


def test_counting_on() -> None:
    first = read_document_number("府孤推第101号").value
    assert first is not None
    assert [n.original for n in count_on(first, 3)][-1] == "府孤推第103号"


@pytest.mark.django_db
def test_from_wishes_to_promises_in_one_batch(world: World) -> None:
    """Three wish, one of them is fixed by hand; each gets its own notice; the ledger holds the sum."""
    asked = survey(world)
    for code, wish in (("01", 6_000_000), ("02", 4_000_000), ("20", 2_000_000)):
        answer(world, asked, world.bodies[code], wish)
    table = scenario(world, 7_000_000, fixed={"20": 2_000_000})
    amounts = {r.grantee.name: r.amount for r in table.rows.select_related("grantee") if r.amount}
    assert amounts == {"北海道": 3_000_000, "青森県": 2_000_000, "長野県": 2_000_000}
    prepared = preflight(table, first_round(world))
    ready = [one for one in prepared if one.is_ready]
    assert len(ready) == 3
    assert "希望額の提出がありません。" in prepared[-1].reasons
    first = read_document_number("府孤推第201号").value
    assert first is not None
    batch = promise_all(
        actor=world.actor(Role.DECIDER),
        scenario=table,
        prepared=ready,
        numbers=count_on(first, 3),
        issued_on=date(world.programme.fiscal_year, 11, 1),
    )
    assert [item.is_done for item in batch.items.all()] == [True] * 3
    assert Ledger.objects.get(programme=world.programme).promised == 7_000_000
    drain()
    papers = Document.objects.filter(kind="notice_of_promise")
    assert {paper.state for paper in papers} == {"ready"}
    assert papers.count() == 3
    assert Event.objects.filter(verb="allocations.promise").count() == 3
    assert verify() == []


@pytest.mark.django_db
def test_whoever_had_a_hand_in_the_table_does_not_promise(world: World) -> None:
    """四つの目: also where the table that is used was made from theirs by somebody else."""
    answer(world, survey(world), world.nagano, 2_000_000)
    first = scenario(world, 2_000_000)
    table = scenario(world, 1_000_000, based_on=first)
    row = table.rows.get(grantee=world.nagano)
    hat = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
    number = world.numbered()["document_number"]
    day = date(world.programme.fiscal_year, 11, 1)
    with pytest.raises(Denied, match="作った人"):
        promise(actor=hat, scenario=table, row=row, number=number, issued_on=day)
    assert not Promise.objects.exists()


@pytest.mark.django_db
def test_a_promise_is_held_back_from_others_and_used_by_its_own(world: World) -> None:
    """How 内示 and 決定 relate: what was promised to one body cannot be decided for another."""
    amount = int(world.filing("submitted", world.tottori).requested_amount or 0)
    world.programme.values.filter(key="budget").update(text=str(2 * amount))
    promised(world, world.nagano, amount)
    promised(world, world.bodies["01"], amount)
    own, other = (
        world.filing("reviewed", world.nagano),
        world.filing("reviewed", world.bodies["02"]),
    )
    with pytest.raises(Refused, match="予算の残り（0円）"):
        world.decide(other)
    world.decide(own)
    ledger = Ledger.objects.get(programme=world.programme)
    assert (ledger.decided, ledger.promised) == (amount, amount)
    assert Promise.objects.standing().count() == 1
    world.decline(world.filing("reviewed", world.bodies["01"]))
    ledger.refresh_from_db()
    assert (ledger.decided, ledger.promised) == (amount, 0)
    world.decide(other)


@pytest.mark.django_db
def test_a_promise_nobody_applies_under_is_ended(world: World) -> None:
    """With a reason, by a decider, once; then the money is free for others."""
    ensure_cache_table()
    made = promised(world, world.nagano, 1_000_000)
    url = f"{made.get_absolute_url()}end/"
    decider = client_of(world.actor(Role.DECIDER))
    assert client_of(world.actor(Role.REVIEWER)).post(url, {"reason": "x"}).status_code == 403
    assert decider.post(url, {"reason": ""}).status_code == 422
    given = {"reason": "予算を計上しないと連絡があったため。"}
    assert decider.post(url, given).status_code == 302
    assert Ledger.objects.get().promised == 0
    assert decider.post(url, given).status_code == 409
    assert Ledger.objects.get().promised == 0
    page = client_of(world.actor(Role.DRAFTER)).get(made.get_absolute_url()).content.decode()
    assert given["reason"] in page
    assert promise_to(world.draft()) is None
    assert verify() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "state"), [("block", "unmet"), ("warn", "warning")])
def test_an_application_within_its_promise(world: World, mode: str, state: str) -> None:
    """適正化法6条1項: the programme says whether more than the 内示額 stops the filing."""
    world.programme.values.filter(key="over_allotment").update(text=mode)
    filing = world.draft()
    applied = next(one for one in judgements(filing) if one.requirement.id == "filing.promise")
    assert applied.is_met, "without a promise"
    ids = ("filing.promise", "filing.promise_noted")
    promised(world, world.nagano, 1_000)
    found = {j.requirement.id: j.state for j in judgements(filing) if j.requirement.id in ids}
    assert state in found.values()
    assert sorted(found.values()) == sorted([state, "met"])


@pytest.mark.django_db
def test_a_promise_stays_as_it_was_made(world: World) -> None:
    made = promised(world, world.nagano, 1_000_000)
    for broken in (
        lambda: Promise.objects.filter(pk=made.pk).update(amount=2),
        lambda: Promise.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            broken()


@pytest.mark.django_db
def test_who_sees_a_promise(world: World) -> None:
    ensure_cache_table()
    made = promised(world, world.nagano, 1_000_000)
    mine = client_of(world.actor(Role.DRAFTER))
    page = mine.get(made.get_absolute_url())
    assert page.status_code == 200
    assert "1,000,000" in page.content.decode()
    assert str(made.pk) in mine.get("/").content.decode()
    gifu = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert gifu.get(made.get_absolute_url()).status_code == 404
    assert mine.get(made.scenario.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_the_what_if_page_tries_out_and_keeps(world: World) -> None:
    ensure_cache_table()
    answer(world, survey(world), world.nagano, 2_000_000)
    client = client_of(world.actor(Role.REVIEWER))
    url = f"/allocations/rounds/{first_round(world).pk}/plan/"
    assert client.get(url).status_code == 200
    typed = {"rule": "proportion", "available": "1,500,000", "calculate": "1", "note": ""}
    tried = client.post(url, typed)
    assert tried.status_code == 200
    assert "1,500,000" in tried.content.decode()
    over = client.post(url, typed | {"available": "100,000,001"})
    assert over.status_code == 422
    by_hand = typed | {"body20-fixed": "1,600,000", "keep": "1"}
    assert client.post(url, by_hand).status_code == 409, "more by hand than there is"
    kept = client.post(url, typed | {"keep": "1"})
    assert kept.status_code == 302
    page = client.get(kept.url)
    assert "配分しない残り" in page.content.decode()


def queries(client: object, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_as_many_queries_for_three_wishes_as_for_eight(world: World) -> None:
    """All 47 bodies stand in the table either way."""
    ensure_cache_table()
    asked = survey(world)
    codes = [code for code in world.bodies if code != "21"][:8]
    reviewer = client_of(world.actor(Role.REVIEWER))
    decider = client_of(world.actor(Role.DECIDER))
    plan = f"/allocations/rounds/{first_round(world).pk}/plan/"
    counts = []
    for some in (codes[:3], codes[3:]):
        for code in some:
            answer(world, asked, world.bodies[code], 2_000_000)
        table = scenario(world, 4_000_000)
        url = table.get_absolute_url()
        pages = [(reviewer, plan), (reviewer, url), (decider, f"{url}promise/")]
        counts.append([queries(*one) for one in pages])
        counts[-1].append(queries(reviewer, f"{url}?with=1") if len(counts) == 2 else 0)
    assert counts[0][:3] == counts[1][:3]
    draft = work_out(first_round(world), rule="level", available=4_000_000, ceiling=None, fixed={})
    assert isinstance(draft.sharing, Sharing)
    assert len(draft.lines) == 47


@pytest.mark.django_db(transaction=True)
def test_eight_promises_at_once_near_the_limit(world: World) -> None:
    """Money for six and a yen less: five are made, whatever runs at once."""
    world.programme.terms()
    asked = survey(world)
    codes = [code for code in world.bodies if code != "21"][:8]
    for code in codes:
        answer(world, asked, world.bodies[code], 2_000_000)
    table = scenario(world, 16_000_000)
    world.programme.values.filter(key="budget").update(text=str(6 * 2_000_000 - 1))
    rows = [row for row in table.rows.select_related("grantee") if row.amount]
    numbers = [world.numbered()["document_number"] for _ in rows]
    day = date(world.programme.fiscal_year, 11, 1)
    results = at_once(
        *(
            lambda row=row, number=number: promise(
                actor=world.actor(Role.DECIDER),
                scenario=table,
                row=row,
                number=number,
                issued_on=day,
            )
            for row, number in zip(rows, numbers, strict=True)
        )
    )
    lost = failures(results)
    assert len(lost) == 3
    assert all("予算の残り" in str(problem) for problem in lost)
    assert Ledger.objects.get().promised == 5 * 2_000_000
    assert verify() == []
