"""Acts on several filings: shown before, done one by one, with a result each; conflicts keep out."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from grants.desk.api import Conflict, assign, declare_conflict
from grants.desk.models import Batch
from grants.filings.api import Filing, ReviewItem, latest_version, mark, raise_item
from portal.access.api import Role
from portal.accounts.api import Membership
from portal.audit.api import Event
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
BATCH = "/reviews/batch/"


def membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("user").get(
        user_id=actor.user_id, organisation_id=actor.organisation_id, role=actor.role
    )


def values(act: str, *filings: Filing, **more: Any) -> dict[str, Any]:
    return {"act": act, "filing": [str(filing.pk) for filing in filings], **more}


@pytest.fixture
def filings(world: World) -> list[Filing]:
    return [
        world.filing("submitted", world.nagano),
        world.filing("submitted", world.tottori),
        world.filing("returned", world.gifu),
    ]


def test_asking_changes_nothing_and_says_why_not(world: World, filings: list[Filing]) -> None:
    client = client_of(world.actor(Role.REVIEWER))
    page = client.get(BATCH, values("begin", *filings)).content.decode()
    assert "2件について行います" in page
    assert "「差戻し」の申請です" in page
    assert not Event.objects.filter(verb="filings.application.begin_review").exclude(
        subject_id=str(filings[2].pk)
    )


def test_beginning_several(world: World, filings: list[Filing]) -> None:
    client = client_of(world.actor(Role.REVIEWER))
    key = str(uuid4())
    asked = values("begin", *filings, request_key=key)
    assert client.post(BATCH, asked).status_code == 422, "without the word on conflicts"
    answer = client.post(BATCH, {**asked, "no_conflict": "on"}, follow=True)
    page = answer.content.decode()
    assert "2件を行い、1件は行えませんでした" in page
    states = [Filing.objects.get(pk=one.pk).state for one in filings]
    assert states == ["under_review", "under_review", "returned"]
    client.post(BATCH, {**asked, "no_conflict": "on"})
    assert Batch.objects.count() == 1, "a second click finds the first"


def test_assigning_several_with_the_reason(world: World, filings: list[Filing]) -> None:
    reviewer = world.actor(Role.REVIEWER)
    client = client_of(world.actor(Role.DECIDER))
    page = client.get(BATCH, values("assign", *filings)).content.decode()
    assert "この人で確かめる" in page
    to = str(membership(reviewer).pk)
    page = client.get(BATCH, values("assign", *filings, reviewer=to)).content.decode()
    assert "高橋 直人さんに割り当てます" in page
    assert "すでに高橋 直人さんが担当しています" in page, "of the one that is returned"
    data = values(
        "assign", *filings[:2], reviewer=to, request_key=str(uuid4()), reason="地区の担当"
    )
    assert client.post(BATCH, data).status_code == 302
    for filing in filings[:2]:
        filing.refresh_from_db()
        assert filing.reviewer_id == reviewer.user_id
    event = Event.objects.filter(verb="desk.assign").order_by("-seq").first()
    assert event is not None
    assert event.data["said"]["理由"] == "地区の担当"
    assert event.visibility == "organisation"


def test_reminding_goes_to_those_who_owe_an_answer_once_a_day(
    world: World, filings: list[Filing]
) -> None:
    client = client_of(world.actor(Role.REVIEWER))
    drain()
    before = Notice.objects.filter(organisation=world.gifu).count()
    client.post(BATCH, values("remind", *filings, request_key=str(uuid4())))
    drain()
    told = Notice.objects.filter(organisation=world.gifu)
    assert told.count() == before + 1
    assert told.filter(title__contains="差戻しへの回答をお願いします").exists()
    page = client.get(BATCH, values("remind", *filings)).content.decode()
    assert "今日はすでに催促しています" in page
    assert "行える申請がありません" in page


def test_another_offices_hands_are_kept_off(world: World, filings: list[Filing]) -> None:
    for role, status in ((Role.DRAFTER, 403), (Role.AUDITOR, 403), (Role.INSPECTOR, 403)):
        client = client_of(world.actor(role))
        assert client.post(BATCH, values("remind", *filings)).status_code == status, role
    decider = client_of(world.actor(Role.DECIDER))
    assert decider.get(BATCH, values("begin", *filings)).status_code == 403
    assert decider.get(BATCH, {"act": "delete"}).status_code == 404


# ---- Conflicts of interest -----------------------------------------------------------------------


@pytest.fixture
def torn(world: World) -> Actor:
    """The reviewer, who has a conflict with 長野県."""
    actor = world.actor(Role.REVIEWER)
    declare_conflict(actor=actor, grantee=world.nagano, reason="家族が委託先で働いている。")
    return actor


def test_neither_assigned_nor_begun(world: World, filings: list[Filing], torn: Actor) -> None:
    nagano, tottori, _ = filings
    with pytest.raises(Refused, match="利害関係"):
        assign(actor=world.actor(Role.DECIDER), filing=nagano, to=membership(torn))
    with pytest.raises(Refused, match="利害関係"):
        perform(Filing, nagano.pk, "begin_review", torn, data={"no_conflict": True})
    perform(Filing, tottori.pk, "begin_review", torn, data={"no_conflict": True})
    client = client_of(torn)
    assert client.get(f"/reviews/{nagano.pk}/").status_code == 200, "reading stays"
    assert "見るだけです" in client.get(f"/reviews/{nagano.pk}/").content.decode()
    assert "見るだけです" not in client.get(f"/reviews/{tottori.pk}/").content.decode()
    page = client.get(BATCH, values("begin", nagano)).content.decode()
    assert "長野県との利害関係を申し出ています" in page


def test_neither_marked_pinned_resolved_nor_finished(world: World) -> None:
    reviewer = world.actor(Role.REVIEWER)
    filing = world.filing("under_review")
    sealed = latest_version(filing)
    assert sealed is not None
    pin = {"address": "vision//issues", "clause": "", "text": "確かめてください。"}
    item = raise_item(actor=reviewer, filing=filing, sealed=sealed, **pin)
    declare_conflict(actor=reviewer, grantee=filing.grantee, reason="家族が委託先で働いている。")
    with pytest.raises(Refused, match="利害関係"):
        mark(actor=reviewer, filing=filing, sealed=sealed, marks={"section:vision": "yes"})
    with pytest.raises(Refused, match="利害関係"):
        raise_item(actor=reviewer, filing=filing, sealed=sealed, **pin)
    with pytest.raises(Refused, match="利害関係"):
        perform(ReviewItem, item.pk, "resolve", reviewer)
    for name, data in (("return", {}), ("finish_review", {"opinion": ""})):
        with pytest.raises(Refused, match="利害関係"):
            perform(Filing, filing.pk, name, reviewer, data=data)


@pytest.mark.parametrize("name", ["decide", "decline", "reopen_review"])
def test_nor_decided(world: World, name: str) -> None:
    filing = world.filing("reviewed")
    decider = world.actor(Role.DECIDER)
    declare_conflict(actor=decider, grantee=filing.grantee, reason="前の勤め先である。")
    with pytest.raises(Refused, match="利害関係"):
        perform(Filing, filing.pk, name, decider, data={"reason": "理由"})
    assert Filing.objects.get(pk=filing.pk).state == "reviewed"


def test_a_conflict_is_ones_own_affair(world: World, torn: Actor) -> None:
    conflict = Conflict.objects.get()
    end = f"/reviews/conflicts/{conflict.pk}/end/"
    own, decider = client_of(torn), client_of(world.actor(Role.DECIDER))
    inspector = client_of(world.actor(Role.INSPECTOR))
    assert "家族が委託先" in own.get("/reviews/conflicts/").content.decode()
    assert "家族が委託先" in decider.get("/reviews/conflicts/").content.decode()
    assert "申出はありません" in inspector.get("/reviews/conflicts/").content.decode()
    assert decider.post(end, {"reason": "もう関係がないため。"}).status_code == 403
    declare = "/reviews/conflicts/declare/"
    again = {"grantee": str(world.nagano.pk), "reason": "同じ内容の申出です。"}
    assert own.post(declare, again).status_code == 409
    assert own.post(end, {"reason": "委託先をやめたため。"}).status_code == 302
    filing = world.filing("submitted")
    perform(Filing, filing.pk, "begin_review", torn, data={"no_conflict": True})
