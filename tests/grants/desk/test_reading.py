"""Notes that stay in the office, the second reader, the year's questions, and what to compare with."""

from __future__ import annotations

from typing import Any

import pytest

from grants.demo.stories import DEEP, LIGHT
from grants.desk.api import ProgrammeQuestion, ReviewNote, SecondReading, ask_question, name_reader
from grants.filings.api import Filing, latest_version
from grants.kinds.api import checklist
from grants.programmes.api import open_programme
from portal.access.api import Role
from portal.accounts.api import Membership
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
DISCLOSURE = "都道府県には表示しません。開示請求の対象になることがあります。"


def membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("user").get(
        user_id=actor.user_id, organisation_id=actor.organisation_id, role=actor.role
    )


@pytest.fixture
def second(world: World) -> Actor:
    first = world.actor(Role.REVIEWER)
    added = world.cast.add(world.office, Role.REVIEWER, "三浦 楓", "second@cao.example")
    world.cast.actors[world.office.pk, Role.REVIEWER] = first
    return added


@pytest.fixture
def filing(world: World) -> Filing:
    return world.filing("under_review")


# ---- Notes ---------------------------------------------------------------------------------------


def test_a_note_stays_in_the_office(world: World, filing: Filing) -> None:
    reviewer = client_of(world.actor(Role.REVIEWER))
    url = f"/reviews/{filing.pk}/notes/"
    assert DISCLOSURE in reviewer.get(url).content.decode()
    assert reviewer.post(url, {"text": ""}).status_code == 422
    assert reviewer.post(url, {"text": "契約の後に名簿を見る。"}).status_code == 302
    for role in (Role.REVIEWER, Role.DECIDER, Role.AUDITOR):
        page = client_of(world.actor(role)).get(f"/reviews/{filing.pk}/").content.decode()
        assert "契約の後に名簿を見る。" in page, role
        assert DISCLOSURE in page
    drafter = client_of(world.actor(Role.DRAFTER))
    page = drafter.get(filing.get_absolute_url()).content.decode()
    assert "契約の後に名簿を見る。" not in page
    assert "メモ" not in page, "not even that one was written"
    assert drafter.get(url).status_code == 403
    assert client_of(world.actor(Role.DRAFTER, world.gifu)).get(url).status_code == 404
    assert client_of(world.actor(Role.AUDITOR)).post(url, {"text": "x"}).status_code == 403
    assert ReviewNote.objects.count() == 1


# ---- The second reader ---------------------------------------------------------------------------


def finish(world: World, filing: Filing) -> Filing:
    return world.finish_review(filing)


def test_a_named_second_reader_must_confirm(world: World, filing: Filing, second: Actor) -> None:
    reviewer, reader = client_of(world.actor(Role.REVIEWER)), client_of(second)
    url = f"/reviews/{filing.pk}/second-reader/"
    assert reviewer.post(url, {"reader": str(membership(second).pk)}).status_code == 302
    drain()
    assert Notice.objects.filter(title__contains="二次確認の依頼").exists()
    with pytest.raises(Refused, match="三浦 楓さん"):
        finish(world, filing)
    confirm = f"/reviews/{filing.pk}/second-reading/"
    assert "二次確認を頼まれているもの 1件" in reader.get("/").content.decode()
    assert "二次確認を頼まれているもの" not in reviewer.get("/").content.decode()
    assert "二次確認を記録する" in reader.get(f"/reviews/{filing.pk}/").content.decode()
    assert reviewer.post(confirm, {"opinion": ""}).status_code == 403, "only who was named"
    assert reader.post(confirm, {"opinion": "差し支えない。"}).status_code == 302
    assert "二次確認を頼まれているもの" not in reader.get("/").content.decode()
    assert "差し支えない。" in reviewer.get(f"/reviews/{filing.pk}/").content.decode()
    assert finish(world, Filing.objects.get(pk=filing.pk)).state == "reviewed"


def test_without_one_nothing_is_asked(world: World, filing: Filing, second: Actor) -> None:
    reviewer = world.actor(Role.REVIEWER)
    name_reader(actor=reviewer, filing=filing, to=membership(second))
    name_reader(actor=reviewer, filing=filing, to=None)
    assert finish(world, filing).state == "reviewed"
    assert SecondReading.objects.standing().count() == 0


def test_the_second_reader_is_somebody_else(world: World, filing: Filing) -> None:
    reviewer = world.actor(Role.REVIEWER)
    with pytest.raises(Refused, match="別の人"):
        name_reader(actor=reviewer, filing=filing, to=membership(reviewer))
    client = client_of(reviewer)
    url = f"/reviews/{filing.pk}/second-reader/"
    own = {"reader": str(membership(reviewer).pk)}
    assert client.post(url, own).status_code == 422, "not on offer either"


def test_who_read_it_second_does_not_decide(world: World, filing: Filing, second: Actor) -> None:
    name_reader(actor=world.actor(Role.REVIEWER), filing=filing, to=membership(second))
    client_of(second).post(f"/reviews/{filing.pk}/second-reading/", {"opinion": ""})
    filing = finish(world, Filing.objects.get(pk=filing.pk))
    hat = world.wearing(second, world.office, Role.DECIDER)
    with pytest.raises(Refused, match="審査した人"):
        perform(Filing, filing.pk, "decide", hat, data=world.decision(filing))


