"""A year's money as it is recorded, claims paid within it, April's desk, and the accounts' files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.claims.api import Claim, ClaimPayment
from grants.funds.api import (
    AccountsFile,
    FundRecord,
    compare_file,
    correct_step,
    pay_claim,
    take_over,
    totals_of,
)
from grants.payments.api import Payment
from portal.access.api import Role
from portal.audit.api import verify
from portal.audit.models import Event
from portal.core.problems import Refused
from tests.grants import closing
from tests.grants.claims import claiming
from tests.grants.claims.claiming import funded, step
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


def paid(world: World, claim: Claim, reference: str = "支出-1") -> Payment:
    return pay_claim(
        actor=world.actor(Role.DECIDER),
        claim=claim,
        paid_on=timezone.localdate(),
        reference=reference,
    )


def test_recorded_corrected_and_kept_through_the_pages(world: World) -> None:
    ensure_cache_table()
    closing.award_of(world)
    decider = client_of(world.actor(Role.DECIDER))
    add = reverse("funds:record", args=[world.programme.pk])
    typed = {
        "step": "appropriation",
        "acted_on": timezone.localdate().isoformat(),
        "document_number": "府会第1号",
        "amount": "６２０，０００，０００",
        "note": "当初予算",
        "request_key": "11111111-1111-4111-8111-111111111111",
    }
    assert decider.post(add, typed).status_code == 302
    assert decider.post(add, typed).status_code == 302, "a second click"
    assert totals_of(world.programme.pk).appropriation == 620_000_000
    key = {"request_key": "22222222-2222-4222-8222-222222222222"}
    over = typed | key | {"step": "allotment", "amount": "620,000,001"}
    answer = decider.post(add, over)
    assert answer.status_code == 422
    assert "予算の合計（620,000,000円）を超えます" in answer.content.decode()
    wrong = FundRecord.objects.get()
    correct = reverse("funds:correct", args=[wrong.pk])
    right = typed | key | {"amount": "600,000,000", "reason": "補正予算により減額されたため。"}
    assert decider.post(correct, right).status_code == 302
    assert decider.post(correct, right).status_code == 302, "a second click"
    assert totals_of(world.programme.pk).appropriation == 600_000_000
    again = right | {"request_key": "33333333-3333-4333-8333-333333333333"}
    assert "すでに訂正されています" in decider.post(correct, again).content.decode()
    page = decider.get(reverse("funds:year")).content.decode()
    assert "補正予算により減額されたため。" in page
    assert "620,000,000円" in page, "the wrong one stays readable"
    for change in (lambda: FundRecord.objects.update(amount=1), FundRecord.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Event.objects.get(label="予算成立を記録する").article == "財政法31条"
    assert verify() == []


def test_11_a_claim_is_paid_within_what_was_committed(world: World) -> None:
    """会計法11条, and never by whoever examined it."""
    award = closing.award_of(world)
    claim = claiming.accepted(world, award, 1_000_000)
    with pytest.raises(Refused, match="支出負担行為の残り（0円）"):
        paid(world, claim)
    funded(world, 999_999)
    with pytest.raises(Refused, match="支出負担行為の残り（999,999円）"):
        paid(world, claim)
    for name in ("appropriation", "allotment", "commitment"):
        step(world, name, 1, "府会第2号")
    made = paid(world, claim)
    assert (made.amount, made.kind) == (1_000_000, "advance")
    assert ClaimPayment.objects.get().payment == made
    with pytest.raises(Refused, match="支払を待っていません"):
        paid(world, claim)
    with pytest.raises(Refused, match="支出負担行為の残り（0円）"):
        closing.pay(world, award, 1)
    commitment = FundRecord.objects.filter(step="commitment").earliest("recorded_at")
    with pytest.raises(Refused, match="支払済みの額の合計"):
        correct_step(
            actor=world.actor(Role.DECIDER),
            wrong=commitment,
            acted_on=commitment.acted_on,
            document_number=commitment.document_number,
            amount=999_998,
            note="",
            reason="桁を誤ったため。",
        )


def test_a_claim_is_paid_from_the_page_once(world: World) -> None:
    ensure_cache_table()
    claim = claiming.accepted(world, closing.award_of(world), 1_000_000)
    funded(world, 5_000_000)
    decider = client_of(world.actor(Role.DECIDER))
    assert "支払を待つ請求" in decider.get("/").content.decode()
    page = decider.get(reverse("funds:year")).content.decode()
    assert "＊＊＊＊567" in page
    assert "0012567" not in page
    typed = {
        "paid_on": timezone.localdate().isoformat(),
        "reference": "支出-1",
        "amount": "1,000,000",
        "request_key": "11111111-1111-4111-8111-111111111111",
    }
    url = reverse("funds:pay", args=[claim.pk])
    assert decider.post(url, typed).status_code == 302
    assert decider.post(url, typed).status_code == 302, "a second click"
    assert Payment.objects.count() == 1
    assert "支払を待つ残りはありません" in decider.get(url).content.decode()
    assert client_of(world.actor(Role.REVIEWER)).get(url).status_code == 403
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_claims_paid_at_once_stay_within_the_commitments(world: World) -> None:
    """Two bodies, each for all that was committed: one is refused."""
    bodies = (world.nagano, world.tottori)
    claims = [claiming.accepted(world, closing.award_of(world, body), 1_000_000) for body in bodies]
    funded(world, 1_500_000)

    def attempt(claim: Claim) -> bool:
        try:
            paid(world, claim)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(attempt, claims)) == 1
    assert totals_of(world.programme.pk).to_pay == 500_000


def test_the_desk_of_april(world: World) -> None:
    ensure_cache_table()
    done, over, written = (
        closing.award_of(world, body) for body in (world.nagano, world.gifu, world.tottori)
    )
    closing.pay(world, over)
    closing.settled(world, over, cut=100_000)
    closing.settled(world, done)
    closing.write_report(world, written)
    client = client_of(world.actor(Role.REVIEWER))
    url = f"{reverse('funds:april')}?year={world.programme.fiscal_year}"
    page = client.get(url).content.decode()
    for said in ("精算払を請求する", "返還を命ずる", "実績報告を提出する", "急ぐ団体から"):
        assert said in page
    answer = client.get(f"{reverse('funds:april_csv')}?year={world.programme.fiscal_year}")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert "鳥取県" in rows[1], "worst first"
    assert client_of(world.actor(Role.DRAFTER)).get(url).status_code == 403


def test_the_desk_asks_the_same_for_three_bodies_and_for_eight(world: World) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.REVIEWER))
    codes = ["20", "21", "31", "01", "04", "13", "23", "27"]
    url = f"{reverse('funds:april')}?year={world.programme.fiscal_year}"

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def claim(some: list[str]) -> None:
        for code in some:
            award = closing.award_of(world, world.bodies[code])
            claiming.filed(world, award, 1_000)
            closing.write_report(world, award)

    claim(codes[:3])
    at_three = asked()
    claim(codes[3:])
    assert asked() == at_three


def accounts(world: World, rows: list[str], encoding: str = "cp932") -> AccountsFile:
    """Chosen on the page; columns in another order, one that is not read."""
    text = "支払日,債主,備考,支払額,文書番号\n" + "\n".join(rows) + "\n"
    client = client_of(world.actor(Role.REVIEWER))
    file = SimpleUploadedFile("支払一覧.csv", text.encode(encoding), content_type="text/csv")
    url = reverse("funds:upload", args=[world.programme.pk])
    answer = client.post(url, {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    found: AccountsFile = AccountsFile.objects.get(pk=answer.url.rstrip("/").split("/")[-1])
    return found


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_a_file_of_the_accounts_beside_the_payments(world: World, encoding: str) -> None:
    """全角 digits, columns by name; nothing is written by looking."""
    ensure_cache_table()
    award = closing.award_of(world)
    closing.pay(world, award, 1_000)
    today = timezone.localdate()
    held = accounts(
        world, [f"{today:%Y/%m/%d},長野県知事,,１，０００,", f"{today},岐阜県,,5,支出-9"], encoding
    )
    found = compare_file(held)
    assert [one.found.value for one in found.matches] == ["same", "only_there"]
    assert Payment.objects.count() == 1
    client = client_of(world.actor(Role.AUDITOR))
    page = client.get(held.get_absolute_url()).content.decode()
    assert "会計だけにある" in page
    assert "選んだ行の支払日を写す" not in page
    answer = client.get(reverse("funds:compared_csv", args=[held.pk]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "岐阜県" in lines[2]
    assert "見つかりません" in lines[2]


def test_days_of_payment_are_taken_over_once(world: World) -> None:
    """A payment whose day differs, and a claim that waits; a repeat changes nothing."""
    ensure_cache_table()
    award = closing.award_of(world)
    funded(world, 9_000_000)
    claim = claiming.accepted(world, award, 1_000)
    paid(world, claim, "支出-1")
    waiting = claiming.accepted(world, closing.award_of(world, world.tottori), 2_000)
    today = timezone.localdate()
    held = accounts(world, [f"{today},長野県,,1000,支出-1", f"{today},鳥取県,,2000,支出-2"])
    first, second = compare_file(held).matches
    assert (first.found.value, second.found.value) == ("same", "claim")
    decider = client_of(world.actor(Role.DECIDER))
    url = reverse("funds:take_over", args=[held.pk])
    assert decider.post(url, {}).status_code == 422
    assert decider.post(url, {"row": [second.key]}).status_code == 302
    assert Payment.objects.standing().count() == 2
    assert ClaimPayment.objects.filter(claim=waiting).standing().count() == 1
    assert decider.post(url, {"row": [second.key]}).status_code == 302, "taken before"
    assert Payment.objects.count() == 2
    assert Event.objects.filter(label="会計の記録から支払日を写す").count() == 1
    assert decider.post(url, {"row": ["99:none"]}).status_code == 409
    assert verify() == []


def test_a_day_that_differs_moves_with_its_claim(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    funded(world, 9_000_000)
    claim = claiming.accepted(world, award, 1_000)
    later = timezone.now() + timedelta(days=5)
    day = timezone.localdate() + timedelta(days=3)
    with time_machine.travel(later):
        before = paid(world, claim)
        held = accounts(world, [f"{day},長野県,,1000,支出-1"])
        [match] = compare_file(held).matches
        assert match.differing == ("支払日",)
        assert take_over(actor=world.actor(Role.DECIDER), held=held, keys=[match.key]) == 1
    before.refresh_from_db()
    assert "会計の記録の支払日" in before.undo_reason
    now = Payment.objects.standing().get()
    assert (now.paid_on, now.amount, now.reference) == (day, 1_000, "支出-1")
    assert ClaimPayment.objects.standing().get().claim == claim
    assert take_over(actor=world.actor(Role.DECIDER), held=held, keys=[match.key]) == 0
    assert Payment.objects.count() == 2


def test_what_a_later_act_rests_on_is_not_moved_and_nothing_else_either(world: World) -> None:
    """15条: the notice names what was received. The rows are taken together or not at all."""
    ensure_cache_table()
    award = closing.award_of(world)
    closing.pay(world, award, 1_000)
    closing.settled(world, award)
    other = closing.award_of(world, world.tottori)
    funded(world, 9_000_000)
    claiming.accepted(world, other, 2_000)
    today = timezone.localdate()
    day = today + timedelta(days=1)
    held = accounts(world, [f"{day},長野県,,1000,", f"{today},鳥取県,,2000,支出-2"])
    keys = [one.key for one in compare_file(held).matches]
    with pytest.raises(Refused, match="2行目"):
        take_over(actor=world.actor(Role.DECIDER), held=held, keys=keys)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("支払日,備考\n2026/4/1,あ\n", "相手方"),
        ("支払日,相手方,支払額\n", "行"),
    ],
    ids=["a-column-is-missing", "nothing-in-it"],
)
def test_a_file_that_cannot_be_read_says_why(world: World, text: str, said: str) -> None:
    ensure_cache_table()
    closing.award_of(world)
    client = client_of(world.actor(Role.DECIDER))
    url = reverse("funds:upload", args=[world.programme.pk])
    answer: Any = client.post(url, {"file": SimpleUploadedFile("一覧.csv", text.encode())})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not AccountsFile.objects.exists()
