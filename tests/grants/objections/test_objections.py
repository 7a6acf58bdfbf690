"""不服の申出 (適正化法25条, 施行令15条): written, filed, mended, heard, answered, taken to the Cabinet."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.awards.api import Award, Decision
from grants.objections.acts import act_kinds, find_act
from grants.objections.api import Objection, save_objection
from grants.objections.models import ObjectionPaper
from grants.refunds.api import RefundOrder
from grants.revocations.api import revoke
from inspections.orders.api import Order
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused, Stale
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.objections import way
from tests.grants.objections.way import DAY
from tests.inspections.orders import way as orders
from tests.world import World, client_of


def page(client: Any, url: str) -> str:
    answered = client.get(url)
    assert answered.status_code == 200, url
    text: str = answered.content.decode()
    return text


def number_form(number: str, **more: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {"document_number": number, "decided_on": today, "issued_on": today, **more}


def acts_of(world: World) -> dict[str, Any]:
    """One act of each kind, all of one award but the refusal."""
    award = closing.award_of(world)
    refused = world.filing("declined", world.gifu)
    closing.pay(world, award)
    _, settlement = closing.settled(world, award, share=80)
    refund = closing.order_overpaid(world, award)
    numbered = world.numbered()
    revocation = revoke(
        actor=world.actor(Role.DECIDER),
        award=Award.objects.get(pk=award.pk),
        ground="revoked_body",
        after=int(settlement.amount) - 1_000,
        provision="交付の条件5",
        reason="重複して国庫補助を受けたため。",
        number=numbered["document_number"],
        decided_on=numbered["decided_on"],
        issued_on=numbered["issued_on"],
    )
    return {
        "decision": award.decision,
        "refusal": Decision.objects.get(filing=refused),
        "settlement": settlement,
        "refund": refund,
        "revocation": revocation,
    }


@pytest.mark.django_db
class TestTheActs:
    def test_every_act_says_how_long_one_may_object(self, world: World) -> None:
        acts = acts_of(world)
        assert {"decision", "settlement", "refund", "revocation", "order"} == set(act_kinds())
        for name, row in acts.items():
            kind = "decision" if name == "refusal" else name
            act = way.act_of(world, kind, row.pk)
            assert act.arrived_on == timezone.localdate()
            assert act.decided_by == world.actor(Role.DECIDER).user_id
            drafter = client_of(world.actor(Role.DRAFTER, act.grantee))
            assert act.objection_url in page(drafter, act.url), name
            assert "申出の期限" in page(drafter, act.objection_url)
            reviewer = client_of(world.actor(Role.REVIEWER))
            assert act.objection_url not in page(reviewer, act.url), "the body objects"

    def test_an_order_by_law_is_one_and_one_by_guideline_is_none(self, world: World) -> None:
        award = closing.award_of(world)
        by_law = orders.issued(world, award, basis="perform")
        by_guideline = orders.issued(world, award)
        act = way.act_of(world, "order", by_law.pk)
        assert act.arrived_on == timezone.localdate()
        assert act.decided_by == world.actor(Role.DECIDER).user_id
        drafter = client_of(world.actor(Role.DRAFTER))
        assert act.objection_url in page(drafter, by_law.get_absolute_url())
        reviewer = world.actor(Role.REVIEWER)
        assert find_act("order", by_guideline.pk, reviewer) is None
        assert find_act("order", orders.drafted(world, award).pk, reviewer) is None
        assert "不服の申出" not in page(drafter, by_guideline.get_absolute_url()).split("<main")[1]
        assert Order.objects.get(pk=by_law.pk).appeal_until is not None

    def test_what_is_nobodys_act_is_not_there(self, world: World) -> None:
        award = closing.award_of(world)
        drafter = client_of(world.actor(Role.DRAFTER))
        for kind, pk in (("nothing", award.decision_id), ("refund", award.decision_id)):
            assert drafter.get(f"/objections/acts/{kind}/{pk}/").status_code == 404


@pytest.mark.django_db
class TestTheWay:
    def test_from_the_act_to_the_filed_objection_in_the_browser(self, world: World) -> None:
        award = closing.award_of(world)
        act = way.act_of(world, "decision", award.decision_id)
        drafter, approver = (client_of(world.actor(role)) for role in (Role.DRAFTER, Role.APPROVER))
        reviewer = client_of(world.actor(Role.REVIEWER))
        write = f"{act.objection_url}write/"
        assert write in page(drafter, act.objection_url)
        assert "書き始めるのは、起案者です" in page(approver, act.objection_url)
        assert approver.get(write).status_code == 403
        assert "期限までに申し出られなかった" not in page(drafter, write)
        upload = {"content": "府孤推第1号による交付の決定", "reasons": ""}
        assert drafter.post(write, upload).status_code == 302, "half written is kept"
        objection = Objection.objects.get()
        url = objection.get_absolute_url()
        assert reviewer.get(url).status_code == 404, "a draft is the body's"
        assert approver.post(objection.transition_url("file")).status_code == 409, "no reasons"

        written = {**upload, "reasons": "減額の理由が示されていない。", "form_version": 1}
        assert drafter.post(f"/objections/{objection.pk}/edit/", written).status_code == 302
        assert drafter.post(objection.transition_url("file")).status_code == 403
        assert approver.post(objection.transition_url("file")).status_code == 302
        drain()
        for client in (drafter, reviewer):
            assert "減額の理由が示されていない。" in page(client, url)
            assert "申出済み" in page(client, act.url), "the act's page shows that it is open"
            assert objection.act_name in page(client, "/")
            assert objection.act_number in page(client, "/objections/")
        assert "不服申出書（" in page(reviewer, url)
        event = Event.objects.get(verb="objections.objection.file")
        assert event.article == "適正化法25条1項、施行令15条"
        assert event.case_id == award.case_id

    def test_from_the_filing_to_the_cabinet_in_the_browser(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.filed(world, way.act_of(world, "decision", award.decision_id))
        url, today = objection.get_absolute_url(), timezone.localdate().isoformat()
        reviewer = client_of(world.actor(Role.REVIEWER))
        approver = client_of(world.actor(Role.APPROVER))
        decider = client_of(way.other_decider(world))

        def post(client: Any, name: str, **data: str) -> int:
            answered: int = client.post(objection.transition_url(name), data).status_code
            return answered

        assert post(reviewer, "receive") == 302
        assert post(reviewer, "invite", way="in_person", on=today) == 422, "where?"
        assert post(reviewer, "invite", way="in_person", on=today, where="内閣府 会議室") == 302
        assert "内閣府 会議室" in page(approver, url)
        assert post(approver, "state_opinion", opinion="書面で") == 409, "it is told in person"
        record = {"on": today, "opinion_by": "長野県 課長", "opinion": "印刷費は周知に要る。"}
        assert post(reviewer, "record_opinion", **record) == 302
        answer = number_form(
            "府孤推第701号",
            measure="change",
            taken="印刷費を対象に加える。",
            reason="周知に要ると認めるため。",
            confirmed="on",
        )
        assert post(decider, "answer", **{**answer, "reason": ""}) == 422
        assert post(decider, "answer", **answer) == 302
        drain()
        seen = page(approver, url)
        for said in ("処分を変更する", "印刷費を対象に加える。", "長野県 課長", "府孤推第701号"):
            assert said in seen
        cabinet = {"on": today, "number": "長孤第9号", "text": "なお不服がある。"}
        assert post(approver, "go_to_cabinet", **cabinet) == 302
        assert "長孤第9号" in page(decider, url)
        assert post(decider, "end_at_cabinet", reason="意見は採られなかった。") == 302
        objection.refresh_from_db()
        assert objection.state == "closed"
        assert objection.cabinet_number == "長孤第9号"
        articles = {
            event.verb.rpartition(".")[2]: event.article
            for event in Event.objects.filter(verb__startswith="objections.objection.")
        }
        assert articles["answer"] == "適正化法25条2項"
        assert articles["go_to_cabinet"] == "適正化法25条3項"
        drain()
        told = Notice.objects.filter(title__contains="不服の申出")
        assert {one.organisation for one in told} == {world.nagano, world.office}
        assert verify() == []

    def test_a_written_opinion_is_the_approvers(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.heard(
            world, way.filed(world, way.act_of(world, "decision", award.decision_id))
        )
        assert objection.opinion == "印刷費は周知に要る。"
        assert world.nagano.name in objection.opinion_by

    def test_what_is_missing_is_mended_and_the_first_arrival_counts(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.filed(world, way.act_of(world, "decision", award.decision_id))
        reviewer, approver = world.actor(Role.REVIEWER), world.actor(Role.APPROVER)
        due = timezone.localdate() + 50 * DAY
        way.moved(objection, "ask_mend", reviewer, reason="処分の内容を特定すること。", due_on=due)
        with time_machine.travel(timezone.now() + 45 * DAY):
            save_objection(
                actor=world.actor(Role.DRAFTER),
                objection=objection,
                seen_version=Objection.objects.get().version,
                values=way.values(content="決定のうち印刷費を除いた部分"),
            )
            objection = way.moved(objection, "mend", approver)
            assert not objection.is_late_on(timezone.localdate())
            assert way.moved(objection, "receive", reviewer).state == "admitted"
        assert ObjectionPaper.objects.filter(kind="filed").count() == 2

    def test_what_is_not_mended_in_time_is_dismissed(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.filed(world, way.act_of(world, "decision", award.decision_id))
        due = timezone.localdate() + DAY
        decider = way.other_decider(world)
        given = {**world.numbered(), "reason": "補正がないため。"}
        with pytest.raises(Refused, match="意見を述べる機会"):
            way.moved(objection, "dismiss", decider, **given)
        way.moved(objection, "ask_mend", world.actor(Role.REVIEWER), reason="理由", due_on=due)
        with pytest.raises(Refused, match="補正の期限が過ぎていません"):
            way.moved(objection, "dismiss", decider, **given)
        with time_machine.travel(timezone.now() + 3 * DAY):
            assert way.moved(objection, "dismiss", decider, **given).state == "dismissed"

    def test_withdrawn_it_may_be_filed_again(self, world: World) -> None:
        award = closing.award_of(world)
        act = way.act_of(world, "decision", award.decision_id)
        objection = way.filed(world, act)
        with pytest.raises(Refused, match="もうあります"):
            way.drafted(world, act)
        way.moved(objection, "withdraw", world.actor(Role.APPROVER), reason="説明を受けた。")
        again = way.drafted(world, act)
        assert again.pk != objection.pk
        again.id = objection.case_id
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


@pytest.mark.django_db
class TestLate:
    def test_it_needs_a_reason_and_a_decider_takes_it(self, world: World) -> None:
        award = closing.award_of(world)
        act = way.act_of(world, "decision", award.decision_id)
        decider = way.other_decider(world)
        with time_machine.travel(timezone.now() + 60 * DAY):
            drafter = client_of(world.actor(Role.DRAFTER))
            assert "申出の期限を過ぎています" in page(drafter, act.objection_url)
            assert "期限までに申し出られなかった" in page(drafter, f"{act.objection_url}write/")
            objection = way.drafted(world, act)
            approver = world.actor(Role.APPROVER)
            with pytest.raises(Refused, match="やむを得ない理由"):
                way.moved(objection, "file", approver)
            save_objection(
                actor=world.actor(Role.DRAFTER),
                objection=objection,
                seen_version=objection.version,
                values=way.values(late_reason="地震で庁舎が使えなかったため。"),
            )
            objection = way.moved(objection, "file", approver)
            with pytest.raises(Refused, match="決定権者が決めます"):
                way.moved(objection, "receive", world.actor(Role.REVIEWER))
            with pytest.raises(Refused, match="処分をした人"):
                way.moved(objection, "receive_late", world.actor(Role.DECIDER), reason="認める。")
            taken = way.moved(objection, "receive_late", decider, reason="地震による。")
            assert taken.state == "admitted"
            assert "地震による。" in page(drafter, taken.get_absolute_url())

    def test_or_does_not(self, world: World) -> None:
        award = closing.award_of(world)
        act = way.act_of(world, "decision", award.decision_id)
        decider = way.other_decider(world)
        with time_machine.travel(timezone.now() + 60 * DAY):
            objection = way.filed(world, act, late_reason="失念していた。")
            refused = way.moved(
                objection, "dismiss", decider, **world.numbered(), reason="やむを得なくはない。"
            )
            assert refused.state == "dismissed"
            drain()
        assert Document.objects.get(kind="notice_of_measure").is_ready

    def test_in_time_nobody_takes_it_as_late(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.filed(world, way.act_of(world, "decision", award.decision_id))
        with pytest.raises(Refused, match="期限内に届いた"):
            way.moved(objection, "receive_late", way.other_decider(world), reason="認める。")


@pytest.mark.django_db
class TestWho:
    def test_25_2_whose_act_it_was_does_not_decide(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.filed(world, way.act_of(world, "decision", award.decision_id))
        way.heard(world, objection)
        given = {**world.numbered(), "measure": "none", "taken": "変えない。", "reason": "適正。"}
        with pytest.raises(Refused, match="処分をした人"):
            way.moved(objection, "answer", world.actor(Role.DECIDER), **given)
        hat = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
        with pytest.raises(Refused, match="意見の記録をした人"):
            way.moved(objection, "answer", hat, **given)
        assert way.moved(objection, "answer", way.other_decider(world), **given).is_ended

    def test_who_wrote_it_does_not_file_it(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.drafted(world, way.act_of(world, "decision", award.decision_id))
        hat = world.wearing(world.actor(Role.DRAFTER), world.nagano, Role.APPROVER)
        with pytest.raises(Refused, match="申出を書いた人"):
            way.moved(objection, "file", hat)

    def test_near_miss_strangers(self, world: World) -> None:
        award = closing.award_of(world)
        act = way.act_of(world, "decision", award.decision_id)
        objection = way.filed(world, act)
        way.filed(
            world, way.act_of(world, "decision", closing.award_of(world, world.gifu).decision_id)
        )
        neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
        for url in (
            act.objection_url,
            f"{act.objection_url}write/",
            objection.get_absolute_url(),
            f"/objections/{objection.pk}/edit/",
            objection.transition_url("withdraw"),
        ):
            assert neighbour.get(url).status_code == 404, url
        assert objection.act_number not in page(neighbour, "/objections/")
        drain()
        paper = Document.objects.get(kind="objection_filed", subject_id=objection.papers.get().pk)
        assert neighbour.get(paper.get_absolute_url()).status_code == 404

    def test_who_saves_second_is_told(self, world: World) -> None:
        award = closing.award_of(world)
        objection = way.drafted(world, way.act_of(world, "decision", award.decision_id))
        given: dict[str, Any] = {
            "actor": world.actor(Role.DRAFTER),
            "objection": objection,
            "seen_version": objection.version,
            "values": way.values(),
        }
        save_objection(**given)
        with pytest.raises(Stale):
            save_objection(**given)


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    reviewer = client_of(world.actor(Role.REVIEWER))
    award = closing.award_of(world)
    closing.pay(world, award)
    closing.settled(world, award, share=80)
    act = way.act_of(world, "decision", award.decision_id)

    def count() -> list[int]:
        found = []
        for url in ("/objections/", "/", act.url, f"/settlements/awards/{award.pk}/"):
            reviewer.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert reviewer.get(url).status_code == 200, url
            found.append(len(captured))
        return found

    def again(times: int) -> None:
        for _ in range(times):
            made = way.filed(world, act)
            way.moved(made, "withdraw", world.actor(Role.APPROVER), reason="試し。")
        drain()

    again(3)
    three = count()
    again(5)
    assert count() == three
    assert not RefundOrder.objects.exists()
