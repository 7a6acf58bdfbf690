"""要領2(3): what each method of procurement must show, through the pages."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.contractors.api import Contract, add_evidence
from grants.contractors.judging import asked_of, judgements
from grants.contractors.models import Estimate
from grants.contractors.procuring import add_estimate, explain_estimates
from grants.programmes.api import Programme
from grants.programmes.services import set_value
from grants.programmes.value_kinds import DATED_YEN
from portal.access.api import Role
from portal.core.problems import Refused
from tests.grants.contracts import Deal
from tests.world import client_of

SMALL = {"method": "NEG", "ground": "1", "ground_reason": "少額である。", "amount": 900_000}
OTHER = {"method": "NEG", "ground": "2", "ground_reason": "性質が競争に適しない。"}


def problems(contract: Contract, name: str) -> str:
    """Of one requirement, as the page says it."""
    fresh = Contract.objects.for_lists().get(pk=contract.pk)
    found = next(one for one in judgements(fresh) if one.requirement.id == f"contract.{name}")
    return "".join(problem.message for problem in found.problems)


def bare(deal: Deal, **given: Any) -> Contract:
    """In preparation, with neither papers nor estimates."""
    contract = deal.prepare(deal.checked(deal.contractor()), **given)
    contract.named_papers.all().delete()
    contract.estimates.all().delete()
    return contract


@pytest.mark.parametrize(
    ("given", "papers", "estimates"),
    [
        pytest.param({"method": "GEN"}, ("公告", "入札結果"), 0, id="2(3)-1 一般競争"),
        pytest.param({"method": "DES"}, ("指名理由", "入札結果"), 0, id="2(3)-1 指名競争"),
        pytest.param({"method": "PRO"}, ("実施要領", "審査結果"), 0, id="2(3)-1 プロポーザル"),
        pytest.param(SMALL, ("随意契約理由書",), 2, id="2(3)-2 随意契約1号"),
        pytest.param(OTHER, ("随意契約理由書",), 0, id="2(3)-2 随意契約2号"),
    ],
)
def test_each_method_asks_for_its_papers(
    deal: Deal, given: dict[str, Any], papers: tuple[str, ...], estimates: int
) -> None:
    contract = bare(deal, **given)
    assert asked_of(contract) == (papers, estimates)
    assert all(f"「{name}」" in problems(contract, "method") for name in papers)
    assert bool(problems(contract, "estimates")) == bool(estimates)
    with pytest.raises(Refused, match=r"要領2\(3\)"):
        deal.conclude(contract)
    paper = SimpleUploadedFile("資料.csv", "者,点\n提案者1,86\n".encode())
    add_evidence(actor=deal.drafter(), contract=contract, upload=paper, names=papers)
    assert not problems(contract, "method")


def _typed(name: str, amount: int, **given: str) -> dict[str, str]:
    return {"name": name, "amount": f"{amount:,}円", "given_on": "R6.3.15"} | given


def test_estimates_are_compared_on_the_page(deal: Deal) -> None:
    contract = bare(deal, **SMALL)
    client = client_of(deal.drafter())
    url = reverse("contractors:estimates", args=[contract.pk])
    assert "2者以上から見積書を取ります" in client.get(url).content.decode()
    file = SimpleUploadedFile("見積書.csv", "者,額\nみらい,920000\n".encode())
    chosen = _typed("みらい", 920_000, is_chosen="on") | {"file": file}
    assert client.post(url, chosen).url == url
    assert "1者分です" in problems(contract, "estimates")
    wrong = client.post(url, _typed("つどい", 0))
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(url, _typed("つどい", 905_000))
    assert "最も低い見積り（つどい、905,000円）" in problems(contract, "estimates")
    client.post(url, {"reasons": "1", "single_estimate_reason": "", "dearer_reason": "近い。"})
    assert not problems(contract, "estimates")
    page = client.get(contract.get_absolute_url()).content.decode()
    assert page.index("つどい") < page.index("920,000円")
    assert "近い。" in page
    cheaper = contract.estimates.get(name="つどい")
    client.post(url, {"choose": cheaper.pk})
    assert list(contract.estimates.filter(is_chosen=True)) == [cheaper]
    client.post(url, {"remove": cheaper.pk})
    assert [one.name for one in contract.estimates.all()] == ["みらい"]


def test_an_estimate_of_another_contract_is_not_there(deal: Deal) -> None:
    mine = bare(deal, **SMALL)
    theirs = deal.prepare(deal.checked(deal.contractor("別の団体")), **SMALL)
    estimate = Estimate.objects.filter(contract=theirs).first()
    assert estimate is not None
    client = client_of(deal.drafter())
    url = reverse("contractors:estimates", args=[mine.pk])
    for act in ("choose", "remove"):
        assert client.post(url, {act: estimate.pk}).status_code == HTTPStatus.NOT_FOUND
    assert theirs.estimates.count() == 2


def test_estimates_of_a_concluded_contract_stay(deal: Deal) -> None:
    contract = deal.conclude(deal.prepare(deal.checked(deal.contractor()), **SMALL))
    client = client_of(deal.drafter())
    url = reverse("contractors:estimates", args=[contract.pk])
    assert client.post(url, _typed("後から", 1)).status_code == HTTPStatus.CONFLICT
    with pytest.raises(Refused, match="見積りは変更できません"):
        explain_estimates(
            actor=deal.drafter(), contract=contract, single_estimate_reason="", dearer_reason=""
        )
    office = client_of(deal.world.actor(Role.REVIEWER))
    assert "見積り1" in office.get(contract.get_absolute_url()).content.decode()
    assert contract.papers_asked == ["随意契約理由書"]
    assert contract.estimates_asked == 2


def test_one_estimate_is_chosen_at_most(deal: Deal) -> None:
    contract = deal.prepare(deal.checked(deal.contractor()), **SMALL)
    with pytest.raises(IntegrityError), transaction.atomic():
        contract.estimates.update(is_chosen=True)
    add_estimate(
        actor=deal.drafter(),
        contract=contract,
        name="三者目",
        amount=890_000,
        given_on=date(2024, 3, 16),
        is_chosen=True,
    )
    assert contract.estimates.get(is_chosen=True).name == "三者目"


def test_a_later_list_is_not_held_against_a_concluded_contract(deal: Deal) -> None:
    """What the programme asks for from later on is asked of contracts in preparation alone."""
    old = deal.concluded()
    Contract.objects.filter(pk=old.pk).update(papers_asked=[])
    old.named_papers.all().delete()
    contract = deal.prepare(deal.checked(deal.contractor("別の団体")))
    set_value(
        actor=deal.world.actor(Role.PROGRAMME_MANAGER),
        programme=Programme.objects.get(),
        key="papers_proposal",
        text="実施要領、審査結果、委員名簿",
        source="財務規則",
        effective_from=date(2024, 4, 1),
    )
    assert not problems(old, "method")
    assert "「委員名簿」" in problems(contract, "method")


@pytest.mark.parametrize(
    ("text", "day", "ceiling"),
    [
        ("2025-03-31:1000000、2000000", date(2025, 3, 31), 1_000_000),
        ("2025-03-31:1000000、2000000", date(2025, 4, 1), 2_000_000),
        ("2000000", date(2024, 4, 1), 2_000_000),
    ],
    ids=["別表第五 before", "別表第五 from 2025-04-01", "one amount for all days"],
)
def test_the_ceiling_is_that_of_the_day(text: str, day: date, ceiling: int) -> None:
    found = DATED_YEN.read(text)
    assert next(yen for last, yen in found if day <= last) == ceiling
    assert DATED_YEN.read(DATED_YEN.write(found)) == found


@pytest.mark.parametrize(
    "text", ["", "2025-03-31:1000000", "早い:1、2", "2025-03-31:1、2024-03-31:2、3"]
)
def test_a_ceiling_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="。"):
        DATED_YEN.read(text)


def test_small_contracts_are_judged_by_the_ceiling_of_their_day(deal: Deal) -> None:
    contractor = deal.checked(deal.contractor())
    at = deal.prepare(contractor, **(SMALL | {"amount": 1_000_000}))
    above = deal.prepare(contractor, **(SMALL | {"amount": 1_000_001}))
    assert not problems(at, "small")
    assert "1,000,000円" in problems(above, "small")
