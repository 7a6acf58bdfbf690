"""Carried once, not finished, carried again as 事故繰越: services and pages, from year to year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from grants.awards.api import Award, last_day_of
from grants.carryovers.api import (
    Carried,
    CarriedOverLine,
    Carryover,
    YearEnd,
    commitment_reasons,
    line_reasons,
    start_carryover,
    start_year_end,
    state_open,
    year_money,
)
from grants.changes.api import save_statement
from grants.claims.api import limit_of
from grants.filings.api import Filing
from grants.funds.api import pay_claim
from grants.funds.april import standings
from grants.guideline.api import Subject, judge
from grants.kinds.carryover.requirements import CarryoverSubject
from grants.settlements.api import Settlement
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused
from portal.documents.api import Limits, attach
from tests.grants import closing
from tests.grants.carryovers import carrying
from tests.grants.carryovers.test_carryovers import at, text_of, year_of
from tests.grants.carryovers.test_rules import SUBJECT
from tests.grants.claims import claiming
from tests.world import World, client_of, ensure_cache_table

DIRECT = CarriedOverLine(
    "1", "⑤ 1行目", 1_000, 400, 300, 200, 100, True, True, date(2026, 12, 1), "福第12号"
)


@pytest.mark.parametrize(
    ("changed", "kind", "count"),
    [
        pytest.param({}, "accident", 0, id="財政法42条ただし書-within-the-commitment"),
        pytest.param({"own": 101}, "accident", 1, id="財政法42条ただし書-one-yen-over-it"),
        pytest.param({"bound": 0}, "accident", 1, id="地方自治法220条3項-nothing-committed"),
        pytest.param({"bound": 0}, "granted", 0, id="地方自治法213条-明許-needs-no-commitment"),
        pytest.param({"bound": 900, "own": 500}, "accident", 1, id="地方自治法213条-over-the-rest"),
    ],
)
def test_a_direct_line_is_bound_by_its_own_commitment(
    changed: dict[str, Any], kind: str, count: int
) -> None:
    assert len(list(line_reasons(replace(DIRECT, **changed), kind))) == count


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        pytest.param({}, 0, id="232条の3-recorded"),
        pytest.param({"committed_on": None}, 1, id="232条の3-no-day"),
        pytest.param({"committed_number": "　"}, 1, id="232条の3-no-number"),
        pytest.param({"committed_on": date(2027, 3, 31)}, 0, id="財政法42条-last-day-of-the-year"),
        pytest.param({"committed_on": date(2027, 4, 1)}, 1, id="財政法42条-the-day-after"),
        pytest.param({"is_direct": False, "committed_on": None}, 0, id="a-contract-has-its-own"),
    ],
)
def test_a_commitment_has_day_and_number(changed: dict[str, Any], count: int) -> None:
    assert len(list(commitment_reasons(replace(DIRECT, **changed), 2026))) == count


@pytest.mark.parametrize(
    ("papers", "kind", "unmet"),
    [(0, "accident", {"commitments"}), (1, "accident", set()), (0, "granted", set())],
    ids=["no-evidence", "evidence", "明許-asks-for-none"],
)
def test_its_evidence_is_attached(papers: int, kind: str, unmet: set[str]) -> None:
    given = {**SUBJECT, "kind": kind, "lines": (DIRECT,), "papers": papers, "planned": 300}
    given["causes"] = (given["cause"],)
    found = judge(Subject.CARRYOVER, CarryoverSubject(**given))
    said = {one.requirement.id.removeprefix("carryover.") for one in found if not one.is_met}
    assert said & {"lines", "commitments", "national"} == unmet


@pytest.fixture
def award(world: World) -> Award:
    ensure_cache_table()
    return closing.award_of(world)


def claim_and_pay(world: World, award: Award, amount: int) -> None:
    claim = claiming.accepted(world, award, amount)
    today = timezone.localdate()
    pay_claim(actor=world.actor(Role.DECIDER), claim=claim, paid_on=today, reference="支1")


def report_on_the_year(world: World, award: Award) -> None:
    """年度終了実績報告 of the year that ended (14条後段), taken note of."""
    drafter, today = world.actor(Role.DRAFTER), timezone.localdate()
    filing = start_year_end(actor=drafter, award=award)
    save_statement(
        actor=drafter,
        statement=YearEnd.objects.get(filing=filing),
        seen_version=1,
        values={
            "summary": "会場を決めた。",
            "spent": 0,
            "outlook": "9月に終える。",
            "completes_on": date(today.year, 9, 30),
        },
    )
    world.act(world.submit(filing), "accept", world.actor(Role.REVIEWER))


def once_and_not_finished(world: World, award: Award) -> None:
    """All of its own year's money is paid, and a third of the 600,000円 that were carried."""
    claiming.funded(world, int(award.amount))
    carrying.carried(world, award)
    claim_and_pay(world, award, int(award.amount) - 600_000)
    with at(date(year_of(award) + 1, 4, 20)):
        report_on_the_year(world, award)
    with at(date(year_of(award) + 1, 6, 1)):
        claim_and_pay(world, award, 200_000)


