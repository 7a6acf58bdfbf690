"""所要額調査 and 協議: from the question to the comparison, and the way of each."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.activities.api import ACTIVITY_TYPES
from grants.allocations.api import (
    NeedsRow,
    Statement,
    StatementSubject,
    comparison,
    read_subject,
    save_statement,
    start_statement,
    wishes,
)
from grants.filings.api import Filing, latest_version, raise_item
from grants.guideline.api import Subject, judge
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused, Stale
from portal.documents.api import Document
from portal.outbox.api import drain
from portal.spreadsheets.api import Limits, open_upload
from portal.workflow.api import perform
from tests.grants.needs import answer, survey, write
from tests.grants.plans_of import terms
from tests.world import World, client_of, ensure_cache_table


def row(code: str = "07", **changed: int) -> NeedsRow:
    values = {"count": 1, "total": 2_000_000, "income": 0, "eligible": 2_000_000, "wish": 1_000_000}
    return NeedsRow(uuid4(), code, **{**values, **changed})


def subject(*rows: NeedsRow, **changed: object) -> StatementSubject:
    made = StatementSubject(rows, "小林", "", "", terms())
    return replace(made, **changed)


@pytest.mark.parametrize(
    ("requirement", "kept", "broken"),
    [
        ("statement.units", subject(row()), subject(row(wish=999_999))),
        ("statement.eligible", subject(row()), subject(row(eligible=2_000_001))),
        ("statement.rule", subject(row()), subject(row(wish=1_001_000))),
        ("statement.rule", subject(row(), already=0), subject(row(), already=1_000)),
        ("statement.contact", subject(row()), subject(row(), contact_name=" ")),
        (
            "statement.answer",
            subject(row(), questions="？", answer="はい"),
            subject(questions="？"),
        ),
        ("statement.types", subject(row("04"), row("07")), subject(row("07"), row("PF"))),
    ],
    ids=[
        "千円未満",
        "対象経費≦総事業費",
        "交付率",
        "既交付決定額を除く",
        "担当者",
        "質問",
        "要領3(2) 2種類以上",
    ],
)
def test_what_a_statement_must_say(
    requirement: str, kept: StatementSubject, broken: StatementSubject
) -> None:
    """Just kept is accepted, one yen or one word less is not."""

    def problems(given: StatementSubject) -> tuple[object, ...]:
        (found,) = [j for j in judge(Subject.STATEMENT, given) if j.requirement.id == requirement]
        return found.problems

    assert problems(kept) == ()
    assert problems(broken) != ()


def test_no_wish_at_all_can_be_said() -> None:
    nothing = [row(t.code, count=0, total=0, eligible=0, wish=0) for t in ACTIVITY_TYPES]
    assert [j for j in judge(Subject.STATEMENT, subject(*nothing)) if j.blocks] == []


@pytest.mark.django_db
def test_a_survey_is_answered_filed_and_taken_note_of(world: World) -> None:
    asked = survey(world)
    filing = answer(world, asked, world.nagano, 6_000_000)
    assert filing.state == "submitted"
    assert filing.receipt_number == f"{world.programme.fiscal_year}-N-0001"
    assert filing.requested_amount == 6_000_000
    drain()
    paper = Document.objects.get(case_id=filing.case_id, kind="statement")
    assert paper.is_ready
    assert paper.pages == 2
    accepted = world.act(filing, "accept", world.actor(Role.REVIEWER)).subject
    assert accepted.state == "accepted"
    assert verify() == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["needs", "consultation"])
def test_the_engines_pages_show_it(world: World, kind: str) -> None:
    """Case, version, review and approval: the pages of every filing, with a statement in them."""
    ensure_cache_table()
    asked = survey(world, kind)
    waiting = write(world, asked, world.tottori, 2_000_000)
    world.act(waiting, "request_approval", world.actor(Role.DRAFTER, world.tottori), note="")
    approver = client_of(world.actor(Role.APPROVER, world.tottori))
    assert "1,000,000" in approver.get(waiting.transition_url("submit")).content.decode()
    filing = answer(world, asked, world.nagano, 6_000_000)
    sealed = latest_version(filing)
    assert sealed is not None
    reviewer = client_of(world.actor(Role.REVIEWER))
    for url in (
        filing.get_absolute_url(),
        f"/filings/versions/{sealed.pk}/",
        f"/reviews/{filing.pk}/",
        "/reviews/",
        "/",
    ):
        page = reviewer.get(url)
        assert page.status_code == 200, url
        assert "6,000,000" in page.content.decode(), url


@pytest.mark.django_db
def test_it_comes_back_with_a_reason_and_goes_again(world: World) -> None:
    asked = survey(world)
    filing = answer(world, asked, world.nagano, 6_000_000)
    reviewer = world.actor(Role.REVIEWER)
    filing = world.act(filing, "send_back", reviewer, reason="対象経費を確かめてください。").subject
    assert filing.state == "returned"
    write(world, asked, world.nagano, 4_000_000)
    filing = world.submit(Filing.objects.get(pk=filing.pk))
    assert (filing.number, filing.requested_amount) == (2, 4_000_000)


@pytest.mark.django_db
def test_whoever_typed_it_does_not_approve_it(world: World) -> None:
    """四つの目: the drafter wears the approver's hat."""
    filing = write(world, survey(world), world.nagano, 2_000_000)
    drafter = world.actor(Role.DRAFTER)
    world.act(filing, "request_approval", drafter, note="")
    hat = world.wearing(drafter, world.nagano, Role.APPROVER)
    with pytest.raises(Refused, match="入力した人は、決裁できません"):
        world.act(filing, "submit", hat)


