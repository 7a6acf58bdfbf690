"""措置の命令 (要領5(2)-2): drafted, issued by another, reported, found kept or not, escalated."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.awards.api import Award, appeal_due, not_suspended, suspension_of
from grants.guideline.api import uncarried
from inspections.findings.api import Finding
from inspections.findings.counting import decrease_of
from inspections.orders.api import Order, save_report
from inspections.orders.counting import proposal_of
from inspections.orders.documents import notice_of_order
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused, Stale
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.contracts import Deal
from tests.inspections.findings.test_findings import page, upheld
from tests.inspections.orders import way
from tests.inspections.orders.way import DAY
from tests.inspections.visits.test_visits import award_of, reported
from tests.world import World, client_of


def form_of(**changed: Any) -> dict[str, Any]:
    given = way.values()
    texts = ("title", "basis", "kind", "content", "reason")
    return {
        **{name: given[name] for name in texts},
        "due_on": given["due_on"].isoformat(),
        **changed,
    }


def number_form(number: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {
        "document_number": number,
        "decided_on": today,
        "issued_on": today,
        "confirmed": "on",
    }


def test_no_clause_is_left_without_its_carrier() -> None:
    assert uncarried() == []


@pytest.mark.django_db
class TestTheWay:
    def test_from_a_finding_to_the_order_in_the_browser(self, world: World) -> None:
        finding = upheld(world, reported(world))
        award = finding.visit.award
        inspector = client_of(world.actor(Role.INSPECTOR))
        decider = client_of(world.actor(Role.DECIDER))
        drafter = client_of(world.actor(Role.DRAFTER))
        write = f"/orders/awards/{award.pk}/write/"
        assert write in page(inspector, finding.get_absolute_url())
        assert "checked" in page(inspector, f"{write}?finding={finding.pk}")
        assert inspector.post(write, form_of(findings=[finding.pk])).status_code == 302
        order = Order.objects.get()
        url = order.get_absolute_url()
        assert drafter.get(url).status_code == 404, "a draft is the office's"
        assert order.title not in page(drafter, finding.get_absolute_url())

        answered = decider.post(order.transition_url("issue"), number_form("府孤推第501号"))
        assert answered.status_code == 302
        drain()
        seen = page(drafter, url)
        for said in ("要領5(2)だけによる命令です", finding.citation, "命令書（府孤推第501号）"):
            assert said in seen
        main = seen.partition("<main")[2]
        assert "不服の申出" not in main, "the guideline is a notice"
        for place in (finding.get_absolute_url(), finding.visit.get_absolute_url(), "/"):
            assert order.title in page(drafter, place)
        assert Event.objects.get(verb="orders.order.issue").article == "要領5(2)"

    def test_from_the_order_to_its_end_in_the_browser(self, world: World) -> None:
        order = way.issued(world, award_of(world))
        inspector = client_of(world.actor(Role.INSPECTOR))
        drafter = client_of(world.actor(Role.DRAFTER))
        approver = client_of(world.actor(Role.APPROVER))
        url = order.get_absolute_url()
        assert approver.post(order.transition_url("report")).status_code == 409
        written = {
            "form_version": Order.objects.get().version,
            "report": "手順を定めた。",
            "file": SimpleUploadedFile("手順.csv", "月,確認日\n7,8/20\n".encode()),
        }
        assert drafter.post(f"/orders/{order.pk}/report/", written).status_code == 302
        for hidden in ("手順を定めた。", "手順.csv"):
            assert hidden not in page(inspector, url), "not before it is reported"
        assert drafter.post(order.transition_url("report")).status_code == 403
        assert approver.post(order.transition_url("report")).status_code == 302
        for known in ("手順を定めた。", "手順.csv"):
            assert known in page(inspector, url)

        again = {"reason": "8月分の確認がありません。", "due_on": form_of()["due_on"]}
        assert inspector.post(order.transition_url("ask_again"), again).status_code == 302
        assert "8月分の確認がありません。" in page(drafter, url)
        assert "手順を定めた。" in page(inspector, url), "what was received stays"
        written = {"form_version": Order.objects.get().version, "report": "8月分も確認した。"}
        assert drafter.post(f"/orders/{order.pk}/report/", written).status_code == 302
        assert "8月分も確認した。" not in page(inspector, url), "it is the body's to write again"
        assert approver.post(order.transition_url("report")).status_code == 302
        for known in ("第1回の報告", "手順を定めた。", "第2回の報告", "8月分も確認した。"):
            assert known in page(inspector, url)
        checked = {"reason": "8月分の確認の記録を見た。"}
        assert inspector.post(order.transition_url("comply"), checked).status_code == 302
        assert "8月分の確認の記録を見た。" in page(drafter, url)
        drain()
        told = Notice.objects.filter(title__contains="命令")
        assert {one.organisation for one in told} == {world.nagano, world.office}
        assert verify() == []

    def test_an_order_alone_begins_with_the_body(self, world: World) -> None:
        award = award_of(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        assert inspector.post("/orders/start/", {}).status_code == 422
        answered = inspector.post("/orders/start/", {"award": award.pk})
        assert answered["Location"] == f"/orders/awards/{award.pk}/write/"
        assert "もとになる指摘" not in page(inspector, answered["Location"])
        form = form_of(kind="discontinue")
        assert inspector.post(answered["Location"], form).status_code == 302
        assert Order.objects.get().kind == "discontinue"

    def test_overdue_is_seen_on_both_sides(self, world: World) -> None:
        order = way.issued(world, award_of(world))
        clients = [client_of(world.actor(role)) for role in (Role.INSPECTOR, Role.DRAFTER)]
        for client in clients:
            assert "期限超過" not in page(client, "/orders/")
        Order.objects.filter(pk=order.pk).update(due_on=timezone.localdate() - DAY)
        for client in clients:
            for url in ("/orders/", order.get_absolute_url(), "/"):
                assert "期限超過" in page(client, url)

    def test_a_visit_is_not_closed_over_an_order(self, world: World) -> None:
        finding = upheld(world, reported(world))
        way.issued(world, finding.visit.award, findings=[finding])
        inspector = client_of(world.actor(Role.INSPECTOR))
        seen = inspector.post(finding.visit.transition_url("close"))
        assert "終わっていない命令が1件" in seen.content.decode()


@pytest.mark.django_db
class TestTheLaw:
    def test_an_order_under_the_act_names_it_and_shows_the_period_of_25(self, world: World) -> None:
        order = way.issued(world, award_of(world), basis="perform")
        due = appeal_due(timezone.localdate(), order.award.programme.terms()).day
        assert order.appeal_until == due
        seen = page(client_of(world.actor(Role.DRAFTER)), order.get_absolute_url())
        assert "適正化法13条1項、要領5(2)" in seen
        assert "不服の申出" in seen
        event = Event.objects.get(verb="orders.order.issue_by_law")
        assert event.article == "適正化法13条、16条、21条の2"
        assert event.data["said"]["命令の根拠"] == "適正化法13条1項、要領5(2)"

    def test_the_paper_says_which(self, world: World) -> None:
        award = award_of(world)
        given = {}
        for basis in ("guideline", "perform"):
            order = way.issued(world, award, basis=basis)
            paper = Document.objects.get(kind="notice_of_order", subject_id=str(order.notice.pk))
            given[basis] = notice_of_order(paper)
        by_law, alone = given["perform"], given["guideline"]
        assert (by_law["paragraph"], alone["paragraph"]) == ("第13条第１項", "")
        texts = {basis: {n: t for _, n, t in one["entries"]} for basis, one in given.items()}
        assert "第25条" in texts["perform"]["不服の申出"]
        assert texts["perform"]["理由"].endswith("（適正化法第21条の２）")
        assert "不服の申出" not in texts["guideline"]

    def test_the_paper_is_made(self, world: World) -> None:
        way.issued(world, award_of(world))
        drain()
        assert Document.objects.get(kind="notice_of_order").is_ready

    def test_a_suspension_follows_an_order_that_was_not_kept(self, world: World) -> None:
        award = award_of(world)
        first = way.fail(world, way.issued(world, award, basis="perform"))
        inspector = client_of(world.actor(Role.INSPECTOR))
        write = f"/orders/awards/{award.pk}/write/?follows={first.pk}"
        assert f'href="{write}"' in page(inspector, first.get_absolute_url())
        form = form_of(basis="suspend", kind="suspend", follows=first.pk)
        assert inspector.post(write, form).status_code == 302
        order = way.issue(world, Order.objects.get(follows=first))
        paper = notice_of_order(Document.objects.get(subject_id=str(order.notice.pk)))
        said = {name: text for _, name, text in paper["entries"]}
        assert "第17条第１項" in said["履行しないとき"], "施行令7条"
        assert said["履行されなかった命令"] == first.document_number
        assert paper["is_by_guideline"] is False

    def test_a_suspended_case_says_so_until_the_order_is_kept(self, world: World) -> None:
        """適正化法13条2項: marked on the case and its contracts, and nothing new is begun."""
        award = award_of(world)
        first = way.fail(world, way.issued(world, award, basis="perform"))
        filing, actor = award.decision.filing, world.actor(Role.DRAFTER)
        client, mark = client_of(actor), "事業の一時停止が命じられています"
        assert mark not in page(client, filing.get_absolute_url())
        order = way.drafted(world, award, basis="suspend", kind="suspend", follows=first)
        assert suspension_of(award) is None, "a draft suspends nothing"
        way.issue(world, order)
        assert f'href="{order.get_absolute_url()}"' in page(client, filing.get_absolute_url())
        assert next(not_suspended(award)).endswith("停止が解けてから登録してください。")
        elsewhere = award_of(world, world.gifu)
        assert list(not_suspended(elsewhere)) == []
        way.moved(
            way.report(world, order),
            "comply",
            world.actor(Role.INSPECTOR),
            reason="停止と措置を確かめた。",
        )
        assert mark not in page(client, filing.get_absolute_url())

    def test_nothing_new_is_contracted_out_meanwhile(self, deal: Deal) -> None:
        contract = deal.prepare(deal.checked(deal.contractor()))
        first = way.fail(deal.world, way.issued(deal.world, deal.award, basis="perform"))
        way.issued(deal.world, deal.award, basis="suspend", kind="suspend", follows=first)
        with pytest.raises(Refused, match="事業の一時停止が命じられています（適正化法13条2項）"):
            deal.conclude(contract)
        client = client_of(deal.drafter())
        assert "事業の一時停止が命じられています" in page(client, contract.get_absolute_url())

    def test_a_kept_order_is_followed_by_none(self, world: World) -> None:
        award = award_of(world)
        first = way.issued(world, award, basis="perform")
        with pytest.raises(Refused, match="履行されなかった13条1項"):
            way.drafted(world, award, basis="suspend", kind="suspend", follows=first)

    def test_16_waits_for_the_report(self, world: World) -> None:
        award = closing.award_of(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        url, form = f"/orders/awards/{award.pk}/write/", form_of(basis="correct")
        answered = inspector.post(url, form)
        assert answered.status_code == 422
        assert "実績報告を受けた後" in answered.content.decode()
        world.submit(closing.write_report(world, award))
        assert inspector.post(url, form).status_code == 302
        order = way.issue(world, Order.objects.get())
        seen = page(client_of(world.actor(Role.DRAFTER)), order.get_absolute_url())
        assert "実績報告をもう一度提出します" in seen

    def test_the_database_keeps_both_apart_too(self, world: World) -> None:
        order = way.issued(world, award_of(world))
        for changed in (
            {"appeal_until": timezone.localdate()},
            {"reason": ""},
            {"kind": "suspend"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Order.objects.filter(pk=order.pk).update(**changed)


@pytest.mark.django_db
class TestEscalation:
    def ordered(self, world: World) -> Order:
        """Two findings with amounts, a report that was received, an order under 16条 not kept."""
        award = closing.award_of(world)
        closing.pay(world, award)
        world.submit(closing.write_report(world, award))
        first = upheld(world, reported(world, award))
        second = upheld(world, first.visit, title="謝金の単価の誤り", amount=1_234_567)
        order = way.issued(world, award, basis="correct", findings=[first, second])
        return way.fail(world, order)

    def test_the_amounts_are_carried_over(self, world: World) -> None:
        """要領5(2)-2, 適正化法17条1項: the settlement run once without all that was found."""
        order = self.ordered(world)
        award = order.award
        proposal = proposal_of(order)
        assert proposal.costs == 48_600 + 1_234_567
        assert proposal.decrease == decrease_of(award, proposal.costs)
        assert proposal.after == award.amount - proposal.decrease
        decider = client_of(world.actor(Role.DECIDER))
        url = order.transition_url("escalate")
        seen = page(decider, url)
        for yen in (proposal.costs, proposal.decrease, proposal.after):
            assert f"{yen:,}" in seen
        assert f"{order.document_number}の命令" in seen

        form = {
            **number_form("府孤推第601号"),
            "ground": "revoked_body",
            "after": str(proposal.after),
            "provision": "命令を履行しない。",
            "reason": "期限までに措置を行わなかったため。",
        }
        assert decider.post(url, form).status_code == 302
        order.refresh_from_db()
        assert order.state == "escalated"
        assert order.revocation.after == proposal.after
        assert Award.objects.get(pk=award.pk).amount == proposal.after
        seen = page(client_of(world.actor(Role.DRAFTER)), order.get_absolute_url())
        assert f"{proposal.decrease:,}円" in seen
        assert Event.objects.get(verb="revocations.revoke").article == "適正化法17条1項"
        assert verify() == []

    def test_what_the_revocation_refuses_changes_nothing(self, world: World) -> None:
        order = self.ordered(world)
        decider = client_of(world.actor(Role.DECIDER))
        form = {
            **number_form("府孤推第601号"),
            "ground": "revoked_body",
            "after": str(order.award.amount + 1),
            "provision": "命令を履行しない。",
            "reason": "措置を行わなかったため。",
        }
        answered = decider.post(order.transition_url("escalate"), form)
        assert answered.status_code == 409
        assert "より少なくしてください" in answered.content.decode()
        order.refresh_from_db()
        assert (order.state, order.revocation) == ("not_complied", None)

    def test_without_a_report_nothing_is_computed(self, world: World) -> None:
        finding = upheld(world, reported(world))
        order = way.issued(world, finding.visit.award, findings=[finding])
        order = way.fail(world, order)
        assert proposal_of(order).after is None
        seen = page(client_of(world.actor(Role.DECIDER)), order.transition_url("escalate"))
        assert "減少見込みを計算していません" in seen

    def test_a_late_compliance_is_reported_still(self, world: World) -> None:
        order = way.report(world, way.fail(world, way.issued(world, award_of(world))))
        inspector = world.actor(Role.INSPECTOR)
        assert way.moved(order, "comply", inspector, reason="確かめた。").state == "complied"


@pytest.mark.django_db
class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"reason": ""}, "理由"),
            ({"content": ""}, "命ずる事項"),
            ({"basis": ""}, "根拠"),
            ({"basis": "perform", "kind": "change"}, "命じられるのは"),
            ({"due_on": timezone.localdate().isoformat()}, "履行の期限"),
        ],
        ids=["適正化法21条の2-no-reason", "content", "basis", "適正化法13条1項-kind", "due"],
    )
    def test_what_is_wrong_is_said(self, world: World, changed: dict[str, Any], said: str) -> None:
        award = award_of(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        answered = inspector.post(f"/orders/awards/{award.pk}/write/", form_of(**changed))
        assert answered.status_code == 422
        assert said in answered.content.decode()
        assert not Order.objects.exists()

    def test_a_finding_of_another_body_is_not_taken(self, world: World) -> None:
        finding = upheld(world, reported(world))
        elsewhere = award_of(world, world.gifu)
        with pytest.raises(Refused, match="認めた指摘だけ"):
            way.drafted(world, elsewhere, findings=[finding])

    def test_a_draft_is_changed_and_what_was_issued_is_not(self, world: World) -> None:
        order = way.drafted(world, award_of(world))
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = f"/orders/{order.pk}/edit/"
        form = form_of(title="毎月の把握", form_version=order.version)
        assert inspector.post(url, form).status_code == 302
        assert inspector.post(url, form).status_code == 409, "seen earlier"
        way.issue(world, order)
        assert inspector.get(url).status_code == 409

    def test_its_writer_is_not_led_to_give_it_up(self, world: World) -> None:
        order = way.drafted(world, award_of(world))
        page = client_of(world.actor(Role.INSPECTOR)).get(order.get_absolute_url())
        [link] = re.findall(r'<a class="([^"]*)"[^>]*>命令の案を取りやめる', page.content.decode())
        assert "button--solid" not in link

    def test_it_is_not_issued_on_a_ground_that_came_to_its_end(self, world: World) -> None:
        finding = upheld(world, reported(world))
        order = way.drafted(world, finding.visit.award, findings=[finding])
        for state in ("corrected", "closed"):
            Finding.objects.filter(pk=finding.pk).update(state=state)
        with pytest.raises(Refused, match="終結したか取りやめた"):
            way.issue(world, order)

    def test_what_the_body_still_writes_is_not_shown_to_the_office(self, world: World) -> None:
        order = way.issued(world, award_of(world))
        save_report(
            actor=world.actor(Role.DRAFTER),
            order=order,
            seen_version=order.version,
            report="書きかけの報告",
        )
        Order.objects.filter(pk=order.pk).update(due_on=timezone.localdate() - DAY)
        decider = client_of(world.actor(Role.DECIDER))
        url = order.transition_url("fail")
        assert "書きかけの報告" not in page(decider, url)
        way.report(world, order)
        assert "確認の手順を定め" in page(decider, url), "reported, it is the office's to read"

    def test_who_saves_a_report_second_is_told(self, world: World) -> None:
        order = way.issued(world, award_of(world))
        drafter = world.actor(Role.DRAFTER)
        given = {
            "actor": drafter,
            "order": order,
            "seen_version": order.version,
            "report": "行った",
        }
        save_report(**given)
        with pytest.raises(Stale):
            save_report(**given)


@pytest.mark.django_db
class TestWho:
    def test_who_wrote_it_does_not_issue_it(self, world: World) -> None:
        order = way.drafted(world, award_of(world))
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.DECIDER)
        with pytest.raises(Refused, match="案を書いた人"):
            way.moved(order, "issue", hat, **world.numbered())

    def test_who_inspected_does_not_rule(self, world: World) -> None:
        finding = upheld(world, reported(world))
        order = way.issued(world, finding.visit.award, findings=[finding])
        Order.objects.filter(pk=order.pk).update(due_on=timezone.localdate() - DAY)
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.DECIDER)
        with pytest.raises(Refused, match="検査職員として加わった"):
            way.moved(order, "fail", hat, reason="報告がない。")

    def test_near_miss_strangers(self, world: World) -> None:
        order = way.issued(world, award_of(world))
        neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
        for url in (
            order.get_absolute_url(),
            f"/orders/{order.pk}/report/",
            order.transition_url("report"),
        ):
            assert neighbour.get(url).status_code == 404
        assert order.title not in page(neighbour, "/orders/")
        reviewer = client_of(world.actor(Role.REVIEWER))
        assert reviewer.get(f"/orders/awards/{order.award_id}/write/").status_code == 403

    def test_its_paper_is_not_the_neighbours(self, world: World) -> None:
        way.issued(world, award_of(world))
        drain()
        paper = Document.objects.get(kind="notice_of_order")
        for body, status in ((world.nagano, 200), (world.gifu, 404)):
            reader = client_of(world.actor(Role.DRAFTER, body))
            assert reader.get(paper.get_absolute_url()).status_code == status

    def test_the_auditor_reads_and_changes_nothing(self, world: World) -> None:
        order = way.issued(world, award_of(world))
        auditor = client_of(world.actor(Role.AUDITOR))
        assert order.content in page(auditor, order.get_absolute_url())
        assert auditor.post(order.transition_url("fail")).status_code == 403


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    inspector = client_of(world.actor(Role.INSPECTOR))
    finding = upheld(world, reported(world))
    award = finding.visit.award

    def count() -> list[int]:
        found = []
        for url in ("/orders/", "/", finding.get_absolute_url(), finding.visit.get_absolute_url()):
            inspector.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert inspector.get(url).status_code == 200
            found.append(len(captured))
        return found

    for _ in range(3):
        way.issued(world, award, findings=[finding])
    three = count()
    for _ in range(5):
        way.issued(world, award, findings=[finding])
    assert count() == three
