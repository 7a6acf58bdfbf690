"""変更承認申請 (適正化法7条1項, 8条): from a copy of the plan in force to the plan in force."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from grants.awards.api import Amendment, Award, Decision, already_decided
from grants.changes.api import ChangeRequest
from grants.contractors.planned import planned_lines
from grants.demo import cases
from grants.filings.api import Filing, latest_version, raise_item
from grants.kinds.api import start_application
from grants.kinds.change.kind import judgements, payload
from grants.plans.api import BudgetLine, amend_plan
from grants.programmes.api import Ledger
from grants.settlements.api import PerformanceReport, follow_plan, start_report
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.grants import changing, closing
from tests.grants.awards.test_rounds import second_round
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def states(filing: Filing) -> dict[str, str]:
    found = judgements(Filing.objects.get(pk=filing.pk))
    return {one.requirement.id: one.state for one in found}


def text_of(kind: str) -> str:
    drain()
    document = Document.objects.filter(kind=kind).latest("created_at")
    pages = PdfReader(BytesIO(read_file(document))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_change_begins_as_the_plan_in_force(world: World, award: Award) -> None:
    """7条1項: nothing differs, with its uids, declarations and agenda items."""
    filing = changing.start(world, award)
    sealed = payload(filing)
    assert sealed["before"]["sections"][1:] == sealed["sections"][1:]
    assert sealed["amounts"]["i"] == sealed["amounts"]["h"] == award.amount
    assert states(filing)["change.something"] == "unmet"
    assert states(filing)["plan.declared"] == "met"
    again = changing.start(world, award)
    assert again.pk == filing.pk, "one at a time"


def test_the_writer_is_told_at_once_with_the_computation(world: World, award: Award) -> None:
    ensure_cache_table()
    filing = changing.shifted(world, award)
    page = client_of(world.actor(Role.DRAFTER)).get(filing.writing_url).content.decode()
    assert "承認が要ります" in page
    assert "承認の要らない範囲は" in page
    assert states(filing)["change.needed"] == "met"


def test_a_small_change_is_pointed_out_and_stops_nothing(world: World, award: Award) -> None:
    filing = changing.shifted(world, award, share=1)
    assert states(filing)["change.needed"] == "warning"
    assert world.submit(filing).state == "submitted"


def test_without_a_reason_nothing_is_filed(world: World, award: Award) -> None:
    filing = changing.ask(world, changing.shifted(world, award), reason="")
    with pytest.raises(Refused, match="変更の理由を入力"):
        world.submit(filing)


def test_more_than_the_changed_plan_comes_to_is_not_filed(world: World, award: Award) -> None:
    """6条1項: column G of the changed plan is the ceiling."""
    filing = changing.shifted(world, award, amount=int(award.amount) + 1_000)
    with pytest.raises(Refused, match="計算した額"):
        world.submit(filing)


def test_an_approved_change_is_what_is_in_force(world: World, award: Award) -> None:
    """7条1項, 8条: plan, contracts' lines, column H and report follow; the old plan stays."""
    old_revision, old_lines = award.revision_id, changing.lines_of(award)
    drafter = world.actor(Role.DRAFTER)
    report = PerformanceReport.objects.get(filing=start_report(actor=drafter, award=award))
    filing = changing.approved(world, award)
    assert filing.state == "decided"
    award.refresh_from_db()
    assert award.revision_id == filing.revision_id != old_revision
    made = Amendment.objects.get()
    assert (made.revision_before_id, made.amount_before) == (old_revision, made.amount_after)
    assert made.decision.kind == "change"
    assert {line.uid for line in changing.lines_of(award)} == {line.uid for line in old_lines}
    assert planned_lines(award) is not None
    assert already_decided(filing) == award.amount
    report = PerformanceReport.objects.select_related("filing", "award").get(pk=report.pk)
    assert follow_plan(actor=drafter, report=report)
    budgets = {one.uid: one.budget for part in report.parts.all() for one in part.lines.all()}
    assert budgets[old_lines[0].uid] == (old_lines[0].amount or 0) - (old_lines[0].amount or 0) // 2
    assert award.decision.sealed.content["sections"]
    assert "変更承認通知書" in text_of("notice_of_change")
    assert verify() == []


def bigger(world: World, award: Award, more: int) -> Filing:
    """One line dearer by twice `more`, and half of it asked for (交付率 1/2)."""
    filing = changing.start(world, award)
    line = changing.lines_of(award)[0]
    changing.set_amount(filing, line.uid, int(line.amount or 0) + more * 2)
    return changing.ask(world, filing, int(award.amount) + more)


