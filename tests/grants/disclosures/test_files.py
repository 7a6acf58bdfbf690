"""The files of a case: each given whole, in part or not at all, with its ground; none is forgotten."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.disclosures.api import DisclosureRequest, FileRuling, files_of, rule_on_file
from grants.disclosures.files import CaseFile, attached_to
from grants.disclosures.models import DisclosedText
from grants.disclosures.rules import file_reasons
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, read_file
from portal.documents.pdf import render
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.disclosures.test_disclosures import current, picked, rule, rule_on_files
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(world: World) -> DisclosureRequest:
    return picked(world, closing.award_of(world))


def decide(world: World, request: DisclosureRequest, one: CaseFile, **given: Any) -> FileRuling:
    return rule_on_file(
        actor=world.actor(Role.REVIEWER),
        request=request,
        document=one.document,
        seen_version=current(request).version,
        **given,
    )


def masked(text: str = "黒塗り") -> SimpleUploadedFile:
    html = f'<html lang="ja"><head><title>写し</title></head><body><p>{text}</p></body></html>'
    return SimpleUploadedFile("写し.pdf", render(html).content)


def test_every_filed_attachment_is_there_and_nothing_of_others(
    world: World, request_: DisclosureRequest
) -> None:
    closing.award_of(world, world.gifu)
    files = files_of(request_)
    assert len(files) >= 2
    assert all(one.document.original_name and one.document.is_filed for one in files)
    mine = attached_to(request_.award).values_list("case_id", flat=True)
    assert set(mine) == {request_.award.case_id}


def test_nothing_is_given_before_every_file_is_decided(
    world: World, request_: DisclosureRequest
) -> None:
    rule(world, request_)
    first, *_ = files_of(request_)
    FileRuling.objects.filter(request=request_, document=first.document).delete()
    reviewer = world.actor(Role.REVIEWER)
    with pytest.raises(Refused, match="1件の扱いが決まっていません"):
        perform(DisclosureRequest, request_.pk, "propose", reviewer)
    decide(world, request_, first, outcome="out")
    perform(DisclosureRequest, request_.pk, "propose", reviewer)
    later = first.document
    later.pk, later.key = None, "a file that came after the proposal"
    later._state.adding = True
    later.save()
    data = {**world.numbered(), "confirmed": True}
    with pytest.raises(Refused, match="1件の扱いが決まっていません"):
        perform(DisclosureRequest, request_.pk, "disclose", world.actor(Role.DECIDER), data=data)


def test_the_index_lists_each_with_both_hashes_and_its_ground(
    world: World, request_: DisclosureRequest
) -> None:
    whole, part, *rest = files_of(request_)
    decide(world, request_, whole, outcome="whole")
    made = decide(
        world, request_, part, outcome="part", ground="1", note="担当者の氏名", masked=masked()
    )
    assert made.masked is not None
    assert made.masked.sha256 != part.document.sha256
    for one in rest:
        decide(world, request_, one, outcome="withheld", ground="6")
    rule(world, request_)
    perform(DisclosureRequest, request_.pk, "propose", world.actor(Role.REVIEWER))
    data = {**world.numbered(), "confirmed": True}
    perform(DisclosureRequest, request_.pk, "disclose", world.actor(Role.DECIDER), data=data)
    drain()
    done = current(request_)
    assert done.outcome == "part"
    paper = Document.objects.get(kind="disclosure")
    pages = pypdf.PdfReader(BytesIO(read_file(paper))).pages
    told = "".join("".join(page.extract_text() for page in pages).split())
    for one in files_of(done):
        assert one.document.sha256 in told
    assert made.masked.sha256 in told
    assert "担当者の氏名" in told
    assert "情報公開法５条６号" in told or "情報公開法5条6号" in told or not rest
    kept = DisclosedText.objects.get(request=done).payload
    assert made.masked.sha256 in kept
    client = client_of(world.actor(Role.REVIEWER))
    given = reverse("disclosures:given", args=[done.pk, part.document.pk])
    assert client.get(given).content == read_file(made.masked), "never what lies under it"
    for one in rest:
        url = reverse("disclosures:given", args=[done.pk, one.document.pk])
        assert client.get(url).status_code == 404
    event = Event.objects.filter(verb="disclosures.rule_file").order_by("seq")[1]
    assert event.data["said"]["覆った写しの識別値"] == made.masked.sha256
    assert verify() == []


def test_a_file_withheld_makes_it_a_part(world: World, request_: DisclosureRequest) -> None:
    files = files_of(request_)
    decide(world, request_, files[0], outcome="withheld", ground="1")
    rule_on_files(world, request_, "out")
    rule(world, request_)
    perform(DisclosureRequest, request_.pk, "propose", world.actor(Role.REVIEWER))
    data = {**world.numbered(), "confirmed": True}
    perform(DisclosureRequest, request_.pk, "disclose", world.actor(Role.DECIDER), data=data)
    assert current(request_).outcome == "part"
    assert len(files) > 1
    assert DisclosedText.objects.get().payload.count('"given_sha256"') == 1, "out is not listed"


def test_another_case_s_file_and_an_old_page_are_refused(
    world: World, request_: DisclosureRequest
) -> None:
    other = attached_to(closing.award_of(world, world.gifu)).first()
    stranger = CaseFile(1, other, None)
    with pytest.raises(Refused, match="この案件のファイルから"):
        decide(world, request_, stranger, outcome="whole")
    first = files_of(request_)[0]
    with pytest.raises(Stale):
        rule_on_file(
            actor=world.actor(Role.REVIEWER),
            request=request_,
            document=first.document,
            seen_version=current(request_).version - 1,
            outcome="whole",
        )


def test_pages_in_the_browser(world: World, request_: DisclosureRequest) -> None:
    ensure_cache_table()
    reviewer = client_of(world.actor(Role.REVIEWER))
    url = reverse("disclosures:files", args=[request_.pk])
    first = files_of(request_)[0]
    one = reverse("disclosures:rule_file", args=[request_.pk, first.document.pk])
    assert "未決定" in reviewer.get(url).content.decode()
    typed: dict[str, Any] = {"form_version": request_.version, "outcome": "part", "ground": "1"}
    answer = reviewer.post(one, typed)
    assert answer.status_code == 409
    assert "覆った写しを追加してください" in answer.content.decode()
    same = SimpleUploadedFile(first.document.original_name, read_file(first.document))
    answer = reviewer.post(one, {**typed, "file": same})
    assert "元のファイルと同じです" in answer.content.decode()
    answer = reviewer.post(one, {**typed, "file": SimpleUploadedFile("写し.pdf", b"%PDF-1.4")})
    assert answer.status_code == 422
    assert reviewer.post(one, {**typed, "file": masked()}).status_code == 302
    assert "一部を覆った写しを開示する" in reviewer.get(url).content.decode()
    given = reverse("disclosures:given", args=[request_.pk, first.document.pk])
    assert reviewer.get(given).status_code == 404, "before the decision"
    decider = client_of(world.actor(Role.DECIDER))
    assert decider.get(url).status_code == 200
    assert decider.get(one).status_code == 403
    assert client_of(world.actor(Role.DRAFTER)).get(url).status_code == 404
    never = reverse("disclosures:rule_file", args=[request_.pk, request_.pk])
    assert reviewer.get(never).status_code == 404


def test_the_page_asks_as_often_for_eight_files_as_for_three(
    world: World, request_: DisclosureRequest
) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.REVIEWER))
    url = reverse("disclosures:files", args=[request_.pk])

    def asked(count: int) -> int:
        files = files_of(request_)
        for number in range(len(files), count):
            copy = Document.objects.get(pk=files[0].document.pk)
            copy.pk, copy.key = None, f"file {number}"
            copy._state.adding = True
            copy.save()
        rule_on_files(world, request_)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    least = max(3, len(files_of(request_)))
    asked(least)
    assert asked(least) == asked(least + 5)


@pytest.mark.parametrize(
    ("outcome", "ground", "masked_hash", "said"),
    [
        pytest.param("whole", "", "", 0, id="5条-whole"),
        pytest.param("out", "", "", 0, id="4条-not-asked-for"),
        pytest.param("withheld", "1", "", 0, id="5条1号-withheld"),
        pytest.param("withheld", "", "", 1, id="5条-withheld-without-ground"),
        pytest.param("part", "1", "b", 0, id="6条-part"),
        pytest.param("part", "1", "", 1, id="6条-part-without-copy"),
        pytest.param("part", "1", "a", 1, id="6条-copy-that-covers-nothing"),
        pytest.param("part", "", "", 2, id="6条-neither"),
    ],
)
def test_what_a_ruling_needs(outcome: str, ground: str, masked_hash: str, said: int) -> None:
    found = file_reasons(outcome, ground=ground, masked=masked_hash, original="a")
    assert len(list(found)) == said
