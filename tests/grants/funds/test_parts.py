"""A claim paid in several payments: never above it, what is left shown, the rest given up for a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from grants.claims.api import Claim, ClaimRest, give_up_rest, limit_of
from grants.funds.api import compare_file, pay_claim, take_over, totals_of
from grants.funds.april import standings as of_april
from grants.payments.api import Payment, undo_payment
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused
from portal.notifications.api import Notice
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.claims import claiming
from tests.grants.funds.test_funds import accounts
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


def pay(world: World, claim: Claim, amount: int, reference: str = "支出-1") -> Payment:
    return pay_claim(
        actor=world.actor(Role.DECIDER),
        claim=claim,
        amount=amount,
        paid_on=timezone.localdate(),
        reference=reference,
    )


def money(claim: Claim) -> Claim:
    found: Claim = Claim.objects.with_payment().select_related("award", "filing").get(pk=claim.pk)
    return found


@pytest.fixture
def claim(world: World) -> Claim:
    made = claiming.accepted(world, closing.award_of(world), 1_000_000)
    claiming.funded(world, 5_000_000)
    return made


def test_parts_add_up_to_the_claim_and_no_yen_more(world: World, claim: Claim) -> None:
    before = limit_of(claim.award)
    pay(world, claim, 400_000)
    one = money(claim)
    assert (one.paid, one.left, one.is_paid, one.is_paid_in_part) == (400_000, 600_000, False, True)
    after = limit_of(claim.award)
    assert (after.paid, after.reserved) == (400_000, 600_000)
    assert after.left == before.left, "what is left of a claim stays kept for it"
    for amount, said in ((600_001, "この請求の残り（600,000円）以下"), (0, "1円以上")):
        with pytest.raises(Refused, match=said):
            pay(world, claim, amount)
    pay(world, claim, 600_000, "支出-2")
    one = money(claim)
    assert (one.left, one.is_paid) == (0, True)
    with pytest.raises(Refused, match="支払を待っていません"):
        pay(world, claim, 1)
    assert totals_of(world.programme.pk).paid == 1_000_000
    said = [e.data["said"]["請求の残り"] for e in Event.objects.filter(verb="funds.pay")]
    assert sorted(said) == ["0円", "600,000円"]
    assert verify() == []


def test_a_part_that_was_taken_back_is_waited_for_again(world: World, claim: Claim) -> None:
    pay(world, claim, 400_000)
    second = pay(world, claim, 600_000, "支出-2")
    undo_payment(actor=world.actor(Role.DECIDER), payment=second, reason="桁を誤ったため。")
    assert money(claim).left == 600_000
    assert Claim.objects.to_pay().get() == claim


@pytest.mark.django_db(transaction=True)
def test_parts_paid_at_once_stay_within_the_claim(world: World) -> None:
    made = claiming.accepted(world, closing.award_of(world), 1_000_000)
    claiming.funded(world, 5_000_000)

    def attempt(number: int) -> bool:
        try:
            pay(world, made, 400_000, f"支出-{number}")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 2
    assert money(made).left == 200_000


def test_what_was_paid_in_part_is_not_sent_back(world: World, claim: Claim) -> None:
    pay(world, claim, 1)
    with pytest.raises(Refused, match="支払が記録されているため"):
        world.act(claim.filing, "send_back", world.actor(Role.REVIEWER), reason="口座の誤り")


def test_the_body_gives_up_the_rest_for_a_reason(world: World, claim: Claim) -> None:
    ensure_cache_table()
    approver = world.actor(Role.APPROVER)
    with pytest.raises(Refused, match="まだ支払われていない請求です"):
        give_up_rest(actor=approver, claim=claim, reason="事業の縮小")
    pay(world, claim, 400_000)
    url = reverse("claim:give_up", args=[claim.pk])
    client = client_of(approver)
    assert "支払を待つ残り" in client.get(url).content.decode()
    assert client_of(world.actor(Role.DRAFTER)).get(url).status_code == 403
    assert client_of(world.actor(Role.APPROVER, world.gifu)).get(url).status_code == 404
    assert client.post(url, {"reason": ""}).status_code == 422
    typed = {
        "reason": "研修を1回減らしたため。",
        "request_key": "1" * 8 + "-1111-4111-8111-" + "1" * 12,
    }
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 302, "a second click"
    rest = ClaimRest.objects.get()
    assert (rest.amount, rest.given_up_by_name) == (600_000, approver.name)
    one = money(claim)
    assert (one.left, one.is_paid) == (0, True)
    assert limit_of(claim.award).reserved == 0, "it may be claimed again"
    assert not Claim.objects.to_pay().exists()
    with pytest.raises(Refused, match="残りがありません"):
        give_up_rest(actor=approver, claim=claim, reason="もう一度")
    drain()
    assert Notice.objects.filter(title__contains="請求の残りの取りやめ").count() == 1
    page = client.get(claim.filing.get_absolute_url()).content.decode()
    assert "研修を1回減らしたため。" in page
    assert url not in page
    assert verify() == []


def test_pages_show_what_is_left(world: World, claim: Claim) -> None:
    ensure_cache_table()
    decider = client_of(world.actor(Role.DECIDER))
    typed: dict[str, Any] = {"paid_on": timezone.localdate().isoformat(), "reference": "支出-1"}
    url = reverse("funds:pay", args=[claim.pk])
    assert 'value="1,000,000"' in decider.get(url).content.decode()
    key = {"request_key": "11111111-1111-4111-8111-111111111111"}
    over = decider.post(url, typed | key | {"amount": "1,000,001"})
    assert over.status_code == 422
    assert "残り（1,000,000円）以下" in over.content.decode()
    assert decider.post(url, typed | key | {"amount": "400,000"}).status_code == 302
    for address in (
        url,
        reverse("funds:year"),
        reverse("claim:list"),
        reverse("claim:examine", args=[claim.pk]),
        claim.filing.get_absolute_url(),
    ):
        assert "600,000円" in decider.get(address).content.decode(), address
    assert "一部支払済み" in decider.get("/").content.decode()
    drafter = client_of(world.actor(Role.DRAFTER))
    assert "600,000円" in drafter.get(claim.filing.get_absolute_url()).content.decode()


def test_rows_of_the_accounts_pay_a_claim_in_parts(world: World, claim: Claim) -> None:
    ensure_cache_table()
    today = timezone.localdate()
    row = f"{today},長野県会計管理者,,{{}},支出-{{}}"
    held = accounts(world, [row.format(400_000, 1), row.format(350_000, 2)])
    found = compare_file(held).matches
    assert [one.found.value for one in found] == ["claim", "claim"]
    assert "一部の支払" in found[0].reason
    decider = world.actor(Role.DECIDER)
    assert take_over(actor=decider, held=held, keys=[one.key for one in found]) == 2
    assert money(claim).left == 250_000
    again = compare_file(held).matches
    assert [one.found.value for one in again] == ["same", "same"]
    assert take_over(actor=decider, held=held, keys=[one.key for one in found]) == 0
    more = accounts(world, [row.format(250_001, 3)])
    match = compare_file(more).matches[0]
    assert match.found.value == "only_there", "more than is left is nobody's part"


def test_the_desk_of_april_follows(world: World) -> None:
    award = closing.award_of(world)
    closing.settled(world, award)
    final = claiming.accepted(world, award, 1_000_000)
    claiming.funded(world, 50_000_000)
    pay(world, final, 400_000)
    [row] = of_april(world.actor(Role.REVIEWER), world.programme, timezone.localdate())
    assert row.claim is not None
    assert (row.claim.left, row.next.label) == (600_000, "精算払の額を支払う")
    pay(world, final, 600_000, "支出-2")
    [row] = of_april(world.actor(Role.REVIEWER), world.programme, timezone.localdate())
    assert row.claim is None