def test_the_next_version_is_read_again(world: World, second: Actor) -> None:
    filing = world.filing("under_review", story=DEEP)
    name_reader(actor=world.actor(Role.REVIEWER), filing=filing, to=membership(second))
    client_of(second).post(f"/reviews/{filing.pk}/second-reading/", {"opinion": ""})
    filing = world.send_back(filing)
    drafter = world.actor(Role.DRAFTER)
    for item in filing.items.all():
        perform(type(item), item.pk, "answer", drafter, data={"text": "示しました。"})
    filing = world.begin_review(world.submit(Filing.objects.get(pk=filing.pk)))
    for item in filing.items.all():
        perform(type(item), item.pk, "resolve", world.actor(Role.REVIEWER))
    with pytest.raises(Refused, match="二次確認者"):
        finish(world, Filing.objects.get(pk=filing.pk))
    assert "二次確認を頼まれているもの 1件" in client_of(second).get("/").content.decode()
    page = client_of(second).get(f"/reviews/{filing.pk}/").content.decode()
    assert "その後、新しい版が届いています" in page


# ---- The year's questions ------------------------------------------------------------------------


def test_a_question_of_the_year_stands_in_the_checklist(world: World, filing: Filing) -> None:
    manager = client_of(world.actor(Role.PROGRAMME_MANAGER))
    url = f"/reviews/questions/ask/?year={world.programme.fiscal_year}"
    asked = {"text": "前年度の実績を踏まえている。", "basis": "交付要綱"}
    assert client_of(world.actor(Role.REVIEWER)).post(url, asked).status_code == 403
    assert manager.post(url, {"text": "", "basis": ""}).status_code == 422
    assert manager.post(url, asked).status_code == 302
    question = ProgrammeQuestion.objects.get()
    client = client_of(world.actor(Role.REVIEWER))
    assert "前年度の実績を踏まえている。" in client.get(f"/reviews/{filing.pk}/").content.decode()
    work = checklist(Filing.objects.get(pk=filing.pk))
    assert [row.key for row in work.rows if row.state == "question"] == [question.key]
    marks = {row.key: "yes" for row in work.rows if row.state != "question"}
    marks |= {f"section:{section.key}": "yes" for section in work.sections}
    client.post(f"/reviews/{filing.pk}/marks/", marks)
    with pytest.raises(Refused, match="確認項目が1件残って"):
        perform(
            Filing,
            filing.pk,
            "finish_review",
            world.actor(Role.REVIEWER),
            data={"opinion": "適当。"},
        )
    client.post(f"/reviews/{filing.pk}/marks/", {question.key: "yes"})
    manager.post(f"/reviews/questions/{question.pk}/retire/")
    kept = checklist(Filing.objects.get(pk=filing.pk)).rows
    assert question.key in {row.key for row in kept}, "what was judged can still be read"


def test_a_new_year_starts_with_the_questions_of_the_one_before(world: World) -> None:
    manager = world.actor(Role.PROGRAMME_MANAGER)
    for text in ("一つ目", "二つ目"):
        ask_question(actor=manager, programme=world.programme, text=text, basis="要綱")
    ProgrammeQuestion.objects.filter(text="一つ目").update(retired_at="2026-04-01T00:00+09:00")
    coming = open_programme(actor=manager, fiscal_year=world.programme.fiscal_year + 1)
    copied = ProgrammeQuestion.objects.filter(programme=coming)
    assert [(one.order, one.text) for one in copied.order_by("order")] == [(1, "二つ目")]


# ---- What to compare with ------------------------------------------------------------------------


def test_last_year_and_the_offices_own_correction(world: World) -> None:
    manager = world.actor(Role.PROGRAMME_MANAGER)
    before = world.filing("reviewed", story=LIGHT[0])
    sealed = latest_version(before)
    assert sealed is not None
    less = int(sealed.content["amounts"]["i"]) - 1000
    before = world.act(
        before, "decide", world.actor(Role.DECIDER), **world.decision(before, less)
    ).subject
    page = client_of(world.actor(Role.REVIEWER)).get(f"/reviews/{before.pk}/?against=decision")
    text = page.content.decode()
    assert "対象経費を精査したため。" in text
    assert f"{less:,}円" in text
    year = world.programme.fiscal_year
    world.programme = open_programme(
        actor=manager,
        fiscal_year=year + 1,
        window_opens="2020-01-01 09:00",
        window_closes="2099-01-01 09:00",
        budget="100000000",
    )
    now = world.filing("under_review", story=LIGHT[0])
    client = client_of(world.actor(Role.REVIEWER))
    text = client.get(f"/reviews/{now.pk}/?against=last_year&changes=1").content.decode()
    assert "年度の交付決定（第1版）と違う所" in text
    assert f"{less:,}円" in text
    assert "事業の開始日" in text
    assert "変わった行" not in text, "the lines were written anew in the same words"
    assert client.get(f"/reviews/{now.pk}/?against=previous").status_code == 404
    assert client.get(f"/reviews/{now.pk}/?against=secret").status_code == 404


def test_the_same_queries_whatever_was_written(
    world: World, filing: Filing, second: Actor, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        client_of(world.actor(Role.REVIEWER)).post(
            f"/reviews/{filing.pk}/notes/", {"text": f"メモ{n}"}
        )
        ask_question(
            actor=world.actor(Role.PROGRAMME_MANAGER),
            programme=world.programme,
            text=f"確認すること{n}",
            basis="要綱",
        )
    client = client_of(world.actor(Role.REVIEWER))
    client.get(f"/reviews/{filing.pk}/")
    with django_assert_max_num_queries(30):
        client.get(f"/reviews/{filing.pk}/")
