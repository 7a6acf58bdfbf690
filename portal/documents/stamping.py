"""A PDF that says on every page who took it out, and when."""

from __future__ import annotations

from html import escape
from io import BytesIO

import pikepdf

from .pdf import render

_LINE = (
    "<html lang='ja'><head><title>{line}</title><style>"
    "@page {{ size: A4; margin: 0 }} p {{ position: absolute; right: 8mm; bottom: 3mm; margin: 0;"
    " font-size: 7pt }}</style></head><body><p>{line}</p></body></html>"
)


def stamped(content: bytes, line: str) -> bytes:
    """The same pages with one line of text at the foot of each."""
    mark = render(_LINE.format(line=escape(line))).content
    drawn = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf, pikepdf.open(BytesIO(mark)) as overlay:
        for page in pdf.pages:
            page.add_overlay(overlay.pages[0], pikepdf.Rectangle(page.mediabox))
        pdf.save(drawn, deterministic_id=True)
    return drawn.getvalue()
