"""What a scanner makes of a paper: turned, skewed, coarse, several pages, or of something else."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from portal.core.actor import Actor
from portal.documents.api import Document, Limits, read_file
from portal.outbox.api import drain
from portal.scans.api import Scan, receive_scan


def page_with_code(content: bytes, dpi: int) -> Image.Image:
    """The page that holds the box by which a paper is checked."""
    page = next(
        page
        for page in pypdfium2.PdfDocument(content)
        if "SHA-256" in page.get_textpage().get_text_bounded()
    )
    return page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def turned(page: Image.Image, degrees: float) -> Image.Image:
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def stamped(page: Image.Image) -> Image.Image:
    """A seal beside the text, as an office puts it."""
    mark = Image.new("L", (page.width // 12, page.width // 12), 90)
    page.paste(ImageOps.expand(mark, border=4, fill=255), (page.width * 3 // 4, page.height // 6))
    return page


def code(text: str) -> Image.Image:
    """A page with one code that says this."""
    made = BytesIO()
    segno.make(text, error="m").save(made, kind="png", scale=4, border=4)
    page = Image.new("L", (1000, 1400), 255)
    page.paste(Image.open(made).convert("L"), (300, 500))
    return page


def jpeg(page: Image.Image, quality: int = 70) -> bytes:
    made = BytesIO()
    page.save(made, "JPEG", quality=quality)
    return made.getvalue()


def pdf(*pages: Image.Image) -> bytes:
    made = BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return made.getvalue()


def scan_of(actor: Actor, content: bytes, name: str = "押印済み.jpg") -> Scan:
    """Uploaded, and read by the worker."""
    upload = SimpleUploadedFile(name, content)
    made = receive_scan(actor=actor, upload=upload, limits=Limits())
    drain()
    return Scan.objects.for_pages().get(pk=made.pk)


def content_of(paper: Document) -> bytes:
    return read_file(paper)
