"""The papers: whole, readable by everybody and everything, and made without reaching outside."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from grants.filings.api import Filing, latest_version
from portal.documents import pdf
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.world import World

NAMES = "髙橋 﨑𠮷"


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def fonts(reader: pypdf.PdfReader) -> dict[str, bool]:
    """Name of every font on every page → whether its outlines are in the file."""
    found = {}
    for page in reader.pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            one = font.get_object()
            inner = one["/DescendantFonts"][0].get_object() if "/DescendantFonts" in one else one
            about = inner["/FontDescriptor"].get_object()
            embedded = any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[str(one["/BaseFont"])] = embedded
    return found


def words(reader: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.fixture
def decided(world: World) -> Filing:
    filing = world.draft()
    filing.plan_revision.__class__.objects.filter(pk=filing.revision_id).update(
        applicant_name=NAMES
    )
    filing = world.finish_review(world.begin_review(world.submit(filing)))
    world.decide(filing)
    drain()
    return filing


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application", "notice_of_decision"])
def test_a_paper(decided: Filing, kind: str) -> None:
    paper = Document.objects.get(kind=kind)
    content = read_file(paper)
    reader = opened(content)
    assert reader.pdf_header.startswith("%PDF-1.7")
    assert len(reader.pages) == paper.pages
    assert fonts(reader)
    assert all(fonts(reader).values()), fonts(reader)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert str(root["/Lang"]).startswith("ja")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part(?:=\"|>)1", metadata)
    assert re.search(r"pdfaid:part(?:=\"|>)2", metadata)
    assert re.search(r"pdfaid:conformance(?:=\"|>)A", metadata)
    assert metadata.count("<rdf:RDF") == 1
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object()["/N"] == 3
    assert reader.trailer["/ID"]
    assert "/Encrypt" not in reader.trailer
    assert reader.metadata is not None
    assert reader.metadata.title
    text = words(reader)
    if kind == "application":
        for name in NAMES.split():
            assert name in text.replace("\n", ""), "a name as its owner writes it"
    sealed = latest_version(decided)
    assert sealed is not None
    for part in re.findall(".{16}", sealed.sha256):
        assert part in text, "the seal, on paper"
    assert f"{paper.pages}" in text


@pytest.mark.django_db
def test_the_application_holds_its_four_parts(decided: Filing, world: World) -> None:
    text = words(opened(read_file(Document.objects.get(kind="application")))).replace("\n", "")
    for part in ("交付申請書", "事業計画書", "所要額調書", "要領"):
        assert part in text
    assert "決裁" not in text.split("事業計画書")[0], "no internal seal box on an outgoing paper"
    assert "内閣総理大臣" in text


HTML = '<html lang="ja"><head><title>見本</title>{head}</head><body><p>見本</p>{body}</body></html>'


def test_the_same_page_gives_the_same_bytes() -> None:
    page = HTML.format(head="", body="<p>髙橋 﨑 𠮷</p>")
    assert pdf.render(page) == pdf.render(page)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and what was asked of it."""
    asked: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


NESTED = (
    '<img alt="" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 '
    "xmlns:xlink=%22http://www.w3.org/1999/xlink%22%3E%3Cimage xlink:href=%22{url}h.png%22/%3E"
    '%3C/svg%3E">'
)
PAYLOADS = {
    "an image": ("", '<img src="{url}a.png" alt="">'),
    "a style sheet": ('<link rel="stylesheet" href="{url}a.css">', ""),
    "an import": ("<style>@import url({url}b.css);</style>", ""),
    "a font": (
        "<style>@font-face {{ font-family: x; src: url({url}f.ttf) }} p {{ font-family: x }}</style>",
        "",
    ),
    "a background": ("<style>p {{ background: url({url}c.png) }}</style>", ""),
    "an attachment": ('<link rel="attachment" href="{url}d.txt">', ""),
    "an attached link": ("", '<a rel="attachment" href="{url}e.txt">x</a>'),
    "an object": ("", '<object data="{url}f.svg"></object>'),
    "an embed": ("", '<embed src="{url}g.svg">'),
    "a picture in a picture": ("", NESTED),
    "a list mark": (
        "<style>li {{ list-style-image: url({url}i.png) }}</style>",
        "<ul><li>x</li></ul>",
    ),
}


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("where", ["http", "file"])
def test_nothing_is_fetched(
    payload: str, where: str, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    """security B3-39: what a person typed never makes the worker open anything."""
    address, asked = listener
    for name in ("a.png", "a.css", "b.css", "d.txt", "e.txt", "f.svg"):
        (tmp_path / name).write_text("SECRET-OF-THE-MACHINE")
    url = address if where == "http" else f"{tmp_path.as_uri()}/"
    head, body = (part.format(url=url) for part in PAYLOADS[payload])
    try:
        content = pdf.render(HTML.format(head=head, body=body)).content
    except pdf.ReferenceOutside:
        content = b""
    assert asked == []
    if content:
        reader = opened(content)
        assert not reader.attachments
        assert b"SECRET-OF-THE-MACHINE" not in content
        assert "SECRET" not in words(reader)


@pytest.mark.django_db
def test_what_a_person_typed_is_text_on_paper(world: World) -> None:
    filing = world.draft()
    typed = '<img src="file:///etc/hostname"><a rel="attachment" href="file:///etc/passwd">x</a>'
    type(filing.plan_revision).objects.filter(pk=filing.revision_id).update(vision=typed)
    world.submit(filing)
    drain()
    paper = Document.objects.get(kind="application")
    assert paper.is_ready
    reader = opened(read_file(paper))
    assert not reader.attachments
    assert "file:///etc/hostname" in words(reader).replace("\n", "")