def test_the_amount_goes_up_within_the_budget(world: World, award: Award) -> None:
    filing = changing.approve(world, changing.reviewed(world, bigger(world, award, 500_000)))
    after = Award.objects.get()
    assert after.amount == award.amount + 500_000
    assert Ledger.objects.get().decided == after.amount
    assert filing.decision.amount == after.amount
    text = text_of("notice_of_change")
    assert "変更承認・変更交付決定通知書" in text
    assert f"{after.amount:,}円（増減額500,000円）" in text


def test_not_a_yen_above_the_budget(world: World, award: Award) -> None:
    """6条1項: the ledger is the lock, for changes as for first decisions."""
    room = int(award.amount) + 499_999
    world.programme.values.filter(key="budget").update(text=str(room))
    filing = changing.reviewed(world, bigger(world, award, 500_000))
    with pytest.raises(Refused, match="予算を1円超え"):
        changing.approve(world, filing)
    assert Ledger.objects.get().decided == award.amount


def test_the_decider_may_give_less_with_a_reason_but_not_less_than_was_paid(
    world: World, award: Award
) -> None:
    closing.pay(world, award, 1_000_000)
    filing = changing.reviewed(world, changing.shifted(world, award))
    with pytest.raises(Refused, match="支払済みの額"):
        changing.approve(world, filing, 999_999)
    changing.approve(world, filing, 1_000_000)
    assert Award.objects.get().amount == Ledger.objects.get().decided == 1_000_000


def test_a_refusal_leaves_what_is_in_force(world: World, award: Award) -> None:
    filing = changing.reviewed(world, changing.shifted(world, award))
    data = {**world.numbered(), "reason": "目的に合わない。"}
    filing = world.act(filing, "refuse_change", world.actor(Role.DECIDER), **data).subject
    after = Award.objects.get()
    assert filing.state == "declined"
    assert (after.revision_id, after.amount) == (award.revision_id, award.amount)
    assert Decision.objects.get(filing=filing).kind == "decline"
    assert "目的に合わない" in text_of("notice_of_change_refusal")
    assert changing.start(world, after).pk != filing.pk, "a new one may begin"


def test_four_eyes_hold_for_changes(world: World, award: Award) -> None:
    filing = changing.reviewed(world, changing.shifted(world, award))
    reviewer = world.actor(Role.REVIEWER)
    deciding = world.wearing(reviewer, world.office, Role.DECIDER)
    data = {
        **world.numbered(),
        "amount": filing.requested_amount,
        "modification_reason": "",
        "conditions": [],
        "confirmed": True,
    }
    with pytest.raises(Refused, match="審査した人は、決定できません"):
        world.act(filing, "approve_change", deciding, **data)


def test_sent_back_and_filed_again(world: World, award: Award) -> None:
    filing = world.begin_review(world.submit(changing.shifted(world, award)))
    sealed = latest_version(filing)
    assert sealed is not None
    reviewer = world.actor(Role.REVIEWER)
    raise_item(
        actor=reviewer,
        filing=filing,
        sealed=sealed,
        address="change//reason",
        clause="",
        text="見積りを示してください。",
    )
    cases.see_everything(world.cast, world.office, filing)
    filing = world.send_back_statement(filing)
    assert filing.state == "returned"
    assert filing.plan_revision.is_open
    closing.answer_points(filing, world.actor(Role.DRAFTER))
    changing.ask(world, filing, reason="見積りを付けた。")
    assert world.submit(filing).number == 2


def test_a_report_that_was_filed_ends_changes(world: World, award: Award) -> None:
    """14条: what was reported on is not changed any more."""
    world.submit(closing.write_report(world, award))
    with pytest.raises(Refused, match="実績報告が提出されている"):
        changing.start(world, award)


def test_a_later_round_and_a_change_never_run_side_by_side(world: World, award: Award) -> None:
    second_round(world)
    drafter = world.actor(Role.DRAFTER)
    changing.start(world, award)
    with pytest.raises(Refused, match="まだ決定していません"):
        start_application(actor=drafter, programme=world.programme, round_number=2)


def test_a_change_waits_for_the_later_round(world: World, award: Award) -> None:
    second_round(world)
    start_application(actor=world.actor(Role.DRAFTER), programme=world.programme, round_number=2)
    with pytest.raises(Refused, match="追加の申請が、まだ決定していません"):
        changing.start(world, award)


def test_a_plan_that_moved_on_meanwhile_is_not_overwritten(world: World, award: Award) -> None:
    filing = changing.reviewed(world, changing.shifted(world, award))
    other = amend_plan(actor=world.actor(Role.DRAFTER), revision=award.revision)
    Award.objects.update(revision=other)
    with pytest.raises(Refused, match="別の決定で計画が変わっています"):
        changing.approve(world, filing)


