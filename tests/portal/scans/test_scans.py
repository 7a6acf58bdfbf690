"""署名・押印済みの写し: found by its code, shown beside the paper, filed with it; never guessed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from grants.filings.api import Filing, latest_version
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused
from portal.documents.api import Document, Limits
from portal.outbox.api import drain
from portal.scans.api import Scan, receive_scan
from portal.workflow.api import perform
from tests.portal.scans.scanning import code, content_of, jpeg, page_with_code, pdf, scan_of
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(world: World) -> Filing:
    made = world.filing("submitted")
    drain()
    return made


def paper_of(filing: Filing, number: int = 1) -> Document:
    sealed = filing.versions.get(number=number)
    return Document.objects.of_subject(sealed).get(kind="application")


def scanned(filing: Filing, number: int = 1, dpi: int = 150) -> bytes:
    return jpeg(page_with_code(content_of(paper_of(filing, number)), dpi))


def body(actor: Any, scan: Scan, asked: str = "") -> str:
    answer = client_of(actor).get(scan.get_absolute_url() + asked)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def filed(actor: Any, scan: Scan, paper: Document) -> Scan:
    return perform(Scan, scan.pk, "file", actor, data={"issued": paper.pk}).subject


def test_a_scan_finds_its_case_and_is_filed_there(world: World, filing: Filing) -> None:
    drafter, paper = world.actor(Role.DRAFTER), paper_of(filing)
    scan = scan_of(drafter, scanned(filing))
    text = body(drafter, scan)
    assert "書類が見つかりました" in text
    assert paper.title in text
    client = client_of(drafter)
    for picture in re.findall(r'<img class="scan-page" src="([^"]+)"', text):
        answer = client.get(picture)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    data = {"issued": str(paper.pk), "version": scan.version}
    assert client.post(scan.transition_url("file"), data).status_code == 302
    scan.refresh_from_db()
    copy = scan.document
    assert (copy.case_id, copy.kind) == (filing.case_id, "signed_copy")
    assert set(copy.readers.all()) == set(paper.readers.all())
    assert not scan.is_by_hand
    event = Event.objects.get(verb="scans.scan.file")
    assert event.case_id == filing.case_id
    assert event.data["said"]["ファイルの識別値"] == copy.sha256
    # Both offices find it among the papers of the case.
    for actor in (drafter, world.actor(Role.REVIEWER)):
        page = client_of(actor).get(filing.get_absolute_url()).content.decode()
        assert f"{paper.title}（署名・押印済みの写し）" in page
    assert "写しを綴じました" in body(drafter, scan)
    assert verify() == []


def test_the_same_file_again_changes_nothing(world: World, filing: Filing) -> None:
    drafter = world.actor(Role.DRAFTER)
    content = scanned(filing)
    scan = filed(drafter, scan_of(drafter, content), paper_of(filing))
    events, papers = Event.objects.count(), Document.objects.count()
    again = scan_of(drafter, content, "別の名前.jpg")
    assert (again.pk, again.state) == (scan.pk, "bound")
    assert (Event.objects.count(), Document.objects.count()) == (events, papers)
    with pytest.raises(Refused):
        filed(drafter, again, paper_of(filing))


def test_one_that_was_set_aside_begins_anew(world: World, filing: Filing) -> None:
    drafter = world.actor(Role.DRAFTER)
    scan = scan_of(drafter, scanned(filing))
    perform(Scan, scan.pk, "drop", drafter)
    assert scan_of(drafter, scanned(filing)).state == "read"


def test_what_one_may_not_read_answers_like_what_never_was(world: World, filing: Filing) -> None:
    gifu = world.actor(Role.DRAFTER, world.gifu)
    theirs = scan_of(gifu, scanned(filing), "写し.jpg")
    never = jpeg(code(f"{settings.SITE_URL}/documents/verify/{'0' * 64}/"))
    nobodys = scan_of(gifu, never, "写し.jpg")

    def told(scan: Scan) -> str:
        text = body(gifu, scan)
        for known in (str(scan.pk), scan.document.sha256, scan.document.sha256[:12]):
            text = text.replace(known, "*")
        return re.sub(r"value=\"[^\"]+\"|nonce=\"[^\"]+\"|[0-9.]+.?[KM]B|[A-Z0-9]{8,}", "*", text)

    assert "この二次元コードの書類はありません" in told(theirs)
    assert paper_of(filing).title not in body(gifu, theirs)
    assert told(theirs) == told(nobodys)
    address = f"{theirs.get_absolute_url()}?issued={paper_of(filing).pk}"
    assert client_of(gifu).get(address).status_code == 404
    assert (
        client_of(gifu)
        .get(f"{theirs.get_absolute_url()}picture/{paper_of(filing).pk}/")
        .status_code
        == 404
    )
    with pytest.raises(Refused, match="選んだ書類がありません"):
        filed(gifu, theirs, paper_of(filing))


def test_a_scan_is_its_own_office_s_until_it_is_filed(world: World, filing: Filing) -> None:
    scan = scan_of(world.actor(Role.DRAFTER), scanned(filing))
    for actor in (world.actor(Role.DRAFTER, world.gifu), world.actor(Role.REVIEWER)):
        assert client_of(actor).get(scan.get_absolute_url()).status_code == 404
        assert not Document.objects.for_user(actor).filter(pk=scan.document_id).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: jpeg(Image.new("L", (1240, 1754), 255)), "二次元コードが見つかりません"),
        (
            lambda: jpeg(code("https://example.com/documents/verify/" + "a" * 64)),
            "このポータルの書類のものではありません",
        ),
        (
            lambda: pdf(*(code(f"{settings.SITE_URL}/documents/verify/{c * 64}/") for c in "ab")),
            "別々の書類の二次元コードがあります",
        ),
        (lambda: pdf(*[Image.new("L", (60, 80), 255)] * 31), "ページが多すぎます（30ページまで）"),
    ],
    ids=["none", "another's", "two papers", "too many pages"],
)
def test_without_one_paper_the_person_is_told_and_chooses(
    world: World, filing: Filing, content: Any, said: str
) -> None:
    drafter, paper = world.actor(Role.DRAFTER), paper_of(filing)
    made = content()
    scan = scan_of(drafter, made, "写し.pdf" if made.startswith(b"%PDF") else "写し.jpg")
    text = body(drafter, scan, "?q=交付申請")
    assert said in text
    assert f"?issued={paper.pk}" in text
    assert "二次元コードによらずに選んだ書類です" in body(drafter, scan, f"?issued={paper.pk}")
    done = filed(drafter, scan, paper)
    assert done.is_by_hand
    assert Event.objects.get(verb="scans.scan.file").data["said"]["見つけ方"] == "人が選んだ"


def test_a_paper_of_an_earlier_version_says_so(world: World, filing: Filing) -> None:
    content, drafter = scanned(filing), world.actor(Role.DRAFTER)
    again = world.submit(
        world.act(filing, "recall", world.actor(Role.APPROVER), reason="額の誤り").subject
    )
    drain()
    text = body(drafter, scan_of(drafter, content))
    assert "前の版の書類です" in text
    assert "第2版が提出されています" in text
    assert "前の版の書類です" not in body(drafter, scan_of(drafter, scanned(again, 2), "2.jpg"))


def test_a_seal_on_two_papers_asks_which(world: World) -> None:
    """A notice of decision holds the seal of the application that it answers."""
    filing = world.filing("decided")
    drain()
    drafter, sealed = world.actor(Role.DRAFTER), latest_version(filing)
    assert sealed is not None
    application, notice = Document.objects.filter(payload_hash=sealed.sha256).order_by("created_at")
    scan = scan_of(drafter, scanned(filing))
    text = body(drafter, scan)
    assert "どの書類の写しかを選んでください" in text
    assert ">写しを綴じる</button>" not in text
    assert {application.title, notice.title} <= set(re.findall(r"issued=[^>]+>([^<]+)<", text))
    assert not filed(drafter, scan, notice).is_by_hand


def test_only_what_a_scanner_makes_is_taken(world: World) -> None:
    upload = SimpleUploadedFile("写し.pdf", b"MZ not a paper")
    with pytest.raises(ValidationError):
        receive_scan(actor=world.actor(Role.DRAFTER), upload=upload, limits=Limits())
    client = client_of(world.actor(Role.DRAFTER))
    answer = client.post("/scans/upload/", {"file": SimpleUploadedFile("表.xlsx", b"PK")})
    assert answer.status_code == 422
    assert "追加できません" in answer.content.decode()
    assert "ファイルを追加してください" in client.post("/scans/upload/").content.decode()


def test_the_list_asks_as_often_for_eight_as_for_three(world: World, filing: Filing) -> None:
    drafter = world.actor(Role.DRAFTER)
    client = client_of(drafter)

    def asked(count: int) -> int:
        while Scan.objects.count() < count:
            page = Image.new("L", (60, 80 + Scan.objects.count()), 255)
            scan_of(drafter, jpeg(page))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/scans/").status_code == 200
        return len(seen)

    asked(1)
    assert asked(3) == asked(8)
