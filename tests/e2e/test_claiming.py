"""From the need for money to its payment: 予算 and 支出負担行為, a 概算払 that is claimed, examined and paid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from grants.claims.api import Claim
from grants.payments.api import Payment
from tests.grants import closing
from tests.world import World

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Visitor]


def fund(v: Visitor) -> None:
    v.goto("/funds/")
    for step, number in (("appropriation", "1"), ("allotment", "2"), ("commitment", "3")):
        v.press("記録する")
        v.tick("step", step)
        v.fill(document_number=f"府会第{number}号", amount="1,000,000")
        v.press("記録する")
        assert v.says("記録しました")


def write(v: Visitor) -> Claim:
    """A holder's name as it is spoken comes back in the characters of banks."""
    v.goto("/claims/")
    v.press("請求を書き始める", exact=False)
    claim = Claim.objects.select_related("filing").get()
    row = claim.months.all()[0]
    v.fill(amount="１，０００，０００", reason="委託先への支払に充てる。")
    v.page.locator(f"main [name='{row.uid}-direct']").fill("9,000,000")
    v.page.locator(f"main [name='{row.uid}-purpose']").fill("研修の謝金と会場費")
    v.fill(
        bank_code="０１４３", bank_name="八十二銀行", branch_code="219", branch_name="県庁内支店"
    )
    v.tick("account_kind", "1")
    v.fill(number="0012567", holder="ナガノケン　カイケイカンリシャ")
    v.press("保存する")
    assert v.says("よければ、もう一度保存してください")
    assert v.page.locator("main [name=holder]").input_value() == "ﾅｶﾞﾉｹﾝ ｶｲｹｲｶﾝﾘｼﾔ"
    v.press("保存する")
    assert v.says("保存しました")
    v.press("決裁を依頼する")
    v.press("決裁を依頼する")
    return claim


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_claimed_examined_and_paid(visit: Enter, world: World, has_scripts: bool) -> None:
    closing.award_of(world)
    decider = visit("decider@cao.example", has_scripts)
    decider.goto("/funds/")
    decider.goto("/funds/april/")
    fund(decider)
    claim = write(visit("drafter@nagano.example", has_scripts))
    approver = visit("approver@nagano.example", has_scripts)
    approver.goto(claim.filing.transition_url("submit"))
    approver.press("承認して提出する")
    reviewer = visit("reviewer@cao.example", has_scripts)
    reviewer.goto(claim.filing.transition_url("begin_review"))
    reviewer.tick("no_conflict")
    reviewer.press("審査を始める")
    reviewer.goto(f"/reviews/{claim.pk}/")
    reviewer.press("振込先と支払の状況を見る")
    assert reviewer.says("0012567")
    reviewer.press("請求を認める")
    reviewer.press("請求を認める")
    decider.goto("/")
    decider.press("長野県　概算払", exact=False)
    decider.fill(reference="支出-1", paid_on=timezone.localdate().isoformat())
    decider.press("支払を記録する")
    assert decider.says("支払を記録しました")
    paid = Payment.objects.get()
    assert (paid.amount, paid.claimed.claim_id) == (1_000_000, claim.pk)
