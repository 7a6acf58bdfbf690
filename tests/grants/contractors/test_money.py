"""From a line of the plan to a payment and back: guards, pages, sums."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.contractors.api import (
    Acceptance,
    Contract,
    FundingDeclaration,
    Invoice,
    LineClaim,
    LineMoney,
    LineShare,
    allocate,
    declare_funding,
    money_by_line,
    record_acceptance,
    write_invoice,
)
from grants.contractors.effects import judge_again
from grants.contractors.guards import within_contract
from grants.records.api import PeriodReport
from portal.access.api import Role
from portal.core.problems import Refused
from portal.workflow.api import perform
from tests.grants.contracts import Deal, Pair, pair_of
from tests.world import client_of

# ---- The whole way ---------------------------------------------------------------------------------


@pytest.fixture
def contract(deal: Deal) -> Contract:
    return deal.concluded()


@pytest.fixture
def pair(deal: Deal, contract: Contract) -> Pair:
    return pair_of(deal, contract)


def claim_of(contract: Contract, *amounts: int) -> dict[int, LineClaim]:
    return {
        line.pk: LineClaim(amount)
        for line, amount in zip(contract.lines.order_by("pk"), amounts, strict=False)
    }


def written(pair: Pair, contract: Contract, *amounts: int, kind: str = "part") -> Invoice:
    values = {"kind": kind, "number": "", "billed_on": date(2024, 11, 1), "note": ""}
    return write_invoice(
        actor=pair.responsible,
        contract=contract,
        values=values,
        claims=claim_of(contract, *amounts),
    )


def billed(pair: Pair, contract: Contract, *amounts: int, kind: str = "part") -> Invoice:
    invoice = written(pair, contract, *amounts, kind=kind)
    return perform(Invoice, invoice.pk, "bill", pair.responsible).subject


def accept_work(deal: Deal, contract: Contract, amount: int, kind: str = "part") -> None:
    record_acceptance(
        actor=deal.drafter(),
        contract=contract,
        values={
            "kind": kind,
            "result": "passed",
            "inspected_on": date(2024, 11, 2),
            "inspector": "検査 員",
            "amount": amount,
            "findings": "月報と参加簿を照らした。",
        },
    )


def declare(deal: Deal, contract: Contract, *stages: str) -> None:
    for stage in stages:
        declare_funding(
            actor=deal.drafter(),
            contract=contract,
            stage=stage,
            declared_on=date(2024, 11, 1),
            items=[],
        )


def pay(deal: Deal, invoice: Invoice, day: date = date(2024, 11, 5)) -> Invoice:
    perform(Invoice, invoice.pk, "accept", deal.drafter())
    data = {"paid_on": day, "voucher_number": "支-1"}
    return perform(Invoice, invoice.pk, "pay", deal.drafter(), data=data).subject


def sums(deal: Deal, **given: Any) -> LineMoney:
    money = money_by_line(grantee_id=deal.tokyo.pk, fiscal_year=2024, **given)
    return sum(money.values(), LineMoney())


def test_every_yen_is_followed_from_the_plan_to_the_payment(deal: Deal) -> None:
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    assert sum(one.amount for one in contract.lines.all()) == contract.amount
    assert sums(deal) == LineMoney(contracted=1_800_000)
    first = billed(pair, contract, 300_000)
    assert sums(deal) == LineMoney(1_800_000, billed=300_000)
    accept_work(deal, contract, 300_000)
    declare(deal, contract, "start")
    perform(Invoice, first.pk, "accept", deal.drafter())
    assert sums(deal) == LineMoney(1_800_000, payable=300_000)
    perform(
        Invoice,
        first.pk,
        "pay",
        deal.drafter(),
        data={"paid_on": date(2024, 11, 5), "voucher_number": ""},
    )
    assert sums(deal) == LineMoney(1_800_000, paid=300_000)
    uid = contract.lines.order_by("pk")[0].line_uid
    assert money_by_line(grantee_id=deal.tokyo.pk, fiscal_year=2024)[uid].paid == 300_000
    assert not money_by_line(grantee_id=deal.world.nagano.pk, fiscal_year=2024)
    assert not money_by_line(grantee_id=deal.tokyo.pk, fiscal_year=2025)


def test_a_payment_after_the_asked_day_is_still_to_be_paid(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    accept_work(deal, contract, 300_000)
    declare(deal, contract, "start")
    pay(deal, billed(pair, contract, 300_000), date(2024, 11, 5))
    assert sums(deal, paid_until=date(2024, 11, 5)).paid == 300_000
    assert sums(deal, paid_until=date(2024, 11, 4)) == LineMoney(1_800_000, payable=300_000)


def test_an_advance_comes_back_in_part(deal: Deal, contract: Contract, pair: Pair) -> None:
    """戻入: what was paid too much counts as not paid."""
    declare(deal, contract, "start")
    pay(deal, billed(pair, contract, 500_000, kind="advance"))
    pay(deal, billed(pair, contract, 120_000, kind="return"))
    assert sums(deal) == LineMoney(1_800_000, paid=380_000)
    with pytest.raises(Refused, match="380,000円）を超えています"):
        billed(pair, contract, 380_001, kind="return")


def test_what_was_asked_for_and_not_paid_does_not_come_back(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    """戻入 is of money that was paid, and no yen of it comes back twice."""
    declare(deal, contract, "start")
    waiting = billed(pair, contract, 500_000, kind="advance")
    with pytest.raises(Refused, match="支払った額（0円）を超えています"):
        billed(pair, contract, 1, kind="return")
    pay(deal, waiting)
    back = billed(pair, contract, 300_000, kind="return")
    with pytest.raises(Refused, match="支払った額（200,000円）を超えています"):
        billed(pair, contract, 200_001, kind="return")
    pay(deal, back)
    assert sums(deal).paid == 200_000


def test_more_than_the_contract_has_is_not_asked_for(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    share = contract.lines.order_by("pk")[0].amount
    billed(pair, contract, share - 100)
    with pytest.raises(Refused, match="充当額"):
        billed(pair, contract, 101)
    assert sums(deal).billed == share - 100


def test_two_invoices_at_once_do_not_both_fit(deal: Deal, contract: Contract, pair: Pair) -> None:
    """What the guard let pass is judged again under the contract's lock."""
    share = contract.lines.order_by("pk")[0].amount
    late = written(pair, contract, share)
    assert not list(within_contract(late, pair.responsible))
    billed(pair, contract, 1)
    with transaction.atomic(), pytest.raises(Refused, match="充当額"):
        judge_again(late, pair.responsible, {"_said": {}})


