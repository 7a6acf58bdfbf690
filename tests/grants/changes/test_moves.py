"""予算流用 (適正化法7条1項1号の軽微な変更): recorded apart, cumulated since the last decision."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from grants.awards.api import Award
from grants.changes.api import Reallocation, standing_of
from grants.changes.services import undo_reallocation
from grants.plans.api import BudgetLine
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused
from tests.grants import changing, closing
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def two_categories(award: Award) -> tuple[BudgetLine, BudgetLine, int]:
    """Two lines of different 節, and the yen that may move between them without approval."""
    lines = changing.lines_of(award)
    first = lines[0]
    other = next(one for one in lines if one.category_code != first.category_code)

    def share(code: str) -> int:
        return sum(int(one.amount or 0) for one in lines if one.category_code == code) // 5

    return first, other, min(share(first.category_code), share(other.category_code))


def test_small_ones_add_up_until_one_yen_is_too_much(world: World, award: Award) -> None:
    """7条1項1号: cumulated since the last decision."""
    first, other, most = two_categories(award)
    changing.move(world, award, first, other, most - 1)
    changing.move(world, award, first, other, 1)
    with pytest.raises(Refused, match="変更の承認が要ります"):
        changing.move(world, award, first, other, 1)
    moved = {line.uid: line.amount for line in standing_of(award).lines}
    assert moved[first.uid] == (first.amount or 0) - most
    assert verify() == []


def test_an_approved_change_holds_them_and_counts_anew(world: World, award: Award) -> None:
    first, other, most = two_categories(award)
    made = changing.move(world, award, first, other, most)
    filing = changing.start(world, award)
    copied = filing.plan_revision.lines.get(uid=first.uid)
    assert copied.amount == copied.unit_price == (first.amount or 0) - most
    assert "流用後の額" in copied.basis
    with pytest.raises(Refused, match="その申請に含めて"):
        changing.move(world, award, first, other, 1)
    with pytest.raises(Refused, match="申請に含まれています"):
        undo_reallocation(actor=world.actor(Role.DRAFTER), reallocation=made, reason="誤り。")
    changing.set_amount(filing, other.uid, int(other.amount or 0) + most + 1_000)
    changing.set_amount(filing, first.uid, int(first.amount or 0) - most - 1_000)
    changing.approve(world, changing.reviewed(world, changing.ask(world, filing)))
    award.refresh_from_db()
    assert not standing_of(award).moves
    assert Reallocation.objects.standing().count() == 1, "it stays readable"


def test_a_wrong_record_is_taken_back_and_stays(world: World, award: Award) -> None:
    first, other, most = two_categories(award)
    made = changing.move(world, award, first, other, most)
    drafter = world.actor(Role.DRAFTER)
    undo_reallocation(actor=drafter, reallocation=made, reason="二重に記録した。")
    changing.move(world, award, first, other, most)
    with pytest.raises(Refused, match="もう取り消されています"):
        undo_reallocation(actor=drafter, reallocation=made, reason="二重に記録した。")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reallocation.objects.update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reallocation.objects.all().delete()


def test_the_page_says_whether_approval_is_needed_before_it_is_kept(
    world: World, award: Award
) -> None:
    ensure_cache_table()
    first, other, most = two_categories(award)
    client = client_of(world.actor(Role.DRAFTER))
    url = reverse("changes:reallocate", args=[award.pk])
    typed = {
        "source": str(first.uid),
        "target": str(other.uid),
        "amount": str(most + 1),
        "moved_on": award.decision.decided_on.isoformat(),
        "reason": "会場の借上げが増えたため。",
    }
    page = client.post(url, {**typed, "check": "1"}).content.decode()
    assert "この流用には、変更の承認が要ります" in page
    assert client.post(url, typed).status_code == 422
    page = client.post(url, {**typed, "amount": str(most), "check": "1"}).content.decode()
    assert "承認は要りません" in page
    assert not Reallocation.objects.exists(), "to check keeps nothing"
    assert client.post(url, {**typed, "amount": str(most)}).status_code == 302
    made = Reallocation.objects.get()
    reviewer = client_of(world.actor(Role.REVIEWER))
    page = reviewer.get(reverse("changes:award", args=[award.pk])).content.decode()
    assert "会場の借上げが増えたため。" in page
    assert "流用を記録する" not in page
    undo = reverse("changes:undo", args=[made.pk])
    stranger = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert stranger.get(undo).status_code == stranger.get(url).status_code == 404
    assert client.post(undo, {"reason": "誤って記録した。"}).status_code == 302
    filing = world.begin_review(world.submit(closing.write_report(world, award)))
    changing_lines = reverse("settlements:lines", args=[filing.pk])
    assert "予算の流用の記録" not in reviewer.get(changing_lines).content.decode()


def test_the_examiner_of_lines_sees_what_was_moved(world: World, award: Award) -> None:
    """15条: a line that cost more than planned is read with its 流用."""
    ensure_cache_table()
    first, other, most = two_categories(award)
    changing.move(world, award, first, other, most)
    filing = world.begin_review(world.submit(closing.write_report(world, award)))
    page = client_of(world.actor(Role.REVIEWER)).get(reverse("settlements:lines", args=[filing.pk]))
    assert "予算の流用の記録（1件）" in page.content.decode()
    with pytest.raises(Refused, match="実績報告が提出されている"):
        changing.move(world, award, first, other, 1)
