"""What to inspect: plain signs, each explained, no score; and what was chosen for the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.allocations.api import first_eligible_day, first_eligible_days
from grants.contractors.api import Contract, register_contractor
from inspections.sampling.api import Target, choose_target
from inspections.sampling.counting import of_award, of_year
from inspections.sampling.signs import SIGNS, Signed, Signs, in_order, split_pairs
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused
from tests.inspections.findings.test_findings import page
from tests.inspections.visits.test_visits import award_of, reported
from tests.workflow.races import at_once
from tests.world import World, client_of

DAY = date(2026, 6, 1)


def signed(days: int, contractor: str = "a", *, is_small: bool = True) -> Signed:
    return Signed(contractor, DAY + timedelta(days=days), is_small)


@pytest.mark.parametrize(
    ("contracts", "pairs"),
    [
        ([signed(0), signed(30)], 1),
        ([signed(30), signed(0)], 1),
        ([signed(0), signed(31)], 0),
        ([signed(0), signed(1, "b")], 0),
        ([signed(0), signed(1, is_small=False)], 0),
        ([signed(0), signed(10), signed(20)], 3),
        ([signed(0)], 0),
    ],
    ids=["30-days", "backwards", "31-days", "another-body", "competition", "three", "alone"],
)
def test_contracts_that_might_have_been_one(contracts: list[Signed], pairs: int) -> None:
    assert split_pairs(contracts) == pairs


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        ({"amount": 150, "last_amount": 100}, "change", 50),
        ({"amount": 50, "last_amount": 100}, "change", -50),
        ({"amount": 50}, "change", None),
        ({"billed": 300, "billed_late": 100}, "year_end", 33),
        ({}, "year_end", None),
        ({"contracted": 200, "by_negotiation": 50}, "negotiated", 25),
        ({}, "negotiated", None),
    ],
)
def test_shares(given: dict[str, int], name: str, expected: int | None) -> None:
    assert getattr(Signs(**given), name) == expected


def test_every_sign_is_explained_and_puts_in_order() -> None:
    rows = [("never", Signs(amount=1)), ("lately", Signs(amount=2, late=3, inspected_on=DAY))]
    for one in SIGNS:
        assert one.explanation.endswith("。")
        assert len(in_order(rows, one.key)) == 2
    assert in_order(rows, "late")[0][0] == "lately"
    assert in_order(rows, "inspected_on")[0][0] == "never"


def contract_of(world: World) -> Contract:
    """In force, signed without competition the day before the decision."""
    award = award_of(world)
    values = {
        "name": "特定非営利活動法人みらい",
        "kana": "みらい",
        "body_type": "npo",
        "representative": "見本 花子",
        "address": "長野市南長野0",
    }
    drafter, day = world.actor(Role.DRAFTER), award.decision.issued_on
    contract = Contract.objects.create(
        contractor=register_contractor(actor=drafter, corporate_number="", values=values),
        award=award,
        kind="contract",
        title="居場所の運営",
        amount=1_800_000,
        signed_on=day - timedelta(days=1),
        starts_on=day,
        ends_on=day + timedelta(days=90),
        method="NEG",
        ground="2",
    )
    Contract.objects.filter(pk=contract.pk).update(state="in_force")
    return contract


@pytest.mark.django_db
class TestTheSigns:
    def test_of_a_body_and_its_contract(self, world: World) -> None:
        contract = contract_of(world)
        award = contract.award
        ((found, signs),) = of_award(award)
        assert found == contract
        assert (signs.amount, signs.negotiated, signs.early) == (contract.amount, 100, 1)
        ((body, whole),) = of_year(world.programme)
        assert body == award
        assert (whole.amount, whole.contracted) == (award.amount, contract.amount)
        assert (whole.negotiated, whole.early, whole.inspected_on) == (100, 1, None)

    def test_the_last_visit(self, world: World) -> None:
        reported(world, award_of(world))
        ((_, signs),) = of_year(world.programme)
        assert signs.inspected_on == timezone.localdate()

    def test_the_first_day_of_all_is_that_of_each(self, world: World) -> None:
        for body in (world.nagano, world.gifu):
            award_of(world, body)
        found = first_eligible_days(world.programme)
        assert set(found) == {world.nagano.pk, world.gifu.pk}
        for body, day in found.items():
            assert day == first_eligible_day(world.programme, body)


@pytest.mark.django_db
class TestThePlan:
    def test_chosen_and_dropped_in_the_browser(self, world: World) -> None:
        award = award_of(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        assert "/sampling/" in page(inspector, "/visits/")
        url = f"/sampling/awards/{award.pk}/"
        assert url in page(inspector, "/sampling/?sort=change")
        planned = inspector.get(url).context["lines"]
        assert {one.section for _, one, _ in planned} > {"platform"}, "every line of the plan"
        assert len(planned) == award.revision.lines.count()
        assert inspector.post(url, {"reason": ""}).status_code == 422
        assert inspector.post(url, {"reason": "まだ検査していない。"}).status_code == 302
        again = inspector.post(url, {"reason": "もう一度。"})
        assert again.status_code == 409
        assert "すでに年間計画に" in again.content.decode()
        assert "まだ検査していない。" in page(inspector, "/sampling/")
        target = Target.objects.get()
        assert inspector.post(f"/sampling/targets/{target.pk}/drop/").status_code == 302
        assert not Target.objects.exists()
        verbs = ("sampling.choose", "sampling.drop")
        told = Event.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", flat=True)
        assert list(told) == list(verbs)

    def test_a_contract_of_another_award(self, world: World) -> None:
        contract = contract_of(world)
        elsewhere = award_of(world, world.gifu)
        with pytest.raises(Refused, match="この交付決定による契約"):
            choose_target(
                actor=world.actor(Role.INSPECTOR),
                award=elsewhere,
                contract=contract,
                reason="理由",
            )

    def test_near_miss_strangers(self, world: World) -> None:
        """An unannounced visit is known to no body before it."""
        award = award_of(world)
        drafter, auditor, reviewer = (
            client_of(world.actor(role)) for role in (Role.DRAFTER, Role.AUDITOR, Role.REVIEWER)
        )
        url = f"/sampling/awards/{award.pk}/"
        for path in ("/sampling/", url):
            assert drafter.get(path).status_code == 403
            assert auditor.get(path).status_code == 200
        for one in (auditor, reviewer):
            assert one.post(url, {"reason": "理由"}).status_code == 403
        assert not Target.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_choose_once(world: World) -> None:
    given = {"award": award_of(world), "contract": None, "reason": "理由"}
    actor = world.actor(Role.INSPECTOR)
    found = at_once(*[lambda: choose_target(actor=actor, **given)] * 4)
    assert sum(isinstance(one, Target) for one in found) == 1
    assert sum(isinstance(one, Refused) for one in found) == 3


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    inspector = client_of(world.actor(Role.INSPECTOR))
    codes = ("20", "21", "31", "01", "13", "23", "27", "40")

    def count(bodies: Any) -> int:
        for code in bodies:
            award = award_of(world, world.bodies[code])
            choose_target(
                actor=world.actor(Role.INSPECTOR), award=award, contract=None, reason="理由"
            )
        inspector.get("/sampling/")
        with CaptureQueriesContext(connection) as captured:
            assert inspector.get("/sampling/").status_code == 200
        return len(captured)

    assert count(codes[:3]) == count(codes[3:])