@pytest.mark.parametrize(
    ("settlement", "kind", "asks"),
    [
        ("fixed", "final", False),
        ("unit", "final", False),
        ("actual", "advance", False),
        ("actual", "part", True),
        ("actual", "final", True),
    ],
)
def test_receipts_are_asked_for_only_where_spending_is_settled(
    deal: Deal, settlement: str, kind: str, asks: bool
) -> None:
    contract = deal.concluded(settlement=settlement)
    pair = pair_of(deal, contract)
    if not asks:
        assert billed(pair, contract, 100, kind=kind).state == "billed"
        return
    invoice = written(pair, contract, 100, kind=kind)
    with pytest.raises(Refused, match="領収書"):
        perform(Invoice, invoice.pk, "bill", pair.responsible)
    paper = SimpleUploadedFile("領収書.csv", "日,額\n4/1,100\n".encode())
    url = reverse("contractors:receipts", args=[invoice.pk])
    assert pair.responsibles_client.post(url, {"file": paper}).status_code == HTTPStatus.FOUND
    assert perform(Invoice, invoice.pk, "bill", pair.responsible).subject.state == "billed"


def test_a_contract_that_is_not_allocated_whole_is_not_concluded(deal: Deal) -> None:
    contract = deal.prepare(deal.checked(deal.contractor()))
    uid = contract.lines.order_by("pk")[0].line_uid
    allocate(
        actor=deal.drafter(),
        contract=contract,
        seen_version=contract.version,
        shares={uid: LineShare(1_799_999)},
    )
    with pytest.raises(Refused, match="積算内訳に充てたのは1,799,999円"):
        deal.conclude(contract)


