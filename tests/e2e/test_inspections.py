"""One inspection: a report demanded, a visit with three findings, an order, a correction, a revocation in part."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from grants.awards.api import Award
from inspections.demands.api import Demand, Report
from inspections.findings.api import Finding
from inspections.orders.api import Order
from inspections.visits.api import Visit
from portal.access.api import Role
from portal.accounts.api import Membership
from portal.documents.api import Document
from tests.grants import closing
from tests.inspections.findings.test_findings import upheld
from tests.running import wait_for
from tests.world import World

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Visitor]

DAY = timedelta(days=1)
# Title, yen, the rule that was not met.
FINDINGS: tuple[tuple[str, int | None, str], ...] = (
    ("対象外の経費を支出した", 148_600, "適正化法11条1項"),
    ("謝金の単価を誤った", 1_200_000, "交付の条件6"),
    ("検収の記録がない", None, "委託契約9条"),
)


def ahead(days: int) -> str:
    return (timezone.localdate() + days * DAY).isoformat()


def do(v: Visitor, url: str, button: str, **values: str) -> None:
    """One act on its own page, confirmed where the page asks for it."""
    v.goto(url)
    v.fill(**values)
    if v.page.locator("main input[name='confirmed']").count():
        v.tick("confirmed")
    v.press(button)
    assert v.says(f"「{button}」を行いました"), v.page.locator("main").inner_text()[:1500]


def demand(enter: Enter, world: World, has_scripts: bool) -> None:
    """Asked, answered, found to be enough."""
    inspector = enter("inspector@cao.example", has_scripts)
    inspector.goto("/demands/write/")
    inspector.fill(
        title="委託料の執行", reason="執行の状況を確かめるため。", questions="契約の相手方と金額"
    )
    inspector.fill(due_on=ahead(14))
    inspector.tick("grantees", str(world.nagano.pk))
    inspector.press("下書きを保存する")
    made = Demand.objects.get()
    decider = enter("decider@cao.example", has_scripts)
    do(decider, made.transition_url("issue"), "徴求を施行する", document_number="府孤推第801号")
    report = Report.objects.get()
    approver = enter("approver@nagano.example", has_scripts)
    approver.goto(f"/demands/reports/{report.pk}/edit/")
    approver.page.locator("main [name='answer-1']").fill("3件、計980万円。")
    approver.press("保存する")
    do(approver, report.transition_url("answer"), "報告する")
    do(inspector, report.transition_url("accept"), "確認済みにする")


def inspect(v: Visitor, decider: Visitor, award: Award) -> Visit:
    """Planned, noticed, written down, its results issued."""
    seat = Membership.objects.get(role=Role.INSPECTOR)
    v.goto("/visits/plan/")
    v.pick(award=str(award.pk), team__0__membership=str(seat.pk))
    v.tick("kind", "on_site")
    v.fill(planned_on=ahead(0), place="長野県庁", scope="支出の証拠書類")
    v.fill(team__0__card_number="第214号")
    v.press("計画を保存する")
    visit = Visit.objects.get()
    do(decider, visit.transition_url("notify"), "検査を通知する", document_number="府孤推第802号")
    v.goto(f"/visits/{visit.pk}/record/")
    v.fill(held_on=ahead(0), hours="10時から12時まで", cards_shown="10時02分　見本 太郎")
    v.fill(present="見本 太郎", summary="3件の指摘があった。")
    v.fill(items__0__what="消耗品費　行事用品", items__0__amount="148,600")
    for paper in ("contract", "acceptance", "invoice", "payment"):
        v.pick(**{f"items__0__{paper}_paper": "there"})
    v.pick(items__0__result="found")
    v.press("記録を保存する")
    do(v, visit.transition_url("hold"), "検査の記録を終える")
    number = {"document_number": "府孤推第803号"}
    do(decider, visit.transition_url("report"), "検査の結果を通知する", **number)
    return visit


def find(v: Visitor, decider: Visitor, approver: Visitor, world: World, visit: Visit) -> None:
    """The first finding in the browser; the other two are the same again, by the services."""
    title, amount, article = FINDINGS[0]
    v.goto(visit.get_absolute_url())
    v.press("指摘を追加する")
    v.pick(code="ineligible_cost")
    v.fill(title=title, text="証拠書類で確かめた。", amount=f"{amount:,}", article=article)
    v.tick("severity", "ordinary")
    v.press("指摘を保存する")
    first = Finding.objects.get()
    do(decider, first.transition_url("issue"), "指摘を通知する")
    do(approver, first.transition_url("comment"), "意見を出す", comment="事実を認める。")
    ruling = {"reason": "団体も認めた。", "due_on": ahead(30)}
    do(decider, first.transition_url("uphold"), "指摘を認め、是正を求める", **ruling)
    for title, amount, article in FINDINGS[1:]:
        upheld(world, visit, title=title, amount=amount, article=article)


def correct(v: Visitor, approver: Visitor, finding: Finding) -> None:
    """The one that is mended and closed."""
    approver.goto(finding.get_absolute_url())
    approver.press("是正の計画と報告を書く")
    approver.fill(plan="記録を作る。", owner="事業担当", correction="検収の記録を補った。")
    approver.press("保存する")
    do(approver, finding.transition_url("correct"), "是正を報告する")
    v.goto(finding.get_absolute_url())
    first = v.page.locator("main .work-list a").first.inner_text()
    assert first == "是正を確認し、終結する"
    note = {"note": "記録を確かめた。"}
    do(v, finding.transition_url("close"), "是正を確認し、終結する", **note)


def order(v: Visitor, decider: Visitor, approver: Visitor, findings: list[Finding]) -> Order:
    """Under 16条, reported, and found not to be kept."""
    v.goto(findings[0].get_absolute_url())
    v.press("命令の案を書く")
    v.tick("findings", str(findings[1].pk))
    v.tick("basis", "correct")
    v.tick("kind", "conform")
    v.fill(title="経費の振替と単価の改め", content="経費を振り替え、謝金の単価を改めること。")
    v.fill(reason="交付の決定の内容及び条件に適合しないため。", due_on=ahead(20))
    v.press("命令の案を保存する")
    assert v.says("命令の案を保存しました")
    made = Order.objects.get()
    button = "適正化法による命令を施行する"
    do(decider, made.transition_url("issue_by_law"), button, document_number="府孤推第804号")
    approver.goto(made.get_absolute_url())
    assert approver.says("不服の申出")
    approver.press("履行の報告を書く")
    approver.fill(report="単価は改めていない。")
    approver.press("保存する")
    do(approver, made.transition_url("report"), "命令の履行を報告する")
    unmet = {"reason": "謝金の単価が改められていない。"}
    do(decider, made.transition_url("fail"), "履行されていないと認める", **unmet)
    approver.goto(made.get_absolute_url())
    assert approver.says("謝金の単価が改められていない。")
    return made


def escalate(v: Visitor, made: Order) -> None:
    """With what the findings come to, as it is proposed."""
    number = {"document_number": "府孤推第805号"}
    v.goto(made.transition_url("escalate"))
    assert v.says("1,348,600円")
    do(v, made.transition_url("escalate"), "交付の決定を取り消す", **number)


@pytest.mark.long
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_demand_to_the_revocation_in_part(
    world: World, worker: subprocess.Popen[bytes], visit: Enter, has_scripts: bool
) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    world.submit(closing.write_report(world, award))
    if has_scripts:
        demand(visit, world, has_scripts)
    inspector = visit("inspector@cao.example", has_scripts)
    decider = visit("decider@cao.example", has_scripts)
    approver = visit("approver@nagano.example", has_scripts)
    held = inspect(inspector, decider, award)
    find(inspector, decider, approver, world, held)
    findings = list(Finding.objects.order_by("number"))
    correct(inspector, approver, findings[2])
    # Legal acts ask for a fresh proof of the person.
    decider = visit("decider@cao.example", has_scripts)
    made = order(inspector, decider, approver, findings)
    escalate(decider, made)
    made.refresh_from_db()
    assert made.revocation is not None
    assert 0 < made.revocation.after < award.amount
    approver.goto(made.get_absolute_url())
    assert approver.says("取り消した額")
    inspector.goto("/orders/")
    kinds = ("notice_of_order", "notice_of_revocation")
    wait_for(
        lambda: Document.objects.filter(kind__in=kinds, state="ready").count() == len(kinds), 60
    )
