"""What was entered comes out as a paper: sealed, in numbers without gaps, read by both sides."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from grants.contractors.api import Contract, ContractPaper, Invoice
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants.contractors.test_money import accept_work, billed
from tests.grants.contracts import Deal, pair_of
from tests.world import client_of

INCIDENT = {
    "kind": "data_leak",
    "happened_on": "R6.11.1",
    "where": "八王子市の会場",
    "people": "3人",
    "course": "参加簿の控えを会場に置き忘れた。",
    "measures": "直ちに回収し、本人に説明した。",
    "prevention": "控えを作らないことにした。",
}


def words_of(paper: ContractPaper, client: object) -> str:
    answer = client.get(reverse("contractors:paper_file", args=[paper.pk]))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_every_paper_comes_out_of_what_was_entered(deal: Deal) -> None:
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    body, office = pair.responsibles_client, client_of(deal.drafter())
    billed(pair, contract, 300_000)
    accept_work(deal, contract, 300_000)
    done = {"completed_on": "R6.11.4", "summary": "居場所を48回開いた。", "deliverables": ""}
    told = (("completion", done), ("incident", INCIDENT))
    for name, typed in told:
        answer = body.post(reverse(f"contractors:{name}", args=[contract.pk]), typed)
        assert answer.status_code == HTTPStatus.FOUND
    kinds = {paper.kind: paper for paper in contract.papers.all()}
    assert set(kinds) == {"invoice", "inspection", "completion", "incident"}
    waiting = body.get(kinds["invoice"].get_absolute_url(), follow=True)
    assert "書類を作成しています" in waiting.content.decode()
    drain()
    for kind, words in {
        "invoice": "300,000円",
        "inspection": "第234条の２",
        "completion": "居場所を48回開いた",
        "incident": "参加簿の控えを会場に置き忘れた",
    }.items():
        for client in (body, office):
            assert words in words_of(kinds[kind], client), kind
    titles = set(Notice.objects.filter(organisation=deal.tokyo).values_list("title", flat=True))
    assert {"委託先から完了届が出ました", "委託先から事故の報告がありました"} <= titles


def test_each_round_of_an_invoice_is_a_paper_of_its_own(deal: Deal) -> None:
    """What was printed stays, whatever the invoice becomes."""
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    invoice = billed(pair, contract, 300_000)
    perform(Invoice, invoice.pk, "send_back", deal.drafter(), data={"reason": "額を確かめる。"})
    Invoice.objects.filter(pk=invoice.pk).update(billed_on=date(2024, 11, 4))
    perform(Invoice, invoice.pk, "bill", pair.responsible)
    papers = list(contract.papers.filter(kind="invoice").order_by("number"))
    assert [paper.number for paper in papers] == [1, 2]
    assert papers[0].content["billed_on"] == "2024-11-01"
    assert papers[0].sha256 != papers[1].sha256
    with pytest.raises(DatabaseError), transaction.atomic():
        ContractPaper.objects.update(made_by_name="別人")


@pytest.mark.parametrize("field", ["where", "course", "measures", "prevention"])
def test_an_incident_names_nobody(deal: Deal, field: str) -> None:
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    typed = INCIDENT | {field: "山田さんに説明した。"}
    answer = pair.responsibles_client.post(
        reverse("contractors:incident", args=[contract.pk]), typed
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "氏名「山田さん」" in answer.content.decode()
    assert not contract.papers.exists()


def test_a_paper_is_not_for_other_contracts_of_the_body(deal: Deal) -> None:
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    billed(pair, contract, 100)
    paper = contract.papers.get()
    drain()
    other = Contract.objects.get(pk=deal.conclude(deal.prepare(contract.contractor)).pk)
    colleague = deal.join(other, "responsible", "別の責任者", "x@mirai.example")
    client = client_of(colleague)
    assert client.get(paper.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert "請求書" not in client.get(reverse("documents:list")).content.decode()
    nagano = client_of(deal.drafter(deal.world.nagano))
    assert nagano.get(paper.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
