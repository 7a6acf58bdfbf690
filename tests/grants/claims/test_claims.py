"""請求 from the first page to the payment: what is left, whose account it is, and who sees it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from grants.claims.api import Account, Claim, limit_of, link_payment, start_claim
from grants.claims.services import draw_claim_again
from grants.filings.api import latest_version
from grants.payments.api import record_payment, undo_payment
from portal.access.api import Role
from portal.audit.api import verify
from portal.audit.models import Event
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.claims import claiming
from tests.grants.contractors.test_money import accept_work, billed, declare, pay
from tests.grants.contracts import Deal, pair_of
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


def page_of(world: World, role: str, url: str) -> str:
    return str(client_of(world.actor(role)).get(url).content.decode())


def test_written_filed_examined_and_accepted_through_the_pages(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    drafter, reviewer = (client_of(world.actor(role)) for role in (Role.DRAFTER, Role.REVIEWER))
    start = reverse("claim:start", args=[award.pk])
    assert drafter.post(start).status_code == 302
    claim = Claim.objects.get()
    edit = reverse("claim:edit", args=[claim.pk])
    assert drafter.post(start).url == edit, "one in writing at a time"
    first = claim.months.first()
    assert first is not None
    form = {
        "amount": "１，０００，０００",
        "reason": "年度の前半の支払に充てる。",
        "bank_code": "０１４３",
        "bank_name": "八十二銀行",
        "branch_code": "219",
        "branch_name": "県庁内支店",
        "account_kind": "1",
        "number": "12567",
        "holder": "ナガノケン　カイケイカンリシャ",
        f"{first.uid}-direct": "20,000,000",
        f"{first.uid}-purpose": "研修の謝金と会場費",
        "form_version": "1",
    }
    answer = drafter.post(edit, form)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "7桁の数字" in said
    assert "「ャ」" in said
    assert 'value="ﾅｶﾞﾉｹﾝ ｶｲｹｲｶﾝﾘｼﾔ"' in said, "offered in the box, to be saved once more"
    assert not Account.objects.exists()
    form |= {"number": "0012567", "holder": "長野ｹﾝ"}
    assert "「長」「野」" in drafter.post(edit, form).content.decode()
    form |= {"holder": "ﾅｶﾞﾉｹﾝ ｶｲｹｲｶﾝﾘｼﾔ"}
    assert drafter.post(edit, form).status_code == 302
    assert drafter.post(edit, form).status_code == 409, "somebody saved it first"
    assert reviewer.get(reverse("claim:examine", args=[claim.pk])).status_code == 404, "not filed"
    filing = world.submit(claim.filing)
    assert filing.receipt_number.endswith("-B-0001")
    assert filing.requested_amount == 1_000_000
    actor = world.actor(Role.REVIEWER)
    world.act(filing, "begin_review", actor, no_conflict=True)
    assert (
        "請求の内容" in reviewer.get(reverse("reviews:review", args=[filing.pk])).content.decode()
    )
    filing = world.act(filing, "accept", actor).subject
    assert filing.state == "accepted"
    assert verify() == []


def test_the_account_is_whole_only_for_those_who_need_it(world: World) -> None:
    """Its own people, reviewers and deciders; masked for all others, and in what is sealed."""
    ensure_cache_table()
    award = closing.award_of(world)
    claim = claiming.accepted(world, award, 1_000)
    drain()
    url = reverse("claim:examine", args=[claim.pk])
    for role in (Role.REVIEWER, Role.DECIDER):
        assert "0012567" in page_of(world, role, url)
    for role in (Role.AUDITOR, Role.INSPECTOR, Role.PROGRAMME_MANAGER):
        page = page_of(world, role, url)
        assert "0012567" not in page
        assert "ｶｲｹｲｶﾝﾘｼﾔ" not in page
        assert "＊＊＊＊567" in page
    sealed = latest_version(claim.filing)
    assert sealed is not None
    assert "0012567" not in sealed.payload
    assert "ｶｲｹｲｶﾝﾘｼﾔ" not in sealed.payload
    assert not Event.objects.filter(data__icontains="0012567").exists()
    paper = Document.objects.get(kind="claim")
    text = "".join(
        "".join(p.extract_text() for p in PdfReader(BytesIO(read_file(paper))).pages).split()
    )
    assert "0012567" in text
    assert "様式第７号" in text
    assert "概算払請求書" in text
    link = reverse("claim:paper", args=[claim.pk])
    for role, status in ((Role.REVIEWER, 200), (Role.DECIDER, 200), (Role.AUDITOR, 403)):
        assert client_of(world.actor(role)).get(link).status_code == status
        of_documents = client_of(world.actor(role)).get(paper.get_absolute_url())
        assert of_documents.status_code == 404, "not on the common way to papers"
    assert client_of(world.actor(Role.DRAFTER)).get(paper.get_absolute_url()).status_code == 200
    stranger = client_of(world.actor(Role.DRAFTER, world.gifu))
    for address in (url, link, reverse("claim:edit", args=[claim.pk])):
        assert stranger.get(address).status_code in (403, 404)
    assert str(claim.account) == "八十二銀行 県庁内支店 ＊＊＊＊567"


def test_an_account_never_changes(world: World) -> None:
    claim = claiming.accepted(world, closing.award_of(world), 1_000)
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.filter(pk=claim.account_id).update(number="7654321")
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.filter(pk=claim.account_id).delete()


def test_the_account_of_last_time_is_marked_until_it_was_looked_at(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    before = claiming.accepted(world, award, 1_000)
    filing = start_claim(actor=world.actor(Role.DRAFTER), award=award)
    claim = claiming.claim_of(filing)
    assert claim.account_id == before.account_id
    assert claim.account_is_copied
    assert "前回から写した値" in page_of(world, Role.DRAFTER, filing.writing_url)
    with pytest.raises(Refused, match="前回から写した口座を確かめて"):
        world.submit(filing)
    claiming.save(world, claim, 2_000)
    assert Account.objects.count() == 1, "the same account is the same row"
    assert "前回から写した値" not in page_of(world, Role.DRAFTER, filing.writing_url)
    claiming.save(
        world, claiming.claim_of(filing), 2_000, account={**claiming.ACCOUNT, "number": "7654321"}
    )
    world.submit(filing)
    assert "これまでと違う口座です" in page_of(
        world, Role.REVIEWER, reverse("claim:examine", args=[filing.pk])
    )


def test_never_above_what_is_left(world: World) -> None:
    """決定額, less what was paid, less what other open claims ask for."""
    award = closing.award_of(world)
    whole = int(award.amount)
    closing.pay(world, award, 500_000)
    claiming.accepted(world, award, 1_000_000)
    assert limit_of(award).left == whole - 1_500_000
    over = claiming.written(world, award, whole - 1_500_000 + 1)
    with pytest.raises(Refused, match="請求できる残り"):
        world.submit(over)
    claiming.save(world, claiming.claim_of(over), whole - 1_500_000)
    world.submit(over)
    assert limit_of(award).left == 0
    with pytest.raises(Refused, match="請求中の額"):
        closing.pay(world, award, 1)


def test_a_payment_taken_back_opens_the_claim_again(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    claim = claiming.accepted(world, award, 2_000_000)
    claiming.funded(world, 2_000_000)
    left = limit_of(award).left
    paid = record_payment(
        actor=world.actor(Role.DECIDER),
        award=award,
        kind=claim.kind,
        amount=2_000_000,
        paid_on=award.decision.decided_on,
        claim=claim.pk,
    )
    link_payment(claim=claim, payment=paid)
    for role in (Role.REVIEWER, Role.DRAFTER):
        assert "支払済み" in page_of(world, role, "/claims/").partition("<tbody")[2]
    assert not Claim.objects.to_pay().exists()
    assert limit_of(award).left == left
    reviewer = world.actor(Role.REVIEWER)
    with pytest.raises(Refused, match="支払が記録されている"):
        world.act(claim.filing, "send_back", reviewer, reason="口座を確かめるため。")
    undo_payment(actor=world.actor(Role.DECIDER), payment=paid, reason="日付の誤り。")
    assert Claim.objects.to_pay().get() == claim
    assert limit_of(award).left == left
    world.act(claim.filing, "send_back", reviewer, reason="口座を確かめるため。")
    assert limit_of(award).left == left + 2_000_000
    claiming.save(world, claiming.claim_of(claim.filing), 1_234_000)
    for url in (reverse("claim:examine", args=[claim.pk]), "/claims/"):
        page = page_of(world, Role.REVIEWER, url)
        assert "2,000,000" in page
        assert "1,234,000" not in page, "what is written after a return is not filed yet"


def test_15_once_the_amount_is_fixed_the_rest_is_claimed(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award, 1_000)
    filing = claiming.written(world, award, 2_000)
    closing.settled(world, award)
    with pytest.raises(Refused, match="概算払は請求できません"):
        world.submit(filing)
    draw_claim_again(claim=claiming.claim_of(filing))
    claim = claiming.claim_of(filing)
    assert claim.is_final
    claiming.save(world, claim, limit_of(award).left, reason="")
    filing = world.submit(filing)
    sealed = latest_version(filing)
    assert sealed is not None
    assert sealed.content["amount_rows"][0]["label"] == "確定額"
    assert sealed.content["amount_rows"][4]["amount"] == 0
    assert sealed.content["sections"][0]["tables"] == []


def test_months_are_drawn_from_the_contracts(deal: Deal) -> None:
    contract = deal.concluded()
    invoice = billed(pair_of(deal, contract), contract, 300_000)
    accept_work(deal, contract, 300_000)
    declare(deal, contract, "start")
    filing = start_claim(actor=deal.drafter(), award=deal.award)
    claim = claiming.claim_of(filing)
    charged = sum(line.amount for line in contract.lines.all())
    assert sum(row.contracted for row in claim.months.all()) == charged
    paid_on = claim.months.all()[2].month
    pay(deal, invoice, paid_on)
    draw_claim_again(claim=claim)
    rows = {row.month: row.contracted for row in claim.months.all()}
    assert rows[paid_on] == 300_000
    assert sum(rows.values()) == charged
    page = client_of(deal.drafter()).get(filing.writing_url).content.decode()
    assert "300,000" in page


def test_months_are_drawn_from_a_contract_for_the_platform(platform_deal: Deal) -> None:
    """要領3(1): due in the month after it ends, as any other."""
    contract = platform_deal.secretariat(ends_on=date(2024, 12, 31))
    filing = start_claim(actor=platform_deal.drafter(), award=platform_deal.award)
    rows = claiming.claim_of(filing).months.all()
    drawn = {row.month: row.contracted for row in rows if row.contracted}
    assert drawn == {date(2025, 1, 1): contract.amount}


def test_the_list_asks_the_same_for_three_bodies_and_for_eight(world: World) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.REVIEWER))
    codes = ["20", "21", "31", "01", "04", "13", "23", "27"]

    def claim(some: list[str]) -> None:
        for code in some:
            claiming.filed(world, closing.award_of(world, world.bodies[code]), 1_000)

    def asked() -> int:
        client.get("/claims/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/claims/").status_code == 200
        return len(queries)

    claim(codes[:3])
    at_three = asked()
    claim(codes[3:])
    assert asked() == at_three


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_never_go_over(world: World) -> None:
    """A payment and the filing of a claim, each for all that is left: one of them is refused."""
    award = closing.award_of(world)
    filing = claiming.written(world, award, int(award.amount))

    def attempt(act: Any) -> bool:
        try:
            act()
        except Refused:
            return False
        finally:
            connection.close()
        return True

    acts = (lambda: world.submit(filing), lambda: closing.pay(world, award))
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(attempt, acts)) == 1
    assert limit_of(award).left == 0
