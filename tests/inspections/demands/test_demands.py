"""報告の徴求 (適正化法23条1項, 要領5(1)): issued by law, reported by each body for itself, chased."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from grants.desk.api import declare_conflict
from inspections.demands.api import (
    Demand,
    Report,
    save_report,
)
from inspections.demands.rules import extension_reasons, is_late, questions_in
from inspections.demands.services import edit_demand
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.identifiers import read_document_number
from portal.core.problems import Refused, Stale
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.inspections.demands.way import DAY, issue, page, report_of, reported, write, written
from tests.world import World, client_of

DUE = date(2026, 4, 10)


@pytest.mark.parametrize(
    ("state", "answered_on", "today", "expected"),
    [
        ("requested", None, DUE, False),
        ("requested", None, DUE + DAY, True),
        ("asked_again", DUE - DAY, DUE + DAY, True),
        ("answered", DUE, DUE + DAY, False),
        ("answered", DUE + DAY, DUE + DAY, True),
        ("accepted", DUE + DAY, DUE + 9 * DAY, True),
    ],
)
def test_late_is_a_question(
    state: str, answered_on: date | None, today: date, expected: bool
) -> None:
    assert is_late(state, DUE, answered_on, today) == expected


@pytest.mark.parametrize(
    ("wanted", "today", "is_refused"),
    [
        (DUE + DAY, DUE, False),
        (DUE, DUE, True),
        (DUE - DAY, DUE - 9 * DAY, True),
        (DUE + DAY, DUE + DAY, False),
        (DUE + DAY, DUE + 2 * DAY, True),
    ],
)
def test_more_time_is_later_and_still_to_come(wanted: date, today: date, is_refused: bool) -> None:
    assert bool(list(extension_reasons(wanted, due_on=DUE, today=today))) == is_refused


def test_a_line_is_a_question() -> None:
    assert questions_in(" 一つ目 \n\n二つ目\r\n") == ("一つ目", "二つ目")


@pytest.mark.django_db
class TestTheDemand:
    def test_written_by_an_inspector_in_the_browser(self, world: World) -> None:
        client = client_of(world.actor(Role.INSPECTOR))
        form = {
            "programme": str(world.programme.pk),
            "title": "委託費の執行",
            "basis": "law",
            "reason": "執行の状況を確かめるため。",
            "questions": "契約の相手方と金額\n\n検査の方法",
            "due_on": (timezone.localdate() + 14 * DAY).isoformat(),
            "grantees": [str(world.nagano.pk)],
        }
        answered = client.post("/demands/write/", form)
        assert answered.status_code == 302
        demand = Demand.objects.get()
        assert [str(q) for q in demand.questions.all()] == [
            "（1）契約の相手方と金額",
            "（2）検査の方法",
        ]
        assert not Report.objects.exists(), "a draft asks nobody"

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"due_on": "2020-01-01"}, "明日以後の日付"),
            ({"questions": "\n \n"}, "入力してください"),
            ({"questions": "あ" * 501}, "1行目が長すぎます"),
            ({"questions": "問\n" * 31}, "30まで"),
            ({"grantees": []}, "1つ以上選んで"),
        ],
        ids=["past", "no-question", "long", "many", "nobody"],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, world: World, changed: dict[str, Any], said: str
    ) -> None:
        client = client_of(world.actor(Role.INSPECTOR))
        form = {
            "programme": str(world.programme.pk),
            "title": "委託費の執行",
            "basis": "law",
            "reason": "執行の状況を確かめるため。",
            "questions": "契約の相手方",
            "due_on": (timezone.localdate() + 14 * DAY).isoformat(),
            "grantees": [str(world.nagano.pk)],
            **changed,
        }
        answered = client.post("/demands/write/", form)
        assert answered.status_code == 422
        assert said in answered.content.decode()

    def test_issued_by_somebody_else_with_a_notice_for_each(self, world: World) -> None:
        """23条1項: the paper says what is asked, on what ground and by when."""
        demand = issue(world)
        drain()
        papers = Document.objects.filter(kind="notice_of_demand")
        assert papers.count() == 3
        assert all(paper.is_ready for paper in papers)
        event = Event.objects.get(verb="demands.demand.issue")
        assert event.article.startswith("要領5(1)")
        assert event.data["said"]["根拠"] == "適正化法23条1項及び要領5(1)"
        told = Notice.objects.filter(title__contains="報告の徴求")
        assert {notice.organisation for notice in told} == {
            world.nagano,
            world.gifu,
            world.tottori,
        }
        assert demand.document_number == "府孤推第178号"
        assert verify() == []

    def test_not_by_whoever_wrote_it(self, world: World) -> None:
        demand = write(world)
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.DECIDER)
        today = timezone.localdate()
        data = {
            "document_number": read_document_number("府孤推第9号").value,
            "decided_on": today,
            "issued_on": today,
        }
        with pytest.raises(Refused, match="直した人は、施行できません"):
            perform(Demand, demand.pk, "issue", hat, data=data)

    def test_not_by_whoever_changed_it(self, world: World) -> None:
        """Another inspector, who decides too, rewrote the draft: it is theirs as well."""
        demand = write(world)
        colleague = world.cast.add(
            world.office, Role.INSPECTOR, "大野 千尋", "inspector2@cao.example", signs_in=False
        )
        edit_demand(
            actor=colleague,
            demand=demand,
            programme=world.programme,
            seen_version=demand.version,
            values={
                "title": "委託費の執行",
                "basis": "law",
                "reason": "確かめるため。",
                "due_on": demand.due_on,
            },
            questions=["別の事項"],
            grantees=[world.nagano],
        )
        hat = world.wearing(colleague, world.office, Role.DECIDER)
        with pytest.raises(Refused, match="直した人は、施行できません"):
            perform(Demand, demand.pk, "issue", hat, data={})

    def test_a_day_that_went_by_meanwhile_is_not_issued(self, world: World) -> None:
        demand = write(world)
        Demand.objects.filter(pk=demand.pk).update(due_on=timezone.localdate() - DAY)
        with pytest.raises(Refused, match="期限が過ぎています"):
            perform(Demand, demand.pk, "issue", world.actor(Role.DECIDER), data={})

    def test_what_was_issued_stays_as_it_was(self, world: World) -> None:
        demand = issue(world)
        url = f"/demands/{demand.pk}/edit/"
        assert client_of(world.actor(Role.INSPECTOR)).get(url).status_code == 409

    def test_closed_takes_no_more_reports(self, world: World) -> None:
        demand = issue(world)
        report = reported(world, demand, world.nagano)
        inspector = world.actor(Role.INSPECTOR)
        with pytest.raises(Refused, match="確認していないものが1件"):
            perform(Demand, demand.pk, "close", inspector)
        perform(Report, report.pk, "accept", inspector)
        perform(Demand, demand.pk, "close", inspector)
        with pytest.raises(Refused, match="終わっています"):
            written(world, demand, world.gifu)


@pytest.mark.django_db
class TestTheReport:
    def test_written_sent_asked_again_and_accepted(self, world: World) -> None:
        demand = issue(world)
        drafter = client_of(world.actor(Role.DRAFTER))
        report = report_of(demand, world.nagano)
        paper = SimpleUploadedFile("契約一覧.csv", "番号,金額\n1,100\n".encode())
        saved = drafter.post(
            f"/demands/reports/{report.pk}/edit/",
            {
                "form_version": report.version,
                "answer-1": "3件、計1,200万円",
                "answer-2": "検査調書による",
                "file": paper,
            },
        )
        assert saved.status_code == 302
        inspector = client_of(world.actor(Role.INSPECTOR))
        url = report.get_absolute_url()
        assert "検査調書による" in page(drafter, url)
        assert "検査調書による" not in page(inspector, url), "not before it is reported"
        assert "契約一覧" not in page(inspector, url)
        assert drafter.get(report.transition_url("answer")).status_code == 403, "決裁者 reports"

        approver = client_of(world.actor(Role.APPROVER))
        assert approver.post(report.transition_url("answer")).status_code == 302
        seen = page(inspector, demand.get_absolute_url())
        assert "検査調書による" in seen
        assert "契約一覧" in seen

        due = (timezone.localdate() + 5 * DAY).isoformat()
        again = {"reason": "2件目の金額が契約書と違います。", "due_on": due}
        assert inspector.post(report.transition_url("ask_again"), again).status_code == 302
        assert "2件目の金額" in page(drafter, url)
        assert report_of(demand, world.nagano).due_on.isoformat() == due
        written(world, demand, world.nagano, "3件、計1,180万円", "検査調書による")
        between = page(inspector, demand.get_absolute_url()) + page(inspector, url)
        assert "1,180万円" not in between, "not before it is reported again"
        assert "1,200万円" in between, "the first reporting stays"
        assert approver.post(report.transition_url("answer")).status_code == 302
        assert inspector.post(report.transition_url("accept")).status_code == 302
        done = report_of(demand, world.nagano)
        assert done.state == "accepted"
        first, second = done.sealed.all()
        assert first.texts[0] == "3件、計1,200万円"
        assert second.texts[0] == "3件、計1,180万円"
        with pytest.raises(DatabaseError), transaction.atomic():
            done.sealed.update(payload="{}")
        assert verify() == []

    def test_every_question_has_its_word(self, world: World) -> None:
        demand = issue(world)
        report = written(world, demand, world.nagano, "3件", " ")
        with pytest.raises(Refused, match="（2）の報告が空です"):
            perform(Report, report.pk, "answer", world.actor(Role.APPROVER))

    def test_who_saves_second_is_told(self, world: World) -> None:
        demand = issue(world)
        report = report_of(demand, world.nagano)
        written(world, demand, world.nagano)
        with pytest.raises(Stale):
            save_report(
                actor=world.actor(Role.DRAFTER),
                report=report,
                seen_version=report.version,
                texts={1: "別の人の報告"},
                upload=None,
            )
        kept = report.answers.order_by("question__number").values_list("text", flat=True)
        assert list(kept) == ["3件、計1,200万円", "検査調書による"]

    def test_an_unreadable_file_is_said_at_its_field(self, world: World) -> None:
        demand = issue(world)
        report = report_of(demand, world.nagano)
        drafter = client_of(world.actor(Role.DRAFTER))
        answered = drafter.post(
            f"/demands/reports/{report.pk}/edit/",
            {
                "form_version": report.version,
                "answer-1": "書いたもの",
                "file": SimpleUploadedFile("報告.pdf", b"MZ not a pdf"),
            },
        )
        assert answered.status_code == 422
        assert "書いたもの" in answered.content.decode(), "what was typed is kept"
        assert not report.answers.exists()

    def test_a_paper_is_taken_away_until_it_was_reported(self, world: World) -> None:
        demand = issue(world)
        drafter = client_of(world.actor(Role.DRAFTER))
        report = written(world, demand, world.nagano)
        edit = f"/demands/reports/{report.pk}/edit/"

        def attach(name: str) -> Document:
            typed = {
                "form_version": report_of(demand, world.nagano).version,
                "answer-1": "3件",
                "answer-2": "検査調書",
                "file": SimpleUploadedFile(name, f"番号\n{name}\n".encode()),
            }
            assert drafter.post(edit, typed).status_code == 302
            return Document.objects.get(title=name)

        wrong, right = attach("別の県.csv"), attach("契約一覧.csv")
        assert drafter.post(edit, {"remove": str(wrong.pk)}).status_code == 302
        perform(Report, report.pk, "answer", world.actor(Role.APPROVER))
        inspector = world.actor(Role.INSPECTOR)
        again = {"reason": "金額が合いません。", "due_on": timezone.localdate() + 9 * DAY}
        perform(Report, report.pk, "ask_again", inspector, data=again)
        assert drafter.post(edit, {"remove": str(right.pk)}).status_code == 409
        titles = Document.objects.filter(kind="demand:answer").values_list("title", flat=True)
        assert list(titles) == ["契約一覧.csv"]

    def test_a_conflict_keeps_from_judging_it(self, world: World) -> None:
        demand = issue(world)
        report = reported(world, demand, world.nagano)
        inspector = world.actor(Role.INSPECTOR)
        declare_conflict(actor=inspector, grantee=world.nagano, reason="前の勤め先")
        with pytest.raises(Refused, match="利害関係"):
            perform(Report, report.pk, "accept", inspector)
