"""照会: asked of some, answered by each for itself, read in one table."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from grants.desk.api import declare_conflict
from grants.inquiries.api import Inquiry, Reply, write_inquiry
from grants.inquiries.rules import is_late
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.audit.api import Event
from portal.core.dates import JST
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.world import World, client_of

DUE = datetime(2026, 4, 10, 17, tzinfo=JST)
SECOND = timedelta(seconds=1)
NOT_A_DEMAND = "適正化法23条や要領5(1)による報告の徴求でもありません。"


@pytest.mark.parametrize(
    ("state", "answered_at", "now", "expected"),
    [
        ("waiting", None, DUE, False),
        ("waiting", None, DUE + SECOND, True),
        ("sent_back", DUE - SECOND, DUE + SECOND, True),
        ("answered", DUE, DUE + SECOND, False),
        ("answered", DUE + SECOND, DUE + SECOND, True),
        ("accepted", DUE + SECOND, DUE + 9 * SECOND, True),
    ],
)
def test_late_is_a_question(
    state: str, answered_at: datetime | None, now: datetime, expected: bool
) -> None:
    assert is_late(state, DUE, answered_at, now) == expected


def ask(world: World, *bodies: Organisation, title: str = "相談窓口の数") -> Inquiry:
    reviewer = world.actor(Role.REVIEWER)
    inquiry = write_inquiry(
        actor=reviewer,
        title=title,
        text="今年度の窓口の数を教えてください。",
        due_at=timezone.now() + timedelta(hours=4),
        grantees=bodies or [world.nagano, world.gifu, world.tottori],
    )
    perform(Inquiry, inquiry.pk, "ask", reviewer)
    return Inquiry.objects.get(pk=inquiry.pk)


def reply_of(inquiry: Inquiry, body: Organisation) -> Reply:
    found = Reply.objects.select_related("inquiry", "grantee").get(inquiry=inquiry, grantee=body)
    assert isinstance(found, Reply)
    return found


def answer(world: World, inquiry: Inquiry, body: Organisation, text: str = "12か所です。") -> Reply:
    reply = reply_of(inquiry, body)
    perform(Reply, reply.pk, "answer", world.actor(Role.DRAFTER, body), data={"text": text})
    return reply_of(inquiry, body)


@pytest.mark.django_db
class TestTheWay:
    def test_a_draft_is_the_offices_own(self, world: World) -> None:
        client = client_of(world.actor(Role.REVIEWER))
        tomorrow = timezone.localdate() + timedelta(days=1)
        typed = {
            "title": "相談窓口の数",
            "text": "教えてください。",
            "due_on": tomorrow.isoformat(),
            "due_hour": "12",
            "grantees": [str(world.nagano.pk), str(world.gifu.pk)],
        }
        wrong = {**typed, "grantees": [], "due_on": "R1.5.1"}
        page = client.post("/inquiries/write/", wrong)
        assert page.status_code == 422
        assert "照会先を1つ以上選んでください。" in page.content.decode()
        assert "これから先の日時にしてください。" in page.content.decode()
        assert client.post("/inquiries/write/", typed).status_code == 302
        inquiry = Inquiry.objects.get()
        assert not Reply.objects.exists()
        assert timezone.localtime(inquiry.due_at).hour == 12
        assert NOT_A_DEMAND in client.get(inquiry.get_absolute_url()).content.decode()
        drafter = client_of(world.actor(Role.DRAFTER))
        assert drafter.get(inquiry.get_absolute_url()).status_code == 404
        assert "照会はまだありません" in drafter.get("/inquiries/").content.decode()
        everyone = {**typed, "grantees": [], "everyone": "on", "form_version": "1"}
        edit = f"/inquiries/{inquiry.pk}/edit/"
        assert client.post(edit, everyone).status_code == 302
        assert inquiry.grantees.count() == 47
        assert client.post(edit, everyone).status_code == 409, "somebody saved meanwhile"

    def test_asked_answered_with_a_file_sent_back_and_accepted(self, world: World) -> None:
        inquiry = ask(world)
        drain()
        assert Notice.objects.filter(title__contains="相談窓口の数").count() == 3
        reply = reply_of(inquiry, world.nagano)
        drafter = client_of(world.actor(Role.DRAFTER))
        home = drafter.get("/").content.decode()
        assert "回答を待っている照会 1件" in home
        page = drafter.get(reply.get_absolute_url()).content.decode()
        assert NOT_A_DEMAND in page
        assert "岐阜県" not in page, "who else was asked is not told"
        url = reply.transition_url("answer")
        assert drafter.post(url, {"text": ""}).status_code == 422
        bad = SimpleUploadedFile("一覧.pdf", b"not a pdf")
        assert drafter.post(url, {"text": "12か所", "file": bad}).status_code == 409
        good = SimpleUploadedFile("一覧.csv", "窓口,12\n".encode())
        assert drafter.post(url, {"text": "12か所です。", "file": good}).status_code == 302
        assert "回答を待っている照会" not in drafter.get("/").content.decode()
        office = client_of(world.actor(Role.REVIEWER))
        table = office.get(inquiry.get_absolute_url()).content.decode()
        assert "12か所です。" in table
        paper = Document.objects.get(kind="inquiry:answer")
        assert paper.get_absolute_url() in table
        assert office.get(paper.get_absolute_url()).status_code == 200
        gifu = client_of(world.actor(Role.DRAFTER, world.gifu))
        assert gifu.get(paper.get_absolute_url()).status_code == 404
        back = {"reason": "市町村ごとに分けてください。"}
        assert office.post(reply.transition_url("send_back"), back).status_code == 302
        assert "市町村ごとに分けて" in drafter.get(reply.get_absolute_url()).content.decode()
        drafter.post(url, {"text": "県4、市8です。"})
        assert office.post(reply.transition_url("accept"), {}).status_code == 302
        assert reply_of(inquiry, world.nagano).state == "accepted"
        assert drafter.post(url, {"text": "直します。"}).status_code == 409
        articles = set(
            Event.objects.filter(verb__startswith="inquiries.").values_list("article", flat=True)
        )
        assert articles == {"内部手続"}

    def test_closed_takes_no_more_answers(self, world: World) -> None:
        inquiry = ask(world)
        perform(Inquiry, inquiry.pk, "close", world.actor(Role.REVIEWER))
        with pytest.raises(Refused, match="終わっています"):
            answer(world, inquiry, world.nagano)

    def test_a_due_moment_that_went_by_is_not_asked(self, world: World) -> None:
        reviewer = world.actor(Role.REVIEWER)
        inquiry = write_inquiry(
            actor=reviewer,
            title="古い照会",
            text="…",
            due_at=timezone.now() - timedelta(hours=1),
            grantees=[world.nagano],
        )
        with pytest.raises(Refused, match="過ぎています"):
            perform(Inquiry, inquiry.pk, "ask", reviewer)

    def test_reminding_those_who_owe(self, world: World) -> None:
        inquiry = ask(world)
        answer(world, inquiry, world.nagano)
        drain()
        client = client_of(world.actor(Role.REVIEWER))
        url = f"/inquiries/{inquiry.pk}/remind/"
        page = client.get(url).content.decode()
        assert "岐阜県" in page
        assert "長野県" not in page
        assert client.post(url).status_code == 302
        drain()
        told = Notice.objects.filter(title__contains="まだ届いていません")
        assert {notice.organisation_id for notice in told} == {world.gifu.pk, world.tottori.pk}
        assert client.post(url).status_code == 409
        assert "今日はすでに催促しています" in client.get(url).content.decode()


@pytest.mark.django_db
class TestWhoSees:
    def test_strangers(self, world: World) -> None:
        inquiry = ask(world, world.nagano)
        mine = reply_of(inquiry, world.nagano)
        gifu = client_of(world.actor(Role.DRAFTER, world.gifu))
        for url in (mine.get_absolute_url(), mine.transition_url("answer")):
            assert gifu.get(url).status_code == 404
            assert gifu.post(url, {"text": "他県の回答"}).status_code in (404, 405)
        admin = client_of(world.actor(Role.PREFECTURE_ADMIN))
        assert admin.get(mine.get_absolute_url()).status_code == 200
        assert admin.post(mine.transition_url("answer"), {"text": "x"}).status_code == 403
        auditor = client_of(world.actor(Role.AUDITOR))
        assert auditor.get(inquiry.get_absolute_url()).status_code == 200
        assert auditor.post(inquiry.transition_url("close")).status_code == 403

    def test_a_conflict_keeps_from_judging_the_answer(self, world: World) -> None:
        inquiry = ask(world)
        reply = answer(world, inquiry, world.nagano)
        reviewer = world.actor(Role.REVIEWER)
        declare_conflict(actor=reviewer, grantee=world.nagano, reason="家族が勤めている。")
        for name, data in (("accept", {}), ("send_back", {"reason": "確かめてください。"})):
            with pytest.raises(Refused, match="利害関係"):
                perform(Reply, reply.pk, name, reviewer, data=data)
        other = answer(world, inquiry, world.tottori)
        perform(Reply, other.pk, "accept", reviewer)


@pytest.mark.django_db
class TestTheTable:
    def test_no_cell_becomes_a_formula(self, world: World) -> None:
        """security B3-38."""
        inquiry = ask(world, title="=1+1")
        answer(world, inquiry, world.nagano, '=HYPERLINK("http://evil.example")')
        answer(world, inquiry, world.gifu, "＋81-3-1234")
        client = client_of(world.actor(Role.REVIEWER))
        book = client.get(f"/inquiries/{inquiry.pk}/answers.xlsx")
        sheet = load_workbook(io.BytesIO(book.content)).active
        rows = list(sheet.iter_rows())
        assert len(rows) == 4
        assert not [cell.value for row in rows for cell in row if cell.data_type == "f"]
        assert any(cell.value == '=HYPERLINK("http://evil.example")' for cell in rows[1] + rows[2])
        text = client.get(f"/inquiries/{inquiry.pk}/answers.csv").content.decode("utf-8-sig")
        assert "'=HYPERLINK" in text
        assert "'＋81" in text
        assert (
            client_of(world.actor(Role.DRAFTER))
            .get(f"/inquiries/{inquiry.pk}/answers.csv")
            .status_code
            == 404
        )

    def test_the_same_queries_at_three_rows_and_at_eight(self, world: World) -> None:
        client = client_of(world.actor(Role.REVIEWER))
        bodies = list(world.bodies.values())
        counts: list[int] = []
        for size in (3, 8):
            inquiry = ask(world, *bodies[:size])
            for body in bodies[:size]:
                answer(world, inquiry, body)
            counts.append(_queries(client, inquiry.get_absolute_url()))
        assert counts[0] == counts[1], counts
        before = _queries(client, "/inquiries/")
        for _ in range(5):
            ask(world, world.nagano)
        assert _queries(client, "/inquiries/") == before
        drafter = client_of(world.actor(Role.DRAFTER))
        mine = _queries(drafter, "/inquiries/")
        ask(world, world.nagano)
        assert _queries(drafter, "/inquiries/") == mine


def _queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_an_answer_is_told_to_whoever_asked(world: World) -> None:
    inquiry = ask(world)
    reply = answer(world, inquiry, world.nagano)
    drain()
    notice = Notice.objects.get(organisation=world.office, url=reply.get_absolute_url())
    assert "長野県から" in notice.title
    assert notice.users == [inquiry.written_by_id]


@pytest.mark.django_db
def test_a_later_moment_is_told_to_those_who_have_not_answered(world: World) -> None:
    inquiry = ask(world)
    answer(world, inquiry, world.nagano)
    drain()
    Notice.objects.all().delete()
    later = timezone.localtime(inquiry.due_at + timedelta(days=2))
    asker = client_of(world.actor(Role.REVIEWER))
    typed = {"due_on": later.date().isoformat(), "due_hour": "17", "reason": "連休があるため。"}
    assert asker.post(inquiry.transition_url("prolong"), typed).status_code == 302
    drain()
    moved = Inquiry.objects.get(pk=inquiry.pk)
    assert timezone.localtime(moved.due_at).date() == later.date()
    told = Notice.objects.filter(title__contains="期限が延びました")
    assert {notice.organisation for notice in told} == {world.gifu, world.tottori}


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 0])
def test_no_earlier_moment(world: World, days: int) -> None:
    """Whoever plans by the moment that was told must not be late without knowing."""
    inquiry = ask(world)
    before = timezone.localtime(inquiry.due_at)
    asker = client_of(world.actor(Role.REVIEWER))
    day = (before + timedelta(days=days)).date().isoformat()
    typed = {"due_on": day, "due_hour": "8", "reason": "早く要るため。"}
    Inquiry.objects.filter(pk=inquiry.pk).update(due_at=before.replace(hour=20, minute=0))
    answer_page = asker.post(inquiry.transition_url("prolong"), typed)
    assert answer_page.status_code == 422
    assert "より後の、先の日時にしてください" in answer_page.content.decode()
