"""The papers of a decision: conditions that were chosen, a draft before, a correction after."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Correction, Decision
from grants.filings.api import Filing
from portal.access.api import Role
from portal.audit.api import verify
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.grants.needs import promised
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(world: World) -> Filing:
    ensure_cache_table()
    return world.filing("reviewed")


def typed(filing: Filing, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    chosen = [str(c.order) for c in filing.programme.conditions.all() if c.is_default]
    return {
        "amount": str(filing.requested_amount),
        "modification_reason": "",
        "standard": chosen,
        "extra_conditions": "",
        "conditions_reason": "",
        "document_number": "府孤推第41号",
        "decided_on": today,
        "issued_on": today,
        "confirmed": "on",
        "version": str(filing.version),
        **changed,
    }


def text_of(document: Document) -> str:
    pages = PdfReader(BytesIO(read_file(document))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_the_standard_conditions_carry_their_law(filing: Filing) -> None:
    """適正化法7条1項の各号, 2項, 3項, 22条, 仕入控除税額, 間接補助: each with its basis."""
    known = {c.basis: c for c in filing.programme.conditions.all()}
    for number in (1, 2, 3, 4, 5):
        assert any(f"7条1項{number}号" in basis for basis in known), number
    assert any("22条" in basis for basis in known)
    assert any("仕入控除税額" in c.text for c in known.values())
    indirect = next(c for c in known.values() if "間接補助" in c.text)
    assert not indirect.is_default, "chosen where the plan subsidises"


@pytest.mark.parametrize("change", ["left out", "added", "own"])
def test_other_conditions_than_the_standard_take_a_reason(
    world: World, filing: Filing, change: str
) -> None:
    """適正化法7条: what was chosen and why is kept with the decision."""
    client = client_of(world.actor(Role.DECIDER))
    given = typed(filing)
    every = [str(c.order) for c in filing.programme.conditions.all()]
    if change == "left out":
        given["standard"] = given["standard"][1:]
    elif change == "added":
        given["standard"] = every
    else:
        given["extra_conditions"] = "委託先と契約したときは、10日以内に報告すること。"
    url = filing.transition_url("decide")
    refused = client.post(url, given)
    assert refused.status_code == 422
    assert "条件を変える理由" in refused.content.decode()
    given["conditions_reason"] = "委託の割合が大きいため。"
    assert client.post(url, given).status_code == 302
    decision = Decision.objects.get()
    assert decision.conditions_reason == "委託の割合が大きいため。"
    assert len(decision.conditions) == len(given["standard"]) + (change == "own")


def test_a_draft_is_the_notice_marked_as_one(world: World, filing: Filing) -> None:
    """Nothing is decided, no number is taken, and the prefecture sees nothing of it."""
    client = client_of(world.actor(Role.DECIDER))
    url = filing.transition_url("decide")
    answered = client.post(
        url,
        typed(
            filing,
            preview="1",
            confirmed="",
            document_number="",
            amount="1,000,000",
            modification_reason="対象経費を精査したため。",
        ),
    )
    assert answered.status_code == 302
    drain()
    paper = Document.objects.get(kind="draft_of_decide")
    text = text_of(paper)
    assert "案" in text
    assert "1,000,000円" in text
    assert "不服を申し出ることができる（適正化法第25条" in "".join(text.split())
    assert not Decision.objects.exists()
    page = client.get(answered.url).content.decode()
    assert paper.get_absolute_url() in page
    assert "対象経費を精査したため。" in page, "what was typed is still there"
    mine = client_of(world.actor(Role.DRAFTER))
    assert mine.get(paper.get_absolute_url()).status_code == 404
    assert str(paper.pk) not in mine.get(filing.get_absolute_url()).content.decode()
    other = world.filing("reviewed", world.tottori)
    stranger = client.get(f"{other.transition_url('decide')}?draft={paper.subject_id}")
    assert "対象経費を精査したため。" not in stranger.content.decode()


def test_the_draft_of_a_refusal(world: World, filing: Filing) -> None:
    client = client_of(world.actor(Role.DECIDER))
    reason = "目的が交付金の目的に合わない。"
    answered = client.post(
        filing.transition_url("decline"), typed(filing, preview="1", reason=reason)
    )
    assert answered.status_code == 302
    drain()
    assert reason in text_of(Document.objects.get(kind="draft_of_decline"))


def test_the_notice_of_refusal_says_why(world: World, filing: Filing) -> None:
    world.decline(filing)
    drain()
    text = text_of(Document.objects.get(kind="notice_of_refusal"))
    assert "不交付決定通知書" in text
    assert "目的が交付金の目的に合わない。" in text
    assert "（案）" not in text
    assert "30日以内" in text
    assert "適正化法第25条" in "".join(text.split())


def correction(**changed: str) -> dict[str, str]:
    return {
        "wrong": "令和７年度",
        "right": "令和８年度",
        "reason": "年度の書き誤りがあったため。",
        "document_number": "府孤推第77号",
        "issued_on": timezone.localdate().isoformat(),
        **changed,
    }


@pytest.mark.parametrize("kind", ["notice_of_decision", "notice_of_refusal", "notice_of_promise"])
def test_a_wrong_notice_is_followed_by_a_correction(
    world: World, filing: Filing, kind: str
) -> None:
    """Its own number and reasons; it names the notice that it corrects, whose number stays."""
    if kind == "notice_of_promise":
        promised(world, world.nagano, 2_000_000)
    elif kind == "notice_of_refusal":
        world.decline(filing)
    else:
        world.decide(filing)
    drain()
    wrong = Document.objects.get(kind=kind)
    before = (wrong.title, wrong.sha256)
    client = client_of(world.actor(Role.DECIDER))
    url = f"/decisions/notices/{wrong.pk}/correct/"
    assert client.get(url).status_code == 200
    assert client.post(url, correction(reason="")).status_code == 422
    assert client.post(url, correction(issued_on="2020-01-01")).status_code == 422
    assert client.post(url, correction()).status_code == 302
    drain()
    text = text_of(Document.objects.get(kind="notice_of_correction"))
    assert "府孤推第77号" in text.replace("７", "7")
    number = wrong.title.partition("（")[2].rstrip("）")
    assert number.translate(str.maketrans("0123456789", "０１２３４５６７８９")) in text or (
        number in text
    )
    wrong.refresh_from_db()
    assert (wrong.title, wrong.sha256) == before
    assert "府孤推第77号" in client.get("/decisions/notices/").content.decode()
    assert client.post(url, correction()).status_code == 422, "its number is used"
    assert verify() == []


def test_who_corrects_and_what(world: World, filing: Filing) -> None:
    world.decide(filing)
    drain()
    notice = Document.objects.get(kind="notice_of_decision")
    url = f"/decisions/notices/{notice.pk}/correct/"
    assert client_of(world.actor(Role.REVIEWER)).post(url, correction()).status_code == 403
    assert client_of(world.actor(Role.DRAFTER)).get(url).status_code == 403
    gifu = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert gifu.get(url).status_code == 404
    application = Document.objects.get(kind="application")
    other = f"/decisions/notices/{application.pk}/correct/"
    decider = client_of(world.actor(Role.DECIDER))
    assert decider.post(other, correction()).status_code == 404
    assert not Correction.objects.exists()


def test_a_correction_stays_as_it_was_made(world: World, filing: Filing) -> None:
    world.decide(filing)
    drain()
    notice = Document.objects.get(kind="notice_of_decision")
    decider = client_of(world.actor(Role.DECIDER))
    decider.post(f"/decisions/notices/{notice.pk}/correct/", correction())
    for broken in (
        lambda: Correction.objects.update(document_number="別の番号"),
        lambda: Correction.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            broken()


def rows_of(world: World) -> dict[str, Any]:
    conditions = list(world.programme.conditions.all())
    data: dict[str, Any] = {
        "conditions-TOTAL_FORMS": str(len(conditions)),
        "conditions-INITIAL_FORMS": str(len(conditions)),
    }
    for n, one in enumerate(conditions):
        data[f"conditions-{n}-order"] = str(one.order)
        data[f"conditions-{n}-text"] = one.text
        data[f"conditions-{n}-basis"] = one.basis
        if one.is_default:
            data[f"conditions-{n}-is_default"] = "on"
    return data


def test_the_list_of_conditions_is_kept_by_the_programme_manager(
    world: World, filing: Filing
) -> None:
    """Order, text and basis change for decisions to come; those of the past keep their own."""
    world.decide(world.filing("reviewed", world.tottori))
    url = f"/programmes/{world.programme.pk}/conditions/"
    manager = client_of(world.actor(Role.PROGRAMME_MANAGER))
    assert manager.get(url).status_code == 200
    data = rows_of(world)
    last = world.programme.conditions.count() - 1
    data[f"conditions-{last}-order"] = "0"
    data["conditions-0-text"] = "書き直した条件"
    assert manager.post(url, data | {"conditions-0-basis": ""}).status_code == 422
    assert manager.post(url, data).status_code == 302
    texts = [c.text for c in world.programme.conditions.all()]
    assert texts[1] == "書き直した条件"
    assert "収益" in texts[0]
    assert client_of(world.actor(Role.DECIDER)).get(url).status_code == 403
    assert verify() == []