def test_no_raw_update_pays_an_invoice(deal: Deal, contract: Contract, pair: Pair) -> None:
    invoice = billed(pair, contract, 100)
    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(state="paid", paid_on=date(2024, 11, 1))


def test_a_mistaken_inspection_is_replaced_and_counts_no_more(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    accept_work(deal, contract, 300_000)
    wrong = Acceptance.objects.get()
    url = reverse("contractors:acceptance", args=[contract.pk])
    typed = {
        "kind": "part",
        "inspected_on": "R6.11.2",
        "inspector": "検査 員",
        "result": "passed",
        "amount": "200,000",
        "findings": "額を誤ったため改める。",
        "replaces": str(wrong.pk),
    }
    office = client_of(deal.drafter())
    assert office.post(url, typed).status_code == HTTPStatus.FOUND
    assert office.post(url, typed).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    declare(deal, contract, "start")
    with pytest.raises(Refused, match="合格とした額（200,000円）を超えます"):
        pay(deal, billed(pair, contract, 200_001))


def test_what_was_inspected_and_declared_stays(deal: Deal, contract: Contract) -> None:
    accept_work(deal, contract, 100)
    declare(deal, contract, "start")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.update(amount=200)
    with pytest.raises(DatabaseError), transaction.atomic():
        FundingDeclaration.objects.all().delete()


# ---- Agreed anew, terminated, taken over -----------------------------------------------------------


def agree(deal: Deal, contract: Contract, amount: int, ends_on: date) -> Contract:
    uid = contract.lines.order_by("pk")[0].line_uid
    data = {
        "signed_on": date(2024, 11, 1),
        "ends_on": ends_on,
        "reason": "開催の回数を減らすため。",
        "shares": {uid: LineShare(amount)},
    }
    return perform(Contract, contract.pk, "change", deal.drafter(), data=data).subject


def test_a_change_moves_amount_lines_and_months_and_keeps_what_was(
    deal: Deal, contract: Contract
) -> None:
    changed = agree(deal, contract, 900_000, date(2024, 12, 31))
    assert (changed.amount, changed.ends_on) == (900_000, date(2024, 12, 31))
    assert sum(one.amount for one in changed.lines.all()) == 900_000
    change = changed.changes.get()
    assert (change.before["amount"], change.after["amount"]) == (1_800_000, 900_000)
    assert PeriodReport.objects.filter(contract=contract).count() == 9
    longer = agree(deal, contract, 900_000, date(2025, 2, 28))
    assert PeriodReport.objects.filter(contract=longer).count() == 11


def test_what_was_asked_for_is_not_agreed_away(deal: Deal, contract: Contract, pair: Pair) -> None:
    billed(pair, contract, 300_000)
    with pytest.raises(Refused, match="もう300,000円を請求"):
        agree(deal, contract, 299_999, date(2025, 3, 31))
    contract.refresh_from_db()
    assert contract.amount == 1_800_000


def terminate(deal: Deal, contract: Contract) -> Contract:
    data = {
        "terminated_on": date(2024, 10, 20),
        "ground": "closed",
        "reason": "団体が解散したため。",
    }
    return perform(Contract, contract.pk, "terminate", deal.drafter(), data=data).subject


def test_a_terminated_contract_counts_for_what_was_done_and_is_taken_over(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    ended = terminate(deal, contract)
    assert PeriodReport.objects.filter(contract=contract).latest("month").month == date(2024, 10, 1)
    assert sums(deal) == LineMoney()
    accept_work(deal, ended, 700_000)
    declare(deal, ended, "start")
    pay(deal, billed(pair, ended, 700_000))
    assert sums(deal) == LineMoney(700_000, paid=700_000)
    follower = deal.prepare(
        deal.checked(deal.contractor("引継ぎの会")),
        amount=1_100_000,
        starts_on=date(2024, 10, 21),
        taken_over_from_id=ended.pk,
    )
    follower = deal.conclude(follower)
    assert sums(deal) == LineMoney(1_800_000, paid=700_000)
    page = client_of(deal.drafter()).get(ended.get_absolute_url()).content.decode()
    assert follower.get_absolute_url() in page


# ---- Pages -----------------------------------------------------------------------------------------


def test_both_sides_do_all_of_it_on_the_pages(deal: Deal, contract: Contract, pair: Pair) -> None:
    body, office = pair.responsibles_client, client_of(deal.drafter())
    typed = {"kind": "final", "billed_on": "R6.11.1", "tax_amount": "27,272", "number": "請-7"}
    typed |= {f"line_{one.pk}": "３００,０００円" for one in contract.lines.order_by("pk")[:1]}
    made = body.post(reverse("contractors:bill", args=[contract.pk]), typed)
    assert made.status_code == HTTPStatus.FOUND
    invoice = Invoice.objects.get()
    assert invoice.amount == 300_000
    assert office.get(invoice.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    body.post(invoice.transition_url("bill"), {"version": invoice.version})
    accept = invoice.transition_url("accept")
    refused = office.post(accept)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "完了検査の合格の記録がありません" in refused.content.decode()
    office.post(
        reverse("contractors:acceptance", args=[contract.pk]),
        {
            "kind": "completion",
            "inspected_on": "R6.11.3",
            "inspector": "検査 員",
            "result": "passed",
            "amount": "1,800,000",
            "findings": "仕様書と月報を照らした。",
        },
    )
    for stage in ("start", "completion"):
        answer = body.post(
            reverse("contractors:funding", args=[contract.pk]),
            {
                "stage": stage,
                "declared_on": "R6.11.3",
                "is_none": "on",
                "items-TOTAL_FORMS": "0",
                "items-INITIAL_FORMS": "0",
            },
        )
        assert answer.status_code == HTTPStatus.FOUND
    assert office.post(accept).status_code == HTTPStatus.FOUND
    paid = office.post(invoice.transition_url("pay"), {"paid_on": "R6.11.5"})
    assert paid.status_code == HTTPStatus.FOUND
    seen = body.get(contract.get_absolute_url()).content.decode()
    assert "支払済み" in seen
    uid = contract.lines.order_by("pk")[0].line_uid
    story = office.get(reverse("contractors:line", args=[contract.award_id, uid]))
    assert contract.get_absolute_url() in story.content.decode()
    assert invoice.get_absolute_url() in story.content.decode()
    sheet = office.get(reverse("contractors:ledger_file", args=[contract.award_id]))
    assert "300000" in sheet.content.decode("utf-8-sig")


def test_a_declaration_says_either_none_or_what_there_is(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    url = reverse("contractors:funding", args=[contract.pk])
    typed = {"stage": "start", "declared_on": "R6.11.3", "items-INITIAL_FORMS": "0"}
    silent = pair.responsibles_client.post(url, typed | {"items-TOTAL_FORMS": "0"})
    assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    row = {
        "items-TOTAL_FORMS": "1",
        "items-0-line": str(contract.lines.order_by("pk")[0].pk),
        "items-0-kind": "municipal",
        "items-0-name": "市の居場所補助",
        "items-0-amount": "100,000",
    }
    both = pair.responsibles_client.post(url, typed | row | {"is_none": "on"})
    assert both.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "市の居場所補助" in both.content.decode()
    assert pair.responsibles_client.post(url, typed | row).status_code == HTTPStatus.FOUND
    assert FundingDeclaration.objects.get().items.get().amount == 100_000


def test_by_unit_price_the_quantity_makes_the_amount(deal: Deal) -> None:
    contract = deal.prepare(deal.checked(deal.contractor()), settlement="unit")
    first = contract.lines.order_by("pk")[0]
    url = reverse("contractors:allocation", args=[contract.pk])
    typed = {"form_version": contract.version}
    typed |= {f"amount_{one.line_uid}": one.amount for one in contract.lines.all()}
    bare = client_of(deal.drafter()).post(url, typed)
    assert "単価を入力してください" in bare.content.decode()
    typed |= {f"price_{one.line_uid}": "9,300" for one in contract.lines.all()}
    typed |= {f"unit_{one.line_uid}": "回" for one in contract.lines.all()}
    assert client_of(deal.drafter()).post(url, typed).status_code == HTTPStatus.FOUND
    contract.refresh_from_db()
    deal.conclude(contract)
    pair = pair_of(deal, contract)
    first = contract.lines.order_by("pk")[0]
    form = {"kind": "part", "billed_on": "R6.11.1", f"line_{first.pk}": "1.5回"}
    pair.responsibles_client.post(reverse("contractors:bill", args=[contract.pk]), form)
    assert Invoice.objects.get().amount == 13_950


def test_strangers_find_no_money(deal: Deal, contract: Contract, pair: Pair) -> None:
    invoice = billed(pair, contract, 100)
    uid = contract.lines.order_by("pk")[0].line_uid
    other = pair_of(deal, deal.concluded("別の団体"), "other")
    urls = [
        invoice.get_absolute_url(),
        reverse("contractors:receipt", args=[invoice.pk, uuid4()]),
        reverse("contractors:bill", args=[contract.pk]),
    ]
    money = [
        reverse("contractors:ledger", args=[contract.award_id]),
        reverse("contractors:line", args=[contract.award_id, uid]),
    ]
    nagano = client_of(deal.drafter(deal.world.nagano))
    for url in urls + money:
        assert nagano.get(url).status_code == HTTPStatus.NOT_FOUND
        assert other.responsibles_client.get(url).status_code == HTTPStatus.NOT_FOUND
    assert pair.recorders_client.get(urls[2]).status_code == HTTPStatus.FORBIDDEN
    office = client_of(deal.world.actor(Role.AUDITOR))
    assert all(office.get(url).status_code == HTTPStatus.OK for url in (urls[0], *money))


def test_a_colleague_who_only_records_cannot_bill(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    """責任者 of another contract of the same body, who is 入力担当 on this one."""
    invoice = written(pair, contract, 100)
    colleague = deal.join(contract, Role.RECORDER, "同僚", "c@mirai.example")
    hat = deal.world.wearing(colleague, contract.contractor.organisation, Role.RESPONSIBLE)
    with pytest.raises(Refused, match="この契約の責任者"):
        perform(Invoice, invoice.pk, "bill", hat)


@pytest.mark.parametrize("page", ["contract", "ledger", "line"])
def test_a_page_asks_the_same_at_3_and_at_8_rows(
    deal: Deal, contract: Contract, pair: Pair, page: str
) -> None:
    client = client_of(deal.drafter())
    uid = contract.lines.order_by("pk")[0].line_uid
    url = {
        "contract": contract.get_absolute_url(),
        "ledger": reverse("contractors:ledger", args=[contract.award_id]),
        "line": reverse("contractors:line", args=[contract.award_id, uid]),
    }[page]
    counts = []
    for total in (3, 8):
        for _ in range(Invoice.objects.count(), total):
            billed(pair, contract, 1_000)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == HTTPStatus.OK
        counts.append(len(asked))
    assert counts[0] == counts[1]