@pytest.mark.django_db
def test_what_was_changed_after_the_request_is_not_filed(world: World) -> None:
    filing = write(world, survey(world), world.nagano, 2_000_000)
    world.act(filing, "request_approval", world.actor(Role.DRAFTER), note="")
    Statement.objects.filter(filing=filing).update(remarks="後から書いた")
    with pytest.raises(Refused, match="内容が変わっています"):
        world.act(filing, "submit", world.actor(Role.APPROVER))


@pytest.mark.django_db
def test_the_later_save_meets_the_earlier(world: World) -> None:
    filing = write(world, survey(world), world.nagano, 2_000_000)
    with pytest.raises(Stale):
        save_statement(actor=world.actor(Role.DRAFTER), filing=filing, seen_version=1, rows=[])


@pytest.mark.django_db
def test_one_answer_a_round_however_often_one_clicks(world: World) -> None:
    asked = survey(world)
    drafter = world.actor(Role.DRAFTER)
    first = start_statement(actor=drafter, survey=asked)
    assert start_statement(actor=drafter, survey=asked).pk == first.pk
    with pytest.raises(Refused, match="もう始めています"):
        survey(world)


@pytest.mark.django_db
def test_the_list_before_anybody_answered(world: World) -> None:
    ensure_cache_table()
    survey(world)
    for role in (Role.DRAFTER, Role.APPROVER, Role.REVIEWER, Role.PROGRAMME_MANAGER):
        page = client_of(world.actor(role)).get("/needs/")
        assert page.status_code == 200
        assert ("回答を始める" in page.content.decode()) == (role == Role.DRAFTER)


@pytest.mark.django_db
def test_the_consultation_starts_with_what_was_filed(world: World) -> None:
    """The wish is carried by its sealed version, and a draft of it is not."""
    asked = survey(world)
    needs = answer(world, asked, world.nagano, 6_000_000)
    Statement.objects.get(filing=needs).rows.update(wish=1)
    talked = survey(world, "consultation")
    filing = start_statement(actor=world.actor(Role.DRAFTER), survey=talked)
    carried = read_subject(Statement.objects.get(filing=filing))
    assert carried.wish == 6_000_000
    assert carried.contact_name == "小林 由佳"
    assert Statement.objects.get(filing=filing).carried_from_id == needs.pk


@pytest.mark.django_db
def test_a_consultation_is_returned_with_points_and_then_accepted(world: World) -> None:
    talked = survey(world, "consultation")
    filing = answer(world, talked, world.nagano, 6_000_000)
    reviewer, drafter = world.actor(Role.REVIEWER), world.actor(Role.DRAFTER)
    filing = world.act(filing, "begin_review", reviewer, no_conflict=True).subject
    sealed = latest_version(filing)
    assert sealed is not None
    uid = sealed.content["sections"][0]["tables"][0]["rows"][0]["uid"]
    item = raise_item(
        actor=reviewer,
        filing=filing,
        sealed=sealed,
        address=f"needs/{uid}/wish",
        clause="",
        text="希望額の根拠を教えてください。",
    )
    with pytest.raises(Refused, match="解決していない"):
        world.act(filing, "accept", reviewer)
    filing = world.send_back_statement(filing)
    perform(type(item), item.pk, "answer", drafter, data={"text": "単価を見直しました。"})
    write(world, talked, world.nagano, 4_000_000)
    filing = world.submit(Filing.objects.get(pk=filing.pk))
    filing = world.act(filing, "begin_review", reviewer, no_conflict=True).subject
    perform(type(item), item.pk, "resolve", reviewer)
    assert world.act(filing, "accept", reviewer).subject.state == "accepted"


