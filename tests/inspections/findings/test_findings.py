"""指摘 (要領5(2)-1): written by the team, issued, answered, upheld or dropped, corrected, closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.filings.api import latest_version
from inspections.findings.api import FAULTS, Finding, save_correction, write_finding
from inspections.findings.counting import decrease_of
from inspections.findings.rules import (
    citation_reasons,
    correction_reasons,
    decrease,
    is_overdue,
    ruling_reasons,
)
from inspections.visits.api import Visit
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused, Stale
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.inspections.visits.test_visits import (
    another_inspector,
    award_of,
    hold,
    notify,
    plan,
    report,
    reported,
    write_down,
)
from tests.world import World, client_of

DUE = date(2026, 12, 25)
DAY = timedelta(days=1)
LAW = "適正化法11条1項"


@pytest.mark.parametrize(
    ("clause", "article", "is_refused"),
    [("", "", True), ("", "　 ", True), ("2(2)-1", "", False), ("", LAW, False)],
    ids=["要領5(2)-1-none", "要領5(2)-1-blank", "要領5(2)-1-clause", "要領5(2)-1-law"],
)
def test_a_finding_cites_what_is_not_met(clause: str, article: str, is_refused: bool) -> None:
    assert bool(list(citation_reasons(clause, article))) == is_refused


@pytest.mark.parametrize(
    ("state", "due_on", "today", "expected"),
    [
        ("upheld", DUE, DUE, False),
        ("upheld", DUE, DUE + DAY, True),
        ("upheld", None, DUE, False),
        ("corrected", DUE, DUE + DAY, False),
        ("closed", DUE, DUE + DAY, False),
    ],
)
def test_overdue_is_a_question(
    state: str, due_on: date | None, today: date, expected: bool
) -> None:
    assert is_overdue(state, due_on, today) == expected


@pytest.mark.parametrize(
    ("state", "today", "is_refused"),
    [
        ("issued", DUE, True),
        ("issued", DUE + DAY, False),
        ("commented", DUE - DAY, False),
    ],
    ids=["要領5(2)-1-may-still-comment", "要領5(2)-1-day-over", "要領5(2)-1-heard"],
)
def test_the_body_is_heard_first(state: str, today: date, is_refused: bool) -> None:
    assert bool(list(ruling_reasons(state, DUE, today))) == is_refused


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("計画", "担当", "行った"), ""),
        (("", "担当", "行った"), "是正の計画"),
        (("計画", " ", ""), "担当、行った是正"),
    ],
)
def test_what_a_correction_needs(given: tuple[str, str, str], said: str) -> None:
    assert said in "".join(correction_reasons(*given))
    assert bool(list(correction_reasons(*given))) == bool(said)


@pytest.mark.parametrize(("before", "after", "yen"), [(100, 76, 24), (100, 100, 0), (5, 9, 0)])
def test_an_award_never_grows_by_a_finding(before: int, after: int, yen: int) -> None:
    assert decrease(before, after) == yen


def test_the_taxonomy_has_its_groups() -> None:
    groups = {fault.group for fault in FAULTS.values()}
    assert groups == {"不適正経理", "対象外", "金額", "重複", "手続", "成果"}
    assert len(FAULTS) == len({fault.label for fault in FAULTS.values()}) == 30


VALUES: dict[str, Any] = {
    "code": "ineligible_cost",
    "title": "対象外の経費を支出した",
    "text": "交流会の弁当代を消耗品費として支出していた。",
    "amount": 48_600,
    "severity": "ordinary",
    "clause_number": "",
    "article": LAW,
}


def written(world: World, visit: Visit, **changed: Any) -> Finding:
    return write_finding(
        actor=world.actor(Role.INSPECTOR),
        visit=visit,
        values={**VALUES, **changed},
        upload=SimpleUploadedFile("領収書.csv", "番号,金額\n1,48600\n".encode()),
    )


def issued(world: World, visit: Visit, **changed: Any) -> Finding:
    finding = written(world, visit, **changed)
    due = {"comment_due_on": timezone.localdate() + 14 * DAY}
    return _of(perform(Finding, finding.pk, "issue", world.actor(Role.DECIDER), data=due).subject)


def upheld(world: World, visit: Visit, **changed: Any) -> Finding:
    finding = issued(world, visit, **changed)
    approver = world.actor(Role.APPROVER, finding.grantee)
    perform(Finding, finding.pk, "comment", approver, data={"comment": "意見なし"})
    data = {"reason": "事実を認めた。", "due_on": timezone.localdate() + 30 * DAY}
    return _of(perform(Finding, finding.pk, "uphold", world.actor(Role.DECIDER), data=data).subject)


def _of(found: Any) -> Finding:
    assert isinstance(found, Finding)
    return found


def form_of(**changed: Any) -> dict[str, Any]:
    return {**{name: str(value) for name, value in VALUES.items()}, **changed}


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.mark.django_db
class TestTheWay:
    def test_from_the_fact_to_the_ruling_in_the_browser(self, world: World) -> None:
        visit = hold(world, write_down(world, notify(world, plan(world))))
        inspector = client_of(world.actor(Role.INSPECTOR))
        decider = client_of(world.actor(Role.DECIDER))
        drafter = client_of(world.actor(Role.DRAFTER))
        approver = client_of(world.actor(Role.APPROVER))
        assert inspector.post(f"/findings/visits/{visit.pk}/write/", form_of()).status_code == 302
        finding = Finding.objects.get()
        url = finding.get_absolute_url()
        assert drafter.get(url).status_code == 404, "a draft is the office's"

        today = timezone.localdate()
        form = {"comment_due_on": (today + 14 * DAY).isoformat(), "confirmed": "on"}
        assert decider.post(finding.transition_url("issue"), form).status_code == 409
        report(world, visit)
        assert drafter.get(url).status_code == 404, "nor with the results alone"
        assert finding.title not in page(drafter, visit.get_absolute_url())
        assert decider.post(finding.transition_url("issue"), form).status_code == 302
        seen = page(drafter, url)
        assert LAW in seen
        assert "額の確定の前のため計算していません" in seen
        assert finding.title in page(drafter, visit.get_absolute_url())

        ruling = {"reason": "団体も事実を認めた。", "due_on": (today + 30 * DAY).isoformat()}
        assert decider.post(finding.transition_url("uphold"), ruling).status_code == 409
        comment = {"comment": "弁当代であることを認める。"}
        assert drafter.post(finding.transition_url("comment"), comment).status_code == 403
        assert approver.post(finding.transition_url("comment"), comment).status_code == 302
        assert "弁当代であることを認める。" in page(inspector, url)
        assert decider.post(finding.transition_url("uphold"), ruling).status_code == 302
        assert Event.objects.get(verb="findings.finding.uphold").article == "要領5(2)"

    def test_from_the_ruling_to_the_end_in_the_browser(self, world: World) -> None:
        finding = upheld(world, reported(world))
        inspector = client_of(world.actor(Role.INSPECTOR))
        drafter = client_of(world.actor(Role.DRAFTER))
        approver = client_of(world.actor(Role.APPROVER))
        url, visit = finding.get_absolute_url(), finding.visit
        assert approver.post(finding.transition_url("correct")).status_code == 409
        correction = {
            "form_version": finding.version,
            "plan": "振り替える。",
            "owner": "経理担当",
            "correction": "県の一般財源に振り替えた。",
            "file": SimpleUploadedFile("振替.csv", "番号,金額\n1,48600\n".encode()),
        }
        assert drafter.post(f"/findings/{finding.pk}/correction/", correction).status_code == 302
        for hidden in ("振り替えた", "振替.csv"):
            assert hidden not in page(inspector, url), "not before it is reported"
        assert approver.post(finding.transition_url("correct")).status_code == 302
        for known in ("振り替えた", "振替.csv"):
            assert known in page(inspector, url)

        due = (timezone.localdate() + 40 * DAY).isoformat()
        again = {"reason": "振替の伝票がありません。", "due_on": due}
        assert inspector.post(finding.transition_url("ask_again"), again).status_code == 302
        assert "振替の伝票がありません。" in page(drafter, url)
        assert "振り替えた" not in page(inspector, url), "it is the body's to write again"
        assert approver.post(finding.transition_url("correct")).status_code == 302
        assert inspector.post(visit.transition_url("close")).status_code == 409
        note = {"note": "振替の伝票を確かめた。"}
        assert inspector.post(finding.transition_url("close"), note).status_code == 302
        assert inspector.post(visit.transition_url("close")).status_code == 302
        drain()
        told = Notice.objects.filter(title__contains="検査の指摘1")
        assert {notice.organisation for notice in told} == {world.nagano}
        assert verify() == []

    def test_dropped_with_its_reason(self, world: World) -> None:
        finding = issued(world, reported(world))
        data = {"reason": "検収の記録が後から見つかった。"}
        perform(Finding, finding.pk, "drop", world.actor(Role.DECIDER), data=data)
        drafter = client_of(world.actor(Role.DRAFTER))
        assert "検収の記録が後から見つかった。" in page(drafter, finding.get_absolute_url())

    def test_a_draft_that_was_given_up_stays_inside(self, world: World) -> None:
        finding = written(world, reported(world))
        inspector = world.actor(Role.INSPECTOR)
        perform(Finding, finding.pk, "discard", inspector, data={"reason": "事実ではなかった。"})
        drafter = client_of(world.actor(Role.DRAFTER))
        assert drafter.get(finding.get_absolute_url()).status_code == 404

    def test_overdue_is_seen_on_both_sides(self, world: World) -> None:
        finding = upheld(world, reported(world))
        clients = [client_of(world.actor(role)) for role in (Role.INSPECTOR, Role.DRAFTER)]
        for client in clients:
            assert "期限超過" not in page(client, "/findings/")
        Finding.objects.filter(pk=finding.pk).update(due_on=timezone.localdate() - DAY)
        for client in clients:
            for url in ("/findings/", finding.get_absolute_url(), "/"):
                assert "期限超過" in page(client, url)


@pytest.mark.django_db
class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"article": ""}, "適合しない規定を"),
            ({"code": "no_such_code"}, "種類"),
            ({"amount": "0"}, "1円以上"),
            ({"severity": ""}, "重大度"),
        ],
        ids=["要領5(2)-1-cites-nothing", "code", "amount", "severity"],
    )
    def test_what_is_wrong_is_said(self, world: World, changed: dict[str, Any], said: str) -> None:
        visit = reported(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        answered = inspector.post(f"/findings/visits/{visit.pk}/write/", form_of(**changed))
        assert answered.status_code == 422
        assert said in answered.content.decode()
        assert not Finding.objects.exists()

    def test_the_database_asks_for_a_rule_too(self, world: World) -> None:
        finding = written(world, reported(world))
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(article="")

    def test_a_draft_is_changed_and_what_was_issued_is_not(self, world: World) -> None:
        finding = written(world, reported(world))
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = f"/findings/{finding.pk}/edit/"
        assert "48,600" in page(inspector, url)
        form = form_of(title="食糧費を支出した", form_version=finding.version)
        assert inspector.post(url, form).status_code == 302
        assert inspector.post(url, form).status_code == 409, "seen earlier"
        due = {"comment_due_on": timezone.localdate() + 14 * DAY}
        perform(Finding, finding.pk, "issue", world.actor(Role.DECIDER), data=due)
        assert inspector.get(url).status_code == 409

    def test_who_saves_a_correction_second_is_told(self, world: World) -> None:
        finding = upheld(world, reported(world))
        drafter = world.actor(Role.DRAFTER)
        values = {"plan": "計画", "owner": "担当", "correction": "行った"}
        save_correction(actor=drafter, finding=finding, seen_version=finding.version, values=values)
        with pytest.raises(Stale):
            save_correction(
                actor=drafter, finding=finding, seen_version=finding.version, values=values
            )


@pytest.mark.django_db
class TestWho:
    def test_all_inspectors_read_and_the_team_writes(self, world: World) -> None:
        finding = written(world, reported(world))
        stranger = client_of(another_inspector(world))
        assert "弁当代" in page(stranger, finding.get_absolute_url())
        assert stranger.get(f"/findings/{finding.pk}/edit/").status_code == 403
        assert stranger.get(f"/findings/visits/{finding.visit_id}/write/").status_code == 403

    def test_near_miss_strangers(self, world: World) -> None:
        finding = upheld(world, reported(world))
        neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
        for url in (
            finding.get_absolute_url(),
            f"/findings/{finding.pk}/correction/",
            finding.transition_url("correct"),
        ):
            assert neighbour.get(url).status_code == 404
        assert finding.title not in page(neighbour, "/findings/")

    def test_its_evidence_opens_with_it(self, world: World) -> None:
        finding = written(world, reported(world))
        paper = Document.objects.get(kind="finding:evidence")
        drafter = client_of(world.actor(Role.DRAFTER))
        assert drafter.get(paper.get_absolute_url()).status_code == 404
        due = {"comment_due_on": timezone.localdate() + 14 * DAY}
        perform(Finding, finding.pk, "issue", world.actor(Role.DECIDER), data=due)
        assert drafter.get(paper.get_absolute_url()).status_code == 200

    def test_who_inspected_does_not_rule(self, world: World) -> None:
        finding = written(world, reported(world))
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.DECIDER)
        due = {"comment_due_on": timezone.localdate() + 14 * DAY}
        with pytest.raises(Refused, match="検査職員として加わった"):
            perform(Finding, finding.pk, "issue", hat, data=due)

    def test_the_auditor_reads_and_changes_nothing(self, world: World) -> None:
        finding = upheld(world, reported(world))
        auditor = client_of(world.actor(Role.AUDITOR))
        assert "弁当代" in page(auditor, finding.get_absolute_url())
        assert auditor.post(finding.transition_url("close")).status_code == 403


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    inspector = client_of(world.actor(Role.INSPECTOR))
    visit = reported(world, award_of(world))

    def count() -> list[int]:
        found = []
        for url in ("/findings/", visit.get_absolute_url()):
            inspector.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert inspector.get(url).status_code == 200
            found.append(len(captured))
        return found

    for _ in range(3):
        issued(world, visit)
    three = count()
    for _ in range(5):
        issued(world, visit)
    assert count() == three


@pytest.mark.django_db
class TestTheMoney:
    def test_nothing_is_said_before_a_report_is_filed(self, world: World) -> None:
        award = closing.award_of(world)
        closing.write_report(world, award)
        assert decrease_of(award, 48_600) is None

    @pytest.mark.parametrize("cost", [1, 999, 48_600, 1_234_567])
    def test_the_settlement_is_run_again_without_the_cost(self, world: World, cost: int) -> None:
        """適正化法15条: the whole table, cut to 千円 at its end; never cost × rate."""
        award, cut = closing.award_of(world), 1_234_567
        closing.pay(world, award)
        filing, settlement = closing.settled(world, award, cut=cut)
        sealed = latest_version(filing)
        assert sealed is not None
        amounts = sealed.content["amounts"]

        def fixed(off: int) -> int:
            base = min(amounts["a"] - off - amounts["b"], amounts["d"] - off)
            return int(min(award.amount, base // 2 // 1000 * 1000))

        assert settlement.amount == fixed(cut)
        assert decrease_of(award, cost) == fixed(cut) - fixed(cut + cost)
        assert decrease_of(award, None) is None

    def test_no_more_is_lost_than_was_fixed(self, world: World) -> None:
        award = closing.award_of(world)
        closing.pay(world, award)
        _, settlement = closing.settled(world, award)
        assert decrease_of(award, 999_999_999_999) == settlement.amount

    def test_both_sides_read_it(self, world: World) -> None:
        award = closing.award_of(world)
        closing.pay(world, award)
        closing.settled(world, award)
        finding = issued(world, reported(world, award))
        assert finding.decrease is not None
        assert finding.decrease > 0
        said = f"交付額の減少見込み {finding.decrease:,}円"
        for role in (Role.INSPECTOR, Role.DRAFTER):
            assert said in page(client_of(world.actor(role)), finding.get_absolute_url())