def by_accident(world: World, award: Award, national: int = 600_000, **more: Any) -> Filing:
    """In December of the year into which it was carried; its own commitment is of that summer."""
    year = year_of(award)
    committed = {
        "committed": 2 * national + 2_000,
        "committed_on": date(year + 1, 7, 10),
        "committed_number": "福第34号",
        **more,
    }
    return carrying.write(
        world,
        award,
        national,
        kind="accident",
        cause=award.programme.terms().accident_causes[0],
        last_day=date(year + 2, 9, 30),
        resolved_on=date(year + 2, 3, 20),
        committed=committed,
    )


def with_evidence(world: World, filing: Filing) -> Filing:
    attach(
        actor=world.actor(Role.DRAFTER),
        upload=SimpleUploadedFile("支出負担行為書.csv", "番号,福第34号\n".encode()),
        kind="attachment:other",
        subject=filing,
        limits=Limits(),
        case_id=filing.case_id,
    )
    return filing


def carried_twice(world: World, award: Award) -> Carried:
    once_and_not_finished(world, award)
    with at(date(year_of(award) + 1, 12, 1)):
        filing = with_evidence(world, by_accident(world, award))
        return carrying.approve(world, carrying.reviewed(world, filing))


@pytest.mark.django_db
def test_the_page_takes_the_commitment_of_the_body_itself(world: World, award: Award) -> None:
    once_and_not_finished(world, award)
    year = year_of(award)
    with at(date(year + 1, 12, 1)):
        drafter = client_of(world.actor(Role.DRAFTER))
        filing = start_carryover(actor=world.actor(Role.DRAFTER), award=award)
        carryover = Carryover.objects.get(filing=filing)
        [row] = carryover.rows.all()
        form = {
            "kind": "accident",
            "cause": award.programme.terms().accident_causes[0],
            "reason": "地震で会場が使えない。",
            "progress": "契約を終えた。",
            "schedule": "9月に終える。",
            "last_day": f"{year + 2}-09-30",
            "resolved_on": f"{year + 2}-03-20",
            f"{row.uid}-direct": "0",
            f"{row.uid}-committed": "１，２０２，０００",
            f"{row.uid}-committed_on": f"R{year + 1 - 2018}.7.10",
            f"{row.uid}-committed_number": "福第34号",
            f"{row.uid}-national": "600000",
            f"{row.uid}-own": "602000",
            "form_version": str(carryover.version),
        }
        assert drafter.post(carryover.get_absolute_url(), form).status_code == 302
        row.refresh_from_db()
        assert (row.committed, row.committed_on) == (1_202_000, date(year + 1, 7, 10))
        page = drafter.get(carryover.get_absolute_url()).content.decode()
        assert "直営の経費の支出負担行為" in page
        assert "支出負担行為を示す書類（写し）を添付してください" in page