@pytest.mark.django_db
def test_the_consultation_counts_before_the_survey(world: World) -> None:
    answer(world, survey(world), world.nagano, 6_000_000)
    answer(world, survey(world, "consultation"), world.nagano, 4_000_000)
    write(world, survey(world, "needs", 2), world.nagano, 2_000_000)
    found = wishes(world.programme.pk, 1)
    assert {body: wish.amount for body, wish in found.items()} == {world.nagano.pk: 4_000_000}
    assert wishes(world.programme.pk, 2) == {}, "a draft is the prefecture's own affair"


@pytest.mark.django_db
def test_the_comparison_names_who_is_missing_and_adds_up(world: World) -> None:
    ensure_cache_table()
    asked = survey(world, questions="議会の予定を教えてください。")
    for code, wish in (("20", 6_000_000), ("31", 2_000_000)):
        answer(world, asked, world.bodies[code], wish)
    write(world, asked, world.bodies["01"], 8_000_000)
    found = comparison(asked)
    assert found.sums["wish"] == 8_000_000
    assert found.sums["total"] == 16_000_000
    assert len(found.missing) == 45
    assert "北海道" in [one.grantee.name for one in found.missing]
    page = client_of(world.actor(Role.REVIEWER)).get(asked.get_absolute_url())
    assert page.status_code == 200
    assert "8,000,000" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_comparison_leaves_as_a_file(world: World, form: str) -> None:
    ensure_cache_table()
    asked = survey(world)
    answer(world, asked, world.nagano, 6_000_000)
    client = client_of(world.actor(Role.REVIEWER))
    answered = client.get(f"/needs/{asked.pk}/export/{form}/")
    assert answered.status_code == 200
    book = open_upload(answered.content, f"x.{form}", Limits(max_bytes=10**7))
    text = "\n".join(str(cell) for sheet in book.sheets for line in sheet.rows for cell in line)
    assert "6000000" in text
    assert "合計" in text
    assert client.get(f"/needs/{asked.pk}/export/exe/").status_code == 404
    stranger = client_of(world.actor(Role.DRAFTER))
    assert stranger.get(f"/needs/{asked.pk}/export/{form}/").status_code == 403


@pytest.mark.django_db
def test_as_many_queries_for_three_as_for_eight(world: World) -> None:
    ensure_cache_table()
    asked = survey(world)
    reviewer = client_of(world.actor(Role.REVIEWER))

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reviewer.get(asked.get_absolute_url()).status_code == 200
        return len(captured)

    codes = [code for code in world.bodies if code != "21"][:8]
    for code in codes[:3]:
        answer(world, asked, world.bodies[code], 2_000_000)
    count()
    three = count()
    for code in codes[3:]:
        answer(world, asked, world.bodies[code], 2_000_000)
    assert count() == three


@pytest.mark.django_db
def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(world: World) -> None:
    ensure_cache_table()
    filing = start_statement(actor=world.actor(Role.DRAFTER), survey=survey(world))
    drafter = client_of(world.actor(Role.DRAFTER))
    url = f"/needs/statements/{filing.pk}/"
    typed = {"form_version": "1", "07-total": "百万円", "contact_name": "小林"}
    answered = drafter.post(url, typed)
    assert answered.status_code == 422
    assert "百万円" in answered.content.decode()
    typed |= {"07-total": "2,000,000円", "07-eligible": "2000000", "07-wish": "１，０００，０００"}
    assert drafter.post(url, typed).status_code == 302
    assert read_subject(Statement.objects.get(filing=filing)).wish == 1_000_000
    assert drafter.post(url, typed).status_code == 409, "the version was the first one"
    assert client_of(world.actor(Role.DRAFTER, world.gifu)).get(url).status_code == 404
