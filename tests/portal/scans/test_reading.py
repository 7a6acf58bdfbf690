"""The child that opens what a stranger sent: what it finds, and what it refuses in time."""

from __future__ import annotations

import resource
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from django.conf import settings
from PIL import Image

from portal.documents.pdf import render
from portal.scans.reading import Limits, ReadingRefused, draw_page, read_codes
from tests.portal.scans.scanning import code, jpeg, page_with_code, pdf, stamped, turned

SEAL = "0123456789abcdef" * 4
ADDRESS = f"{settings.SITE_URL}/documents/verify/{SEAL}/"


@pytest.fixture(scope="module")
def paper() -> bytes:
    """As our own papers have it: 20 mm wide, at the foot of the page."""
    import segno

    qr = segno.make(ADDRESS, error="m").svg_data_uri(scale=3, border=0)
    return render(
        f'<html lang="ja"><head><title>書類</title></head><body class="form-doc"><p>{"本文。" * 300}</p>'
        f'<div class="form-verify"><div class="form-verify__qr"><img src="{qr}" alt="照合用"></div>'
        f'<div class="form-verify__text">識別値（SHA-256）</div></div></body></html>'
    ).content


SCANS: dict[str, Callable[[bytes], bytes]] = {
    "as issued": lambda paper: paper,
    "100 dpi, grey, poor JPEG": lambda paper: jpeg(page_with_code(paper, 100), 40),
    "150 dpi with a stamp": lambda paper: jpeg(stamped(page_with_code(paper, 150))),
    "600 dpi": lambda paper: jpeg(page_with_code(paper, 600)),
    "upside down": lambda paper: jpeg(turned(page_with_code(paper, 150), 180)),
    "on its side": lambda paper: jpeg(turned(page_with_code(paper, 150), 90)),
    "skewed": lambda paper: jpeg(turned(page_with_code(paper, 150), -7)),
    "skewed at 100 dpi": lambda paper: jpeg(turned(page_with_code(paper, 100), 3), 60),
    "second page of a PDF": lambda paper: pdf(
        Image.new("L", (1240, 1754), 255), page_with_code(paper, 150)
    ),
}


@pytest.mark.parametrize("name", SCANS)
def test_the_code_is_found_however_it_was_scanned(paper: bytes, name: str) -> None:
    assert {found.seal for found in read_codes(SCANS[name](paper))} == {SEAL}


def test_a_code_on_a_later_page_says_which(paper: bytes) -> None:
    found = read_codes(SCANS["second page of a PDF"](paper))
    assert [one.page for one in found] == [2]


def test_a_code_of_somebody_else_is_told_apart_from_none() -> None:
    assert [one.seal for one in read_codes(jpeg(code("https://example.com/")))] == [""]
    assert read_codes(jpeg(Image.new("L", (1240, 1754), 255))) == []


def png_bomb() -> bytes:
    """400 million pixels in 50 KB."""
    made = BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    return made.getvalue()


def pdf_bomb() -> bytes:
    """A page whose picture unpacks to 900 MB."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    packer = zlib.compressobj(9)
    row = bytes(1_000_000)
    packed = b"".join(packer.compress(row) for _ in range(900)) + packer.flush()
    picture = pikepdf.Stream(made, packed)
    picture.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": 30_000,
            "/Height": 30_000,
            "/ColorSpace": pikepdf.Name.DeviceGray,
            "/BitsPerComponent": 8,
        }
    )
    # What is packed already stays so.
    picture.write(packed, filter=pikepdf.Name.FlateDecode)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    page.Contents = pikepdf.Stream(made, b"595 0 0 842 0 0 cm /P Do")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "refusals"),
    [
        (png_bomb, {"pixels"}),
        (lambda: b"%PDF-1.7 nothing of it", {"damaged"}),
        (lambda: b"\x89PNG\r\n\x1a\n nothing of it", {"damaged"}),
        (lambda: pdf(*[Image.new("L", (60, 80), 255)] * 31), {"pages"}),
    ],
    ids=["pixels", "no PDF", "no picture", "31 pages"],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    content: Callable[[], bytes], refusals: set[str]
) -> None:
    with pytest.raises(ReadingRefused) as refusal:
        read_codes(content())
    assert refusal.value.code in refusals


@pytest.mark.long
def test_a_picture_that_unpacks_to_much_costs_little() -> None:
    """Nothing is found in it, or it is refused; the reader never holds more than it was given."""
    begun = time.monotonic()
    with suppress(ReadingRefused):
        assert read_codes(pdf_bomb()) == []
    assert time.monotonic() - begun < 60
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 800 * 1024


def test_time_and_memory_have_an_end() -> None:
    page = jpeg(Image.effect_noise((3000, 4000), 80))
    with pytest.raises(ReadingRefused) as refusal:
        read_codes(pdf(*[Image.open(BytesIO(page))] * 30), Limits(seconds=1))
    assert refusal.value.code == "too_slow"
    with pytest.raises(ReadingRefused):
        read_codes(page, Limits(memory=40_000_000))


def test_a_page_is_drawn_to_be_looked_at(paper: bytes) -> None:
    drawn = Image.open(BytesIO(draw_page(paper, 1)))
    assert (drawn.format, max(drawn.size)) == ("PNG", 1000)
    with pytest.raises(ReadingRefused):
        draw_page(paper, 99)