@pytest.mark.django_db
def test_what_is_refused_the_second_time(world: World, award: Award) -> None:
    once_and_not_finished(world, award)
    with at(date(year_of(award) + 1, 12, 1)):
        filing = by_accident(world, award)
        with pytest.raises(Refused, match="支出負担行為を示す書類"):
            world.submit(filing)
        with_evidence(world, filing)
        by_accident(world, award, committed=100_000)
        with pytest.raises(Refused, match="支出負担行為をしていてまだ支払っていない額"):
            world.submit(filing)
        by_accident(world, award, committed_on=date(year_of(award) + 2, 4, 1))
        with pytest.raises(Refused, match="支出負担行為の日"):
            world.submit(filing)
        carrying.write(world, award, last_day=date(year_of(award) + 2, 9, 30))
        with pytest.raises(Refused, match="事故繰越のときだけ"):
            world.submit(filing)


@pytest.mark.django_db
def test_the_state_carries_what_is_left_of_what_it_carried(world: World, award: Award) -> None:
    """財政法42条: what was not paid of the first year is over, and makes no room in the third."""
    claiming.funded(world, int(award.amount))
    carrying.carried(world, award)
    with at(date(year_of(award) + 1, 6, 1)):
        claim_and_pay(world, award, 200_000)
        assert state_open(award) == (600_000, 200_000)
    with at(date(year_of(award) + 1, 12, 1)):
        filing = with_evidence(world, by_accident(world, award))
        twice = carrying.approve(world, carrying.reviewed(world, filing))
    assert (twice.national, twice.state_amount) == (600_000, 400_000)
    money = year_money(year_of(award) + 1)
    assert (money.brought, money.brought_paid, money.brought_on) == (600_000, 200_000, 400_000)
    assert money.brought_left == 0


@pytest.mark.django_db
def test_from_year_to_year_to_the_settlement(world: World, award: Award) -> None:
    twice = carried_twice(world, award)
    year, drafter = year_of(award), world.actor(Role.DRAFTER)
    assert (twice.step, twice.kind, twice.state_amount) == (2, "accident", 400_000)
    assert last_day_of(award) == date(year + 2, 9, 30)
    with at(date(year + 1, 12, 2)):
        shown = text_of("carryover")
    assert "福第34号" in shown
    assert "直営の積算内訳の支出負担行為" in shown
    start = reverse("claim:start", args=[award.pk])
    with at(date(year + 2, 3, 31)):
        assert limit_of(award).left == 0, "the second year's money is carried on"
        page = client_of(drafter).get(reverse("claim:list")).content.decode()
        assert start not in page
        assert f"{year + 2}年4月1日" in page
    with at(date(year + 2, 4, 20)):
        [row] = standings(world.actor(Role.AUDITOR), award.programme, timezone.localdate())
        assert row.next.label == "年度終了の実績報告を提出する"
        assert not row.next.is_late
        assert row.next.due_on == date(year + 2, 4, 30)
        report_on_the_year(world, award)
        [row] = standings(world.actor(Role.AUDITOR), award.programme, timezone.localdate())
        assert row.next.label == "繰越し：完了した後に、実績報告を提出する"
        assert row.next.due_on == date(year + 3, 4, 10)
        assert not Settlement.objects.exists(), "the report on a year fixes nothing"
        assert limit_of(award).left == 400_000
        assert start in client_of(drafter).get(reverse("claim:list")).content.decode()
        claim_and_pay(world, award, 400_000)
        assert limit_of(award).left == 0
    with at(date(year + 2, 12, 1)):
        with pytest.raises(Refused, match="もう一度繰り越せません"):
            start_carryover(actor=drafter, award=award)
        filing = closing.write_report(world, award, on=date(year + 2, 9, 30))
        settlement = closing.fix(world, closing.examine(world, world.submit(filing)))
        assert settlement.amount == int(award.amount)
        assert closing.close(world, settlement).state == "closed"
    assert verify() == []


@pytest.mark.django_db
def test_after_the_last_of_its_days_nothing_is_payable(world: World, award: Award) -> None:
    carried_twice(world, award)
    with at(date(year_of(award) + 3, 4, 30)):
        assert limit_of(award).left == 400_000
    with at(date(year_of(award) + 3, 5, 1)):
        assert limit_of(award).left == 0
        with pytest.raises(Refused, match="予決令4条"):
            claiming.filed(world, award, 1)
