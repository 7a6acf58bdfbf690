"""A prefecture states how its papers look: from that moment, for its own, and never backwards."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from grants.contractors.api import ContractPaper, PaperLayout
from grants.contractors.layouts import (
    CONTRACT_PAPERS,
    Layout,
    against_parts,
    blocks_of,
    paper_called,
    papers,
)
from grants.demo.papers import load_layouts, load_told_incident
from grants.records.api import PeriodReport
from portal.access.api import Role
from portal.audit.models import Event
from portal.outbox.api import drain
from tests.grants.contractors.test_money import billed
from tests.grants.contractors.test_papers import words_of
from tests.grants.contracts import Deal, pair_of
from tests.grants.records.test_months import record_of, submit
from tests.world import client_of

KINDS = [paper.key for paper in papers()]


def url(kind: str = "invoice", year: int = 2024) -> str:
    return reverse("contractors:layout", args=[year, kind])


def typed(kind: str = "invoice", **given: Any) -> dict[str, Any]:
    paper = paper_called(kind)
    assert paper is not None
    parts = {f"part_{key}": number for number, key in enumerate(paper.standard, start=1)}
    texts = {"title": "", "form_number": "", "addressee": "", "boxes": "", "footnote": ""}
    return texts | parts | {"form_version": 0} | given


OWN = {
    "title": "業務委託料請求書",
    "form_number": "様式第5号",
    "addressee": "東京都福祉局長　殿",
    "boxes": "課長\n係長\n\n担当",
    "footnote": "押印は要りません。",
}


def pdf_words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_every_paper_can_be_laid_out() -> None:
    assert ["month", *CONTRACT_PAPERS] == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_standard_has_every_part_and_the_needed_cannot_go(kind: str) -> None:
    paper = paper_called(kind)
    assert paper is not None
    assert list(against_parts(paper, paper.standard)) == []
    needed = [part.key for part in paper.parts if part.needed]
    assert needed
    for key in needed:
        left = [one for one in paper.standard if one != key]
        assert len(list(against_parts(paper, left))) == 1


def test_parts_follow_the_layout_and_what_is_empty_is_left_out() -> None:
    paper = paper_called("invoice")
    assert paper is not None
    texts = {"amount": "金　1円", "contract": "契約", "note": "摘要文", "invoice_number": ""}
    standard = blocks_of(paper, Layout(), texts, {})
    assert [label for label, _ in standard[0].rows] == ["請求額", "契約の名称", "摘要"]
    assert standard[1].table == "lines"
    own = blocks_of(
        paper, Layout(parts=("contract", "lines", "amount", "gone")), texts, {"contract": "事業"}
    )
    assert [(one.rows, one.table) for one in own] == [
        ((("事業", "契約"),), ""),
        ((), "lines"),
        ((("請求額", "金　1円"),), ""),
    ]


def test_papers_have_the_layout_of_the_day_they_were_made(deal: Deal) -> None:
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    billed(pair, contract, 100)
    manager = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.tokyo))
    given = typed(**OWN) | {"part_note": "", "part_contract": "1", "part_amount": "2"}
    assert manager.post(url(), given).status_code == HTTPStatus.FOUND
    billed(pair, contract, 200)
    drain()
    old, new = contract.papers.filter(kind="invoice").order_by("number")
    assert (old.content["layout"]["version"], new.content["layout"]["version"]) == (0, 1)
    before, after = words_of(old, manager), words_of(new, manager)
    for words in (
        "業務委託料請求書",
        "様式第5号",
        "東京都福祉局長　殿",
        "課長",
        "押印は要りません",
    ):
        assert words in after, words
        assert words not in before, words
    assert "東京都知事　殿" in before
    assert after.index("契約の名称") < after.index("請求額")
    event = Event.objects.get(verb="contractors.layout")
    assert event.data["said"] == {"書類": "請求書", "年度": "2024", "版": "第1版"}
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperLayout.objects.update(title="別の名称")


def test_a_month_is_printed_in_the_layout_too(deal: Deal) -> None:
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    manager = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.tokyo))
    given = typed("month", title="業務実施報告書", form_number="様式第3号", part_trend="")
    assert manager.post(url("month"), given).status_code == HTTPStatus.FOUND
    report = PeriodReport.objects.get(pk=deal.month(contract).pk)
    record_of(pair.recorder, report)
    submit(report, pair.responsible)
    drain()
    words = pdf_words(manager.get(report.versions.get().get_absolute_url()).content)
    assert "業務実施報告書" in words
    assert "様式第3号" in words
    assert "縁側" in words


def test_a_preview_keeps_nothing(deal: Deal) -> None:
    manager = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.tokyo))
    answer = manager.post(url("completion"), typed("completion", **OWN) | {"preview": "1"})
    assert answer["Content-Type"] == "application/pdf"
    words = pdf_words(answer.content)
    assert "業務委託料請求書" in words
    assert "見本" in words
    assert not PaperLayout.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_shows_an_example(deal: Deal, kind: str) -> None:
    manager = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.tokyo))
    answer = manager.post(url(kind), typed(kind) | {"preview": "1"})
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"part_amount": ""}, "「請求額」は、請求書に欠かせません"),
        ({"boxes": "\n".join("一二三四五六七")}, "承認欄は、6つまで"),
        ({"boxes": "とても長い役職の名前です"}, "1つを10字以内"),
        ({"part_note": "0"}, "1以上"),
    ],
)
def test_what_cannot_be_a_layout(deal: Deal, given: dict[str, str], said: str) -> None:
    manager = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.tokyo))
    answer = manager.post(url(), typed() | given)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.content.decode()
    assert not PaperLayout.objects.exists()


def test_who_saw_an_older_one_does_not_overwrite(deal: Deal) -> None:
    manager = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.tokyo))
    assert manager.post(url(), typed(**OWN)).status_code == HTTPStatus.FOUND
    assert manager.post(url(), typed(**OWN)).status_code == HTTPStatus.CONFLICT
    assert manager.post(url(), typed() | {"form_version": 1}).status_code == HTTPStatus.FOUND
    assert list(PaperLayout.objects.values_list("number", "title")) == [
        (2, ""),
        (1, "業務委託料請求書"),
    ]


def test_each_prefecture_has_its_own(deal: Deal) -> None:
    tokyo = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.tokyo))
    listed = reverse("contractors:layouts")
    assert tokyo.get(listed).content.decode().count("標準の様式") >= len(KINDS)
    tokyo.post(url(), typed(**OWN))
    assert "様式第5号" in tokyo.get(listed).content.decode()
    nagano = client_of(deal.world.actor(Role.PREFECTURE_ADMIN, deal.world.nagano))
    assert "様式第5号" not in nagano.get(listed).content.decode()
    assert "業務委託料請求書" not in nagano.get(url()).content.decode()
    drafter = client_of(deal.drafter())
    assert "様式第5号" in drafter.get(listed).content.decode()
    assert drafter.post(url(), typed()).status_code == HTTPStatus.FORBIDDEN
    assert client_of(deal.world.actor(Role.REVIEWER)).get(listed).status_code == 403
    for wrong in (url("sub_request"), url("nothing"), url(year=1999)):
        assert tokyo.get(wrong).status_code == HTTPStatus.NOT_FOUND
    assert not ContractPaper.objects.exists()


def test_the_layouts_of_the_demo_hold(deal: Deal) -> None:
    load_layouts(deal.world.cast, deal.tokyo, (2024,))
    contract = deal.concluded()
    pair_of(deal, contract)
    load_told_incident(deal.world.cast, deal.tokyo)
    stated = PaperLayout.objects.filter(grantee=deal.tokyo)
    assert set(stated.values_list("paper", flat=True)) == {"invoice", "month"}
    assert contract.papers.get().kind == "incident"
