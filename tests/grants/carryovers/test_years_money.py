"""A year's money is paid until its last day and never after, unless it was carried (財政法42条, 予決令4条)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from grants.awards.api import Award
from grants.carryovers.api import closed_reasons
from grants.carryovers.rules import portions
from grants.claims.api import limit_of, start_claim
from grants.funds.api import pay_claim
from grants.funds.april import standings
from grants.payments.api import Payment, record_payment
from portal.access.api import Role
from portal.core.dates import GOVERNMENT, JST, FiscalYear
from portal.core.problems import Refused
from tests.grants import closing
from tests.grants.carryovers import carrying
from tests.grants.claims import claiming
from tests.world import World, client_of, ensure_cache_table

YEARS = range(2024, 2034)


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def last_day(award: Award, carried: int = 0) -> date:
    return date(award.programme.fiscal_year + 1 + carried, 4, 30)


def moment(day: date, text: str) -> time_machine.travel:
    return time_machine.travel(
        datetime.fromisoformat(f"{day.isoformat()}T{text}+09:00"), tick=False
    )


def pay(world: World, award: Award, on: date, amount: int = 1) -> Payment:
    return record_payment(
        actor=world.actor(Role.DECIDER), award=award, kind="advance", amount=amount, paid_on=on
    )


@pytest.mark.parametrize("year", YEARS, ids=lambda year: f"予決令4条-{year}")
def test_4_the_day_stands_in_every_year_open_or_closed(year: int) -> None:
    """30 April is not moved where offices are closed on it: the order names the day."""
    [own] = portions(1_000, [], year, (4, 30))
    assert not own.is_open(date(year, 3, 31))
    assert own.is_open(date(year, 4, 1))
    assert own.is_open(date(year + 1, 4, 30))
    assert not own.is_open(date(year + 1, 5, 1))


def test_the_ten_years_hold_closed_last_days() -> None:
    closed = [year for year in YEARS if not GOVERNMENT.is_open(date(year + 1, 4, 30))]
    assert closed == [2027, 2028, 2032, 2033], "two Sundays, a Saturday and a day in lieu"


@pytest.mark.parametrize("carried", [0, 1, 2])
@pytest.mark.parametrize("year", YEARS)
def test_42_each_portion_closes_on_its_own_30_april(year: int, carried: int) -> None:
    parts = portions(1_000, [400, 100][:carried], year, (4, 30))
    for n, part in enumerate(parts):
        ends = date(year + 1 + n, 4, 30)
        said = list(closed_reasons(parts, [], ends + timedelta(days=1)))
        assert any(FiscalYear(year + n).label in one and "予決令4条" in one for one in said)
        assert not any(FiscalYear(year + n).label in one for one in closed_reasons(parts, [], ends))
        assert part.is_open(ends)


@pytest.mark.parametrize("day", [(5, 31), (4, 20)])
def test_the_day_is_data_of_the_programme(day: tuple[int, int]) -> None:
    [own] = portions(1_000, [], 2026, day)
    assert own.last == date(2027, *day)


@pytest.mark.django_db
def test_4_a_payment_after_the_day_is_refused_and_says_why(world: World, award: Award) -> None:
    ends = last_day(award)
    with moment(ends + timedelta(days=3), "10:00:00"):
        with pytest.raises(Refused, match=r"支払期限.*4月30日.*財政法42条、予決令4条"):
            pay(world, award, ends + timedelta(days=1))
        assert pay(world, award, ends).amount == 1, "recorded later, but paid in time"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "text", "is_open"),
    [(0, "00:00:00", True), (0, "23:59:59", True), (1, "00:00:00", False)],
    ids=["予決令4条-first-second", "予決令4条-last-second", "予決令4条-a-second-later"],
)
def test_4_a_claim_is_begun_until_midnight_in_japan(
    world: World, award: Award, days: int, text: str, is_open: bool
) -> None:
    drafter = world.actor(Role.DRAFTER)
    with moment(last_day(award) + timedelta(days=days), text):
        assert bool(limit_of(award).left) is is_open
        if is_open:
            start_claim(actor=drafter, award=award)
        else:
            with pytest.raises(Refused, match="予決令4条"):
                start_claim(actor=drafter, award=award)


@pytest.mark.django_db
def test_4_a_claim_that_was_written_in_time_is_not_filed_after_it(
    world: World, award: Award
) -> None:
    filing = claiming.written(world, award, 100_000)
    after = last_day(award) + timedelta(days=1)
    with moment(after, "00:00:00"), pytest.raises(Refused, match="支払期限"):
        world.submit(filing)


@pytest.mark.django_db
def test_4_an_accepted_claim_is_paid_by_the_day_or_not_at_all(world: World, award: Award) -> None:
    ensure_cache_table()
    claiming.funded(world, int(award.amount))
    claim = claiming.accepted(world, award, 100_000)
    decider, ends = world.actor(Role.DECIDER), last_day(award)
    after = ends + timedelta(days=1)
    with moment(after, "09:00:00"):
        page = client_of(decider).get(reverse("funds:pay", args=[claim.pk])).content.decode()
        assert "支払期限（" in page
        with pytest.raises(Refused, match="予決令4条"):
            pay_claim(actor=decider, claim=claim, paid_on=after, reference="支1")
        pay_claim(actor=decider, claim=claim, paid_on=ends, reference="支1")


@pytest.mark.django_db
def test_the_pages_say_so_before_anybody_tries(world: World, award: Award) -> None:
    ensure_cache_table()
    drafter, decider = world.actor(Role.DRAFTER), world.actor(Role.DECIDER)
    claims, start = reverse("claim:list"), reverse("claim:start", args=[award.pk])
    money = reverse("settlements:award", args=[award.pk])
    with moment(last_day(award), "23:59:59"):
        assert start in client_of(drafter).get(claims).content.decode()
        assert "支払期限を過ぎ" not in client_of(decider).get(money).content.decode()
    with moment(last_day(award) + timedelta(days=1), "00:00:00"):
        page = client_of(drafter).get(claims).content.decode()
        assert start not in page
        assert "予決令4条" in page
        assert client_of(drafter).post(start).status_code == 409
        assert "予決令4条" in client_of(decider).get(money).content.decode()
        record = client_of(decider).get(reverse("payments:record", args=[award.pk]))
        assert "予決令4条" in record.content.decode()


@pytest.mark.django_db
def test_42_carried_money_has_a_last_day_of_its_own(world: World, award: Award) -> None:
    carrying.carried(world, award)
    own, carried = last_day(award), last_day(award, 1)
    with moment(own + timedelta(days=1), "00:00:00"):
        assert limit_of(award).left == 600_000, "the rest has lapsed"
    with moment(carried, "23:59:59"):
        assert limit_of(award).left == 600_000
    with moment(carried + timedelta(days=1), "00:00:00"):
        assert limit_of(award).left == 0
        with pytest.raises(Refused, match="予決令4条"):
            start_claim(actor=world.actor(Role.DRAFTER), award=award)
        with pytest.raises(Refused, match="予決令4条"):
            pay(world, award, carried + timedelta(days=1))


@pytest.mark.django_db
def test_the_desk_of_april_counts_what_lapsed_as_over(world: World, award: Award) -> None:
    closing.settled(world, award)
    after = datetime.combine(last_day(award), datetime.min.time(), JST) + timedelta(days=1)
    [row] = standings(world.actor(Role.REVIEWER), award.programme, after.date())
    assert row.next.is_done
    assert "不用" in row.next.label
