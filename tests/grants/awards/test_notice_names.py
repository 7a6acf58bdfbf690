"""A notice is called the same on its first line, in lists and where a 訂正通知 names it: one source."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from grants.awards.api import notice_name
from grants.awards.corrections import correctable_kinds, notice_of
from portal.access.api import Role
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.carryovers import carrying
from tests.grants.changes import test_stops
from tests.world import World


@pytest.mark.parametrize(
    ("filing", "decision", "given", "name"),
    [
        pytest.param("application", "grant", {}, "交付決定通知書", id="適正化法8条"),
        pytest.param("application", "decline", {}, "不交付決定通知書", id="適正化法6条"),
        pytest.param(
            "change", "change", {}, "変更承認・変更交付決定通知書", id="7条1項-other-amount"
        ),
        pytest.param(
            "change", "change", {"is_same": True}, "変更承認通知書", id="7条1項-same-amount"
        ),
        pytest.param(
            "change", "decline", {"is_same": True}, "変更不承認通知書", id="7条1項-declined"
        ),
        pytest.param("discontinuance", "stop", {}, "中止承認通知書", id="7条1項4号-pause"),
        pytest.param(
            "discontinuance", "stop", {"ends": True}, "廃止承認通知書", id="7条1項4号-end"
        ),
        pytest.param(
            "discontinuance", "decline", {"ends": True}, "廃止不承認通知書", id="7条1項4号-declined"
        ),
        pytest.param("carryover", "carryover", {}, "繰越承認通知書", id="7条1項5号"),
        pytest.param("disposal", "disposal", {}, "財産処分承認通知書", id="22条"),
        pytest.param("disposal", "decline", {}, "財産処分不承認通知書", id="22条-declined"),
    ],
)
def test_the_name(filing: str, decision: str, given: dict[str, bool], name: str) -> None:
    assert notice_name(filing, decision, **given) == name


@pytest.mark.django_db
def test_paper_list_and_correction_call_it_the_same(world: World) -> None:
    world.filing("declined", world.bodies["01"])
    ended, paused = closing.award_of(world), closing.award_of(world, world.gifu)
    test_stops.approve(world, test_stops.reviewed(world, test_stops.write_stop(world, ended)))
    filing = test_stops.reviewed(world, test_stops.write_stop(world, paused, "suspend"))
    refusal = {**world.numbered(), "reason": "続けられる。"}
    world.act(filing, "refuse_stop", world.actor(Role.DECIDER), **refusal)
    carrying.carried(world, closing.award_of(world, world.tottori))
    overpaid = closing.award_of(world, world.bodies["04"])
    closing.pay(world, overpaid)
    closing.settled(world, overpaid, share=50)
    closing.order_overpaid(world, overpaid)
    drain()
    seen = Document.objects.filter(kind__in=correctable_kinds())
    assert len({one.kind for one in seen}) >= 7
    for document in seen:
        name = notice_of(document).name
        assert document.title == f"{name}（{notice_of(document).number}）"
        first, *_ = PdfReader(BytesIO(read_file(document))).pages
        assert name in "".join(first.extract_text().split()), document.kind
