"""審査 line by line: lines picked for a closer look, and what stands beside each line (適正化法15条)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.filings.api import Filing, latest_version
from grants.settlements.api import (
    ACCOUNTS,
    PerformanceReport,
    accept_the_rest,
    draw_lines,
    examined_lines,
    judge_line,
)
from grants.settlements.beside import beside_lines
from grants.settlements.examining import ExaminedLine
from grants.settlements.models import LineDraw, LineSample
from grants.settlements.rules import draw_reasons, drawn, look_reasons
from portal.access.api import Role
from portal.audit.api import Event, Visibility
from portal.core.problems import Refused
from portal.documents.api import Document
from tests.grants import closing
from tests.grants.contractors.test_money import accept_work, billed, declare, pay
from tests.grants.contracts import Deal, pair_of
from tests.world import World, client_of

pytestmark = pytest.mark.django_db

LOOKED = {"looked_at": "領収書の原本", "outcome": "3件とも、支出の日と額が一致した。"}


@pytest.mark.parametrize(
    ("verdict", "looked_at", "outcome", "count"),
    [
        pytest.param("accepted_line", "原本", "一致", 0, id="15条 whole"),
        pytest.param("accepted_line", "", "一致", 1, id="15条 nothing looked at"),
        pytest.param("cut", "原本", " ", 1, id="15条 no outcome"),
        pytest.param("cut", "", "", 2, id="15条 neither"),
        pytest.param("parked", "", "", 0, id="15条 parked is no end"),
    ],
)
def test_a_picked_line_says_what_came_of_it(
    verdict: str, looked_at: str, outcome: str, count: int
) -> None:
    assert len(list(look_reasons(verdict, looked_at, outcome))) == count


@pytest.mark.parametrize(
    ("population", "count", "is_refused"), [(5, 1, 0), (5, 5, 0), (5, 0, 1), (5, 6, 1), (0, 1, 1)]
)
def test_a_draw_stays_within_its_population(population: int, count: int, is_refused: int) -> None:
    assert len(list(draw_reasons(population, count))) == is_refused


def test_a_seed_draws_the_same_again_and_another_draws_others() -> None:
    population = [uuid4() for _ in range(40)]
    first = drawn(population, 10, "a")
    assert drawn(population[::-1], 10, "a") == first
    assert len(set(first)) == 10
    assert drawn(population, 10, "b") != first


@pytest.fixture
def under_review(world: World) -> Filing:
    filing = world.submit(closing.write_report(world, closing.award_of(world)))
    return world.act(filing, "begin_review", world.actor(Role.REVIEWER), no_conflict=True).subject


def lines_of(filing: Filing) -> list[ExaminedLine]:
    sealed = latest_version(filing)
    assert sealed is not None
    return [line for line in examined_lines(filing, sealed) if line.is_eligible]


def judge(world: World, filing: Filing, line: ExaminedLine, verdict: str, **given: Any) -> None:
    judge_line(
        actor=world.actor(Role.REVIEWER),
        filing=filing,
        line_uid=line.uid,
        verdict=verdict,
        **given,
    )


def test_15_an_examination_does_not_end_before_a_picked_line_was_looked_at(
    world: World, under_review: Filing
) -> None:
    reviewer = world.actor(Role.REVIEWER)
    line = lines_of(under_review)[0]
    judge(world, under_review, line, "accepted_line")
    judge(world, under_review, line, "sampled", reason="年度末の支出が多い。")
    assert accept_the_rest(actor=reviewer, filing=under_review) == len(lines_of(under_review)) - 1
    with pytest.raises(Refused, match="抽出した明細のうち1件"):
        world.act(under_review, "finish_review", reviewer, opinion="適正。")
    with pytest.raises(Refused, match="確かめた結果を入力"):
        judge(world, under_review, line, "accepted_line", looked_at="原本")
    with pytest.raises(Refused, match="すでに抽出"):
        judge(world, under_review, line, "sampled", reason="もう一度。")
    judge(world, under_review, line, "accepted_line", **LOOKED)
    sample = LineSample.objects.get()
    assert (sample.outcome, sample.looked_by_id) == (LOOKED["outcome"], reviewer.user_id)
    done = world.act(under_review, "finish_review", reviewer, opinion="適正。").subject
    assert done.state == "reviewed"


def test_15_an_outcome_of_another_amount_does_not_count(world: World, under_review: Filing) -> None:
    line = lines_of(under_review)[0]
    judge(world, under_review, line, "sampled", reason="額が大きい。")
    judge(world, under_review, line, "accepted_line", **LOOKED)
    assert not LineSample.objects.get().waits(line.total)
    assert LineSample.objects.get().waits(line.total + 1)


def test_a_draw_is_recorded_with_its_seed_and_seen_by_its_office_alone(
    world: World, under_review: Filing
) -> None:
    reviewer, everything = world.actor(Role.REVIEWER), lines_of(under_review)
    draw = draw_lines(actor=reviewer, filing=under_review, count=2)
    picked = set(LineSample.objects.values_list("line_uid", flat=True))
    assert picked == set(drawn([line.uid for line in everything], 2, draw.seed))
    assert draw.population == [str(line.uid) for line in everything]
    event = Event.objects.get(verb="settlements.draw")
    assert (event.article, event.visibility) == ("適正化法15条", Visibility.ORGANISATION)
    draw_lines(actor=reviewer, filing=under_review, count=1)
    assert LineSample.objects.count() == 3
    with pytest.raises(Refused, match="件までにして"):
        draw_lines(actor=reviewer, filing=under_review, count=len(everything))


def test_the_pages_pick_draw_and_take_the_outcome(world: World, under_review: Filing) -> None:
    client = client_of(world.actor(Role.REVIEWER))
    lines = f"/settlements/reports/{under_review.pk}/lines/"
    draw = f"/settlements/reports/{under_review.pk}/draw/"
    assert client.post(draw, {"count": "0"}).status_code == 422
    assert client.post(draw, {"count": "二"}).status_code == 422
    assert LineDraw.objects.count() == 0
    page = client.post(draw, {"count": "1"}, follow=True).content.decode()
    assert LineDraw.objects.get().seed in page
    assert "うち1件は、抽出した明細です" in page
    page = client.get(f"{lines}{LineSample.objects.get().line_uid}/").content.decode()
    assert "確かめたもの" in page
    assert 'value="sampled"' not in page
    assert "この明細の証拠書類はありません" in page
    judged = f"{lines}{LineSample.objects.get().line_uid}/"
    assert client.post(judged, {"verdict": "accepted_line"}).status_code == 422
    page = client.post(judged, {"verdict": "accepted_line", **LOOKED}, follow=True).content.decode()
    assert LOOKED["outcome"] in page


def test_only_a_reviewer_draws(world: World, under_review: Filing) -> None:
    url = f"/settlements/reports/{under_review.pk}/draw/"
    assert client_of(world.actor(Role.DECIDER)).post(url, {"count": "1"}).status_code == 403
    assert client_of(world.actor(Role.DRAFTER)).post(url, {"count": "1"}).status_code == 403
    stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
    assert stranger.post(url, {"count": "1"}).status_code == 404
    reviewer = world.actor(Role.REVIEWER)
    accept_the_rest(actor=reviewer, filing=under_review)
    done = world.act(under_review, "finish_review", reviewer, opinion="適正。").subject
    assert client_of(reviewer).post(url, {"count": "1"}).status_code == 409
    with pytest.raises(Refused, match="審査中の実績報告だけ"):
        draw_lines(actor=reviewer, filing=done, count=1)


def paid_deal(deal: Deal, *shares: int) -> tuple[Any, Any]:
    """A contract of which invoices were paid, each with a receipt, and its filed report."""
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    accept_work(deal, contract, sum(shares))
    declare(deal, contract, "start")
    for share in shares:
        pay(deal, billed(pair, contract, share), date(2024, 11, 5))
    return contract, contract.lines.order_by("pk")[0].line_uid


def report_of(deal: Deal) -> PerformanceReport:
    filing = closing.write_report(deal.world, deal.award)
    return PerformanceReport.objects.select_related("award__programme").get(filing=filing)


def attach(deal: Deal, report: PerformanceReport, uid: Any, name: str) -> None:
    answer = client_of(deal.drafter()).post(
        f"/performance/{report.pk}/evidence/",
        {
            "file": SimpleUploadedFile(name, f"{name},1\n".encode()),
            "line": str(uid or ""),
            "paper": "attachment:evidence",
        },
    )
    assert answer.status_code == 302, answer.content.decode()


def test_beside_a_line_stand_its_contract_its_payments_and_its_files_alone(deal: Deal) -> None:
    contract, uid = paid_deal(deal, 200_000, 100_000)
    report = report_of(deal)
    direct = next(
        line
        for part in report.parts.all()
        for line in part.lines.all()
        if line.delivery == "direct"
    )
    attach(deal, report, direct.uid, "領収書.csv")
    attach(deal, report, None, "全体.csv")
    drafter = deal.drafter()
    found = beside_lines(report, drafter)
    assert [part.line.contract for part in found[uid].parts] == [contract]
    assert (found[uid].paid, found[uid].claims) == (300_000, 2)
    assert [paper.title for paper in found[uid].all_papers] == ["選定結果.csv"]
    assert found[uid].parts[0].months == contract.reports.count()
    assert [paper.title for paper in found[direct.uid].all_papers] == ["領収書.csv"]
    assert not found[direct.uid].parts
    known = {uid, direct.uid, *contract.lines.values_list("line_uid", flat=True)}
    assert set(found) == known, "no line has another's"
    tottori = deal.world.actor(Role.DRAFTER, deal.world.tottori)
    assert beside_lines(report, tottori) == {}


def test_what_stands_beside_the_lines_costs_the_same_for_three_and_for_eight(deal: Deal) -> None:
    """Files and invoices; the reviewer opens each by the address that is given."""
    paid_deal(deal, *[10_000] * 3)
    report = report_of(deal)
    lines = [line for part in report.parts.all() for line in part.lines.all()]
    for n in range(3):
        attach(deal, report, lines[n % len(lines)].uid, f"{n}.csv")
    reviewer = deal.world.actor(Role.REVIEWER)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            beside_lines(report, reviewer)
        return len(asked)

    three = cost()
    for n in range(3, 8):
        attach(deal, report, lines[n % len(lines)].uid, f"{n}.csv")
    contract = deal.award.contracts.get()
    pair = pair_of(deal, contract, "mata")
    for _ in range(5):
        billed(pair, contract, 1_000)
    assert cost() == three
    assert len(Document.objects.filter(settlement_lines__filing=report.pk)) == 8


def test_the_reviewer_opens_all_that_stands_beside_a_line(deal: Deal) -> None:
    _, uid = paid_deal(deal, 300_000)
    report = report_of(deal)
    attach(deal, report, uid, "成果物.csv")
    reviewer = deal.world.actor(Role.REVIEWER)
    assert [p.source for p in beside_lines(report, reviewer)[uid].all_papers] == ["契約"]
    filing = deal.world.submit(report.filing)
    filing = deal.world.act(filing, "begin_review", reviewer, no_conflict=True).subject
    papers = beside_lines(report, reviewer)[uid].all_papers
    assert [paper.source for paper in papers] == ["実績報告", "契約"]
    client = client_of(reviewer)
    for paper in papers:
        assert client.get(paper.url).status_code == 200, paper.url
    page = client.get(f"/settlements/reports/{filing.pk}/lines/{uid}/").content.decode()
    assert "支払済み 300,000円" in page
    assert "支払の記録の合計は300,000円で、報告の支出済額" in page
    listed = client.get(f"/settlements/reports/{filing.pk}/lines/").content.decode()
    assert "請求1件" in listed


def test_a_file_is_not_put_beside_a_line_of_another_report(deal: Deal) -> None:
    report = report_of(deal)
    answer = client_of(deal.drafter()).post(
        f"/performance/{report.pk}/evidence/",
        {
            "file": SimpleUploadedFile("a.csv", b"a,1\n"),
            "line": str(uuid4()),
            "paper": "attachment:evidence",
        },
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("needs", "has", "is_met"),
    [
        pytest.param(True, False, False, id="14条 required and missing"),
        pytest.param(True, True, True, id="14条 required and there"),
        pytest.param(False, False, True, id="14条 as the writer likes"),
    ],
)
def test_the_accounts_are_asked_for_where_the_programme_says_so(
    world: World, needs: bool, has: bool, is_met: bool
) -> None:
    award = closing.award_of(world)
    if needs:
        values = world.programme.values.filter(key="accounts_paper")
        assert values.update(text="required") == 1
    filing = closing.write_report(world, award)
    drafter = client_of(world.actor(Role.DRAFTER))
    url = f"/performance/{filing.pk}/evidence/"
    assert "歳入歳出決算書（又は決算見込書）の抄本" in drafter.get(url).content.decode()
    if has:
        upload = SimpleUploadedFile("決算見込書.csv", "科目,額\n委託料,1\n".encode())
        answer = drafter.post(url, {"file": upload, "paper": ACCOUNTS, "line": ""})
        assert answer.status_code == 302
        assert "決算見込書.csv" in drafter.get(url).content.decode()
    filing = Filing.objects.get(pk=filing.pk)
    if is_met:
        assert world.submit(filing).state == "submitted"
    else:
        with pytest.raises(Refused, match="歳入歳出決算書"):
            world.submit(filing)
