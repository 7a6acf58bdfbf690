"""立入検査 (要領5(1)-2, 5(1)-3, 適正化法23条): planned, noticed, written down by its team, reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.awards.api import Award
from grants.desk.api import declare_conflict
from grants.filings.api import Filing, against_handling
from inspections.visits.api import Visit, plan_visit, save_record
from inspections.visits.rules import Record, grounds, item_reasons, record_reasons
from portal.access.api import Role
from portal.accounts.api import Membership, Organisation, User, actor_for, grant_role
from portal.audit.api import Event, verify
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.world import World, client_of

DAY = timedelta(days=1)
TODAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("kind", "article", "expected"),
    [
        ("", "", ["適正化法23条1項、要領5(1)"]),
        ("contract", "16条", ["適正化法23条1項、要領5(1)", "要領5(1)、委託契約16条"]),
        ("subsidy", "", ["適正化法23条1項、要領5(1)", "適正化法23条1項、要領5(1)"]),
    ],
    ids=["適正化法23条1項-補助事業者等", "要領5(1)-受託者", "適正化法23条1項-間接補助事業者等"],
)
def test_on_what_a_visit_rests(kind: str, article: str, expected: list[str]) -> None:
    found = grounds("長野県", contractor="みらい", contract_kind=kind, contract_article=article)
    assert [one.basis for one in found] == expected


WHOLE = {
    "kind": "on_site",
    "held_on": TODAY,
    "hours": "10時から12時まで",
    "cards_shown": "10時02分　見本 太郎",
    "present": "見本 太郎",
    "examined": 1,
    "open_items": 0,
    "questions": 0,
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"held_on": None}, "行った日を入力"),
        ({"held_on": TODAY + DAY}, "今日より後"),
        ({"hours": ""}, "時間を入力"),
        ({"cards_shown": ""}, "証票"),
        ({"kind": "unannounced", "cards_shown": ""}, "証票"),
        ({"kind": "papers", "cards_shown": "", "present": ""}, ""),
        ({"present": ""}, "立ち会った人"),
        ({"examined": 0}, "1つ以上"),
        ({"examined": 0, "questions": 1}, ""),
        ({"examined": 3, "open_items": 2}, "2件に"),
    ],
    ids=[
        "要領5(1)-2-whole",
        "要領5(1)-2-no-day",
        "要領5(1)-2-to-come",
        "要領5(1)-2-no-hours",
        "適正化法23条2項-card",
        "適正化法23条2項-unannounced",
        "適正化法23条2項-papers-alone",
        "要領5(1)-2-nobody-there",
        "要領5(1)-2-nothing-examined",
        "要領5(1)-3-questions-alone",
        "要領5(1)-2-not-looked-at",
    ],
)
def test_what_a_record_needs(changed: dict[str, Any], said: str) -> None:
    found = list(record_reasons(Record(**{**WHOLE, **changed}), TODAY))
    assert len(found) == bool(said)
    assert not said or said in found[0]


@pytest.mark.parametrize(
    ("result", "papers", "is_refused"),
    [
        ("in_order", ("there", "not_needed"), False),
        ("in_order", ("there", "missing"), True),
        ("found", ("there", "missing"), False),
    ],
)
def test_an_item_without_its_paper_is_not_in_order(
    result: str, papers: tuple[str, ...], is_refused: bool
) -> None:
    assert bool(list(item_reasons(result, papers))) == is_refused


ITEM = {
    "what": "会場使用料 7月分",
    "amount": 52_000,
    "contract_paper": "there",
    "acceptance_paper": "missing",
    "invoice_paper": "there",
    "payment_paper": "there",
    "result": "found",
}
ASKED = {
    "asked_by": "石井 拓也",
    "question": "検収はだれが行ったか。",
    "answered_by": "地域福祉課 担当",
    "answer": "記録を作っていなかった。",
}


def award_of(world: World, body: Organisation | None = None) -> Award:
    filing = world.filing("decided", body)
    found = Award.objects.select_related("grantee").get(decision__filing=filing)
    assert isinstance(found, Award)
    return found


def plan(world: World, award: Award | None = None, **changed: Any) -> Visit:
    inspector = world.actor(Role.INSPECTOR)
    assert inspector.user_id is not None
    values = {
        "award": award or award_of(world),
        "contract": None,
        "contract_article": "",
        "kind": "on_site",
        "planned_on": timezone.localdate(),
        "place": "長野県庁",
        "scope": "支出の証拠書類",
        **changed,
    }
    return plan_visit(actor=inspector, values=values, team=[(inspector.user_id, "第214号")])


def notify(world: World, visit: Visit) -> Visit:
    decider = world.actor(Role.DECIDER)
    return _of(perform(Visit, visit.pk, "notify", decider, data=world.numbered()).subject)


def write_down(
    world: World,
    visit: Visit,
    count: int = 1,
    items: list[dict[str, Any]] | None = None,
    **changed: Any,
) -> Visit:
    today = timezone.localdate()
    save_record(
        actor=world.actor(Role.INSPECTOR),
        visit=visit,
        seen_version=Visit.objects.get(pk=visit.pk).version,
        values={
            "held_on": today,
            "hours": "10時から12時まで",
            "cards_shown": "10時02分　見本 太郎",
            "present": "見本 太郎",
            "sampling": "金額の大きい順",
            "debriefed_on": today,
            "summary": "検収の記録がないものがあった。",
            **changed,
        },
        items=items or [ITEM] * count,
        questions=[ASKED] * count,
        upload=SimpleUploadedFile("帳簿.csv", "番号,金額\n1,100\n".encode()),
    )
    return _of(Visit.objects.get(pk=visit.pk))


def hold(world: World, visit: Visit) -> Visit:
    return _of(perform(Visit, visit.pk, "hold", world.actor(Role.INSPECTOR)).subject)


def report(world: World, visit: Visit) -> Visit:
    decider = world.actor(Role.DECIDER)
    return _of(perform(Visit, visit.pk, "report", decider, data=world.numbered()).subject)


def reported(world: World, award: Award | None = None, count: int = 1) -> Visit:
    return report(world, hold(world, write_down(world, notify(world, plan(world, award)), count)))


def _of(found: Any) -> Visit:
    assert isinstance(found, Visit)
    return found


def another_inspector(world: World) -> Actor:
    user = User.objects.create_user("second.inspector@cao.example", None, name="大野 千尋")
    return actor_for(grant_role(user=user, organisation=world.office, role=Role.INSPECTOR))


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def plan_form(world: World, award: Award, **changed: Any) -> dict[str, Any]:
    inspector = world.actor(Role.INSPECTOR)
    seat = Membership.objects.get(user_id=inspector.user_id, role=Role.INSPECTOR)
    return {
        "award": str(award.pk),
        "kind": "on_site",
        "planned_on": timezone.localdate().isoformat(),
        "place": "長野県庁",
        "scope": "支出の証拠書類",
        "team-TOTAL_FORMS": "1",
        "team-INITIAL_FORMS": "0",
        "team-0-membership": str(seat.pk),
        "team-0-card_number": "第214号",
        **changed,
    }


def record_form(visit: Visit, **changed: Any) -> dict[str, Any]:
    return {
        "form_version": visit.version,
        "held_on": timezone.localdate().isoformat(),
        "hours": "10時から12時まで",
        "cards_shown": "10時02分　見本 太郎",
        "present": "見本 太郎",
        "summary": "検収の記録がないものがあった。",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        **{f"items-0-{name}": str(value) for name, value in ITEM.items()},
        "questions-TOTAL_FORMS": "1",
        "questions-INITIAL_FORMS": "0",
        **{f"questions-0-{name}": value for name, value in ASKED.items()},
        **changed,
    }


@pytest.mark.django_db
class TestTheWay:
    def test_from_plan_to_closed_in_the_browser(self, world: World) -> None:
        award = award_of(world)
        inspector = client_of(world.actor(Role.INSPECTOR))
        decider = client_of(world.actor(Role.DECIDER))
        drafter = client_of(world.actor(Role.DRAFTER))
        assert inspector.post("/visits/plan/", plan_form(world, award)).status_code == 302
        visit = Visit.objects.get()
        url = visit.get_absolute_url()
        assert drafter.get(url).status_code == 404, "a plan is the office's"

        form = {"document_number": "府孤推第178号", "confirmed": "on"}
        form |= dict.fromkeys(("decided_on", "issued_on"), timezone.localdate().isoformat())
        assert decider.post(visit.transition_url("notify"), form).status_code == 302
        seen = page(drafter, url)
        assert "第214号" in seen
        assert "適正化法23条1項、要領5(1)" in seen

        visit.refresh_from_db()
        saved = inspector.post(f"/visits/{visit.pk}/record/", record_form(visit))
        assert saved.status_code == 302
        assert "会場使用料" in page(inspector, url)
        assert "会場使用料" not in page(drafter, url)
        assert inspector.post(visit.transition_url("hold")).status_code == 302
        for hidden in ("会場使用料", "記録を作っていなかった", "検収の記録がない"):
            assert hidden not in page(drafter, url)

        form["document_number"] = "府孤推第195号"
        assert decider.post(visit.transition_url("report"), form).status_code == 302
        seen = page(drafter, url)
        for known in ("会場使用料", "記録を作っていなかった", "検収の記録がない", "10時02分"):
            assert known in seen
        assert inspector.post(visit.transition_url("close")).status_code == 302
        drain()
        papers = Document.objects.filter(kind__startswith="visit_")
        assert {paper.kind for paper in papers if paper.is_ready} == {
            "visit_notice",
            "visit_result",
        }
        told = Notice.objects.filter(title__contains="実地検査")
        assert {notice.organisation for notice in told} == {world.nagano}
        article = Event.objects.get(verb="visits.visit.notify").article
        assert article == "適正化法23条1項、要領5(1)"
        assert verify() == []

    def test_an_unannounced_one_has_no_notice(self, world: World) -> None:
        visit = plan(world, kind="unannounced")
        with pytest.raises(Refused, match="前もって通知しません"):
            notify(world, visit)
        drafter = client_of(world.actor(Role.DRAFTER))
        write_down(world, visit)
        assert drafter.get(visit.get_absolute_url()).status_code == 404
        hold(world, visit)
        seen = page(drafter, visit.get_absolute_url())
        assert "抜打検査" in seen
        assert "会場使用料" not in seen

    def test_an_announced_one_is_not_held_without_its_notice(self, world: World) -> None:
        visit = write_down(world, plan(world))
        with pytest.raises(Refused, match="通知していません"):
            hold(world, visit)

    def test_the_record_is_whole_when_it_is_ended(self, world: World) -> None:
        visit = write_down(world, notify(world, plan(world)), cards_shown="")
        with pytest.raises(Refused, match="適正化法23条2項"):
            hold(world, visit)

    def test_what_was_issued_stays_as_it_was(self, world: World) -> None:
        visit = reported(world)
        with pytest.raises(Refused, match="変えられません"):
            write_down(world, visit)
        inspector = client_of(world.actor(Role.INSPECTOR))
        assert inspector.get(f"/visits/{visit.pk}/record/").status_code == 409
        assert inspector.get(f"/visits/{visit.pk}/edit/").status_code == 409

    def test_a_plan_is_changed_before_its_notice(self, world: World) -> None:
        visit = plan(world)
        form = plan_form(world, visit.award, place="松本合同庁舎", form_version=visit.version)
        inspector = client_of(world.actor(Role.INSPECTOR))
        assert "長野県庁" in page(inspector, f"/visits/{visit.pk}/edit/")
        assert inspector.post(f"/visits/{visit.pk}/edit/", form).status_code == 302
        assert "松本合同庁舎" in page(inspector, visit.get_absolute_url())
        assert inspector.post(f"/visits/{visit.pk}/edit/", form).status_code == 409, "seen earlier"


@pytest.mark.django_db
class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"planned_on": "2020-01-01"}, "今日以後の日付"),
            ({"place": ""}, "場所"),
            ({"team-0-card_number": ""}, "証票番号"),
            ({"team-0-card_number": "", "team-0-membership": ""}, "1行以上"),
        ],
        ids=["past", "no-place", "適正化法23条2項-card", "nobody"],
    )
    def test_a_plan(self, world: World, changed: dict[str, Any], said: str) -> None:
        inspector = client_of(world.actor(Role.INSPECTOR))
        answered = inspector.post("/visits/plan/", plan_form(world, award_of(world), **changed))
        assert answered.status_code == 422
        assert said in answered.content.decode()
        assert not Visit.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"items-0-result": "in_order"}, "「無」のもの"),
            ({"items-0-amount": "五万"}, "金額"),
            ({"questions-0-answered_by": ""}, "答えた人"),
            ({"debriefed_on": "2020-01-01"}, "検査日以後"),
        ],
        ids=["missing-paper", "amount", "要領5(1)-3-who-answered", "debriefed-before"],
    )
    def test_a_record(self, world: World, changed: dict[str, Any], said: str) -> None:
        visit = notify(world, plan(world))
        inspector = client_of(world.actor(Role.INSPECTOR))
        answered = inspector.post(f"/visits/{visit.pk}/record/", record_form(visit, **changed))
        assert answered.status_code == 422
        assert said in answered.content.decode()
        assert "10時02分" in answered.content.decode(), "what was typed is kept"

    def test_a_row_is_added_without_saving(self, world: World) -> None:
        visit = notify(world, plan(world))
        inspector = client_of(world.actor(Role.INSPECTOR))
        form = record_form(visit, add_row="items")
        answered = inspector.post(f"/visits/{visit.pk}/record/", form)
        assert answered.status_code == 200
        assert 'name="items-1-what"' in answered.content.decode()
        assert not visit.items.exists()

    def test_a_record_saved_again_unchanged_stays(self, world: World) -> None:
        visit = notify(world, plan(world))
        inspector = client_of(world.actor(Role.INSPECTOR))
        for _ in range(2):
            visit.refresh_from_db()
            counts = {f"{one}-INITIAL_FORMS": "1" for one in ("items", "questions")}
            url, form = f"/visits/{visit.pk}/record/", record_form(visit, **counts)
            assert inspector.post(url, form).status_code == 302
        assert (visit.items.get().what, visit.questions.count()) == (ITEM["what"], 1)

    def test_who_saves_second_is_told(self, world: World) -> None:
        visit = notify(world, plan(world))
        write_down(world, visit)
        with pytest.raises(Stale):
            save_record(
                actor=world.actor(Role.INSPECTOR),
                visit=visit,
                seen_version=visit.version,
                values={},
                items=[],
                questions=[],
            )
        assert visit.items.count() == 1


@pytest.mark.django_db
class TestWho:
    def test_all_inspectors_read_and_the_team_writes(self, world: World) -> None:
        visit = write_down(world, notify(world, plan(world)))
        other = another_inspector(world)
        stranger = client_of(other)
        assert "会場使用料" in page(stranger, visit.get_absolute_url())
        assert stranger.get(f"/visits/{visit.pk}/record/").status_code == 403
        assert stranger.post(visit.transition_url("hold")).status_code in (403, 409)
        with pytest.raises(Refused, match="検査職員ではありません"):
            perform(Visit, visit.pk, "hold", other)

    def test_near_miss_strangers(self, world: World) -> None:
        visit = reported(world)
        neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
        for url in (
            visit.get_absolute_url(),
            f"/visits/{visit.pk}/record/",
            visit.transition_url("report"),
        ):
            assert neighbour.get(url).status_code == 404
        assert "長野県" not in page(neighbour, "/visits/")
        for paper in Document.objects.filter(case_id=visit.pk):
            assert neighbour.get(paper.get_absolute_url()).status_code == 404

    def test_files_open_to_the_body_with_the_results(self, world: World) -> None:
        visit = hold(world, write_down(world, notify(world, plan(world))))
        paper = Document.objects.get(kind="visit:record")
        drafter = client_of(world.actor(Role.DRAFTER))
        auditor = client_of(world.actor(Role.AUDITOR))
        assert drafter.get(paper.get_absolute_url()).status_code == 404
        assert auditor.get(paper.get_absolute_url()).status_code == 200
        report(world, visit)
        assert drafter.get(paper.get_absolute_url()).status_code == 200

    def test_who_inspected_does_not_issue_the_results(self, world: World) -> None:
        visit = hold(world, write_down(world, notify(world, plan(world))))
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.DECIDER)
        with pytest.raises(Refused, match="検査職員として加わった"):
            perform(Visit, visit.pk, "report", hat, data=world.numbered())

    def test_who_inspected_does_not_examine_the_report(self, world: World) -> None:
        visit = plan(world)
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.REVIEWER)
        filing = Filing(kind="performance", programme=world.programme, grantee=visit.award.grantee)
        assert any("立入検査に加わっています" in one for one in against_handling(filing, hat))
        assert not list(against_handling(filing, world.actor(Role.REVIEWER)))
        filing.grantee = world.gifu
        assert not list(against_handling(filing, hat)), "another body's"

    def test_who_inspected_does_not_fix_the_amount(self, world: World) -> None:
        """適正化法15条, 23条: the decider is asked the same as the examiner."""
        award = plan(world).award
        filing = closing.examine(world, world.submit(closing.write_report(world, award)))
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.DECIDER)
        with pytest.raises(Refused, match="立入検査に加わっています"):
            world.act(filing, "finalise", hat, **world.numbered(), confirmed=True)

    def test_a_conflict_keeps_from_the_team(self, world: World) -> None:
        inspector = world.actor(Role.INSPECTOR)
        declare_conflict(actor=inspector, grantee=world.nagano, reason="前の勤め先")
        with pytest.raises(Refused, match="利害関係"):
            plan(world)

    def test_the_auditor_reads_and_changes_nothing(self, world: World) -> None:
        visit = hold(world, write_down(world, notify(world, plan(world))))
        auditor = client_of(world.actor(Role.AUDITOR))
        assert "会場使用料" in page(auditor, visit.get_absolute_url())
        assert auditor.post(visit.transition_url("report")).status_code == 403


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    inspector = client_of(world.actor(Role.INSPECTOR))

    def count(url: str) -> int:
        inspector.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert inspector.get(url).status_code == 200
        return len(captured)

    award = award_of(world)
    three = reported(world, award, 3)
    eight = reported(world, award, 8)
    assert count(three.get_absolute_url()) == count(eight.get_absolute_url())
    plan(world, award)
    few = count("/visits/")
    for _ in range(5):
        plan(world, award)
    assert count("/visits/") == few