def test_the_way_in_a_browser(world: World, award: Award) -> None:
    """Writer, reviewer, decider, each on their own pages, with the papers."""
    ensure_cache_table()
    drafter = client_of(world.actor(Role.DRAFTER))
    page = drafter.get(reverse("changes:award", args=[award.pk])).content.decode()
    assert "変更の申請を書く" in page
    started = drafter.post(reverse("change:start", args=[award.pk]))
    filing = Filing.objects.get(kind="change")
    assert started.url == filing.writing_url
    url = reverse("change:reason", args=[filing.pk])
    change = ChangeRequest.objects.get()
    typed = {"reason": "会場が変わるため。", "effect": "", "amount": f"{award.amount:,}"}
    assert drafter.post(url, {**typed, "form_version": "9"}).status_code == 409
    assert drafter.post(url, {**typed, "form_version": str(change.version)}).status_code == 302
    first, second = changing.lines_of(award)[:2]
    changing.set_amount(filing, first.uid, int(first.amount or 0) - 1_000)
    page = drafter.get(reverse("change:compare", args=[filing.pk])).content.decode()
    assert "変更前と変更後を確認してください" in page
    assert "<del" in page
    filing = world.begin_review(world.submit(filing))
    review = client_of(world.actor(Role.REVIEWER))
    page = review.get(reverse("reviews:review", args=[filing.pk])).content.decode()
    assert "変更前（府孤推" in page
    assert "変更の承認が要るか" in page
    page = review.get(reverse("reviews:review", args=[filing.pk]) + "?changes=1&against=in_force")
    assert "変更後の申請額" in page.content.decode()
    filing = world.finish_review(filing)
    decider = client_of(world.actor(Role.DECIDER))
    page = decider.get(filing.transition_url("approve_change")).content.decode()
    assert "承認後の残り" in page
    assert second.item in page or first.item in page
    assert decider.get(filing.transition_url("refuse_change")).status_code == 200
    changing.approve(world, filing)
    page = drafter.get(reverse("changes:award", args=[award.pk])).content.decode()
    assert "変更承認申請 第1版を見る" in page
    assert "変更承認申請" in decider.get("/decisions/").content.decode()
    # The amount stays as it was decided, so nothing is granted anew.
    assert "変更承認通知書" in decider.get("/decisions/notices/").content.decode()
    text = text_of("change")
    assert "変更前と変更後" in text
    assert "変更承認申請書" in text


def test_what_was_changed_is_still_shown_once_it_is_in_force(world: World, award: Award) -> None:
    filing = changing.reviewed(world, changing.shifted(world, award))
    changing.approve(world, filing)
    drafter = client_of(world.actor(Role.DRAFTER))
    compared = reverse("change:compare", args=[filing.pk])
    page = drafter.get(reverse("changes:award", args=[award.pk])).content.decode()
    assert f'href="{compared}"' in page
    office = client_of(world.actor(Role.DECIDER))
    assert "<del" in office.get(compared).content.decode(), "as it was sealed, not as it is now"


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.APPROVER])
def test_another_prefecture_finds_nothing(world: World, award: Award, role: str) -> None:
    ensure_cache_table()
    filing = changing.shifted(world, award)
    stranger = client_of(world.actor(role, world.gifu))
    for name in ("change:overview", "change:reason", "change:compare"):
        assert stranger.get(reverse(name, args=[filing.pk])).status_code in (403, 404)
    assert stranger.get(reverse("changes:award", args=[award.pk])).status_code == 404
    office = client_of(world.actor(Role.REVIEWER))
    assert office.get(reverse("change:overview", args=[filing.pk])).status_code in (403, 404)


def test_the_same_questions_at_three_and_at_eight(world: World, award: Award) -> None:
    ensure_cache_table()
    filing = changing.shifted(world, award)
    client = client_of(world.actor(Role.DRAFTER))
    pages = [
        reverse("change:overview", args=[filing.pk]),
        reverse("change:compare", args=[filing.pk]),
        reverse("changes:award", args=[award.pk]),
    ]

    def asked() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    def add_lines(count: int) -> None:
        for n in range(count):
            BudgetLine.objects.create(
                revision_id=filing.revision_id,
                order=100 + n,
                category_code="07",
                item=f"追加{n}",
                delivery="direct",
                quantity=1,
                unit="式",
                unit_price=100 + n,
                amount=100 + n,
                other_funding="none",
            )

    add_lines(3)
    at_three = asked()
    add_lines(5)
    assert asked() == at_three
