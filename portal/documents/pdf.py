"""The one door to WeasyPrint: no network, no files, fonts of the machine, PDF/A-2a and PDF/UA-1.

`render` takes HTML made by our own templates. Everything that a person typed was escaped there; a
URL that slips through is refused by the fetcher.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from .archival import VARIANT, declare_universal_access

SHEETS = ("print-form.css",)


class ReferenceOutside(FatalURLFetchingError):  # weasyprint ships no types
    """The page asked for something beyond itself: a fault of the template, or an attack."""


class _OnlyData(URLFetcher):  # weasyprint ships no types
    """Deny by default: images drawn by us arrive as `data:`; anything else is refused."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url.startswith(("data:image/svg+xml", "data:image/png")):
            return super().fetch(url, headers)
        raise ReferenceOutside(url[:100])


@dataclass(frozen=True, slots=True)
class Rendered:
    content: bytes
    pages: int


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _sheet(name: str) -> CSS:
    path: Path = settings.BASE_DIR / "static" / "css" / name
    return CSS(string=path.read_text(), font_config=_fonts(), url_fetcher=_OnlyData())


def render(html: str, sheets: tuple[str, ...] = SHEETS) -> Rendered:
    """A4 PDF with tags, title and language from the HTML's own head. About 0.2 s for three pages.

    The bytes are the same for the same HTML. Raises ReferenceOutside.
    """
    document = HTML(string=html, url_fetcher=_OnlyData(), base_url=None).render(
        stylesheets=[_sheet(name) for name in sheets], font_config=_fonts(), pdf_variant=VARIANT
    )
    declare_universal_access(document.metadata)
    buffer = BytesIO()
    document.write_pdf(buffer, pdf_variant=VARIANT)
    return Rendered(buffer.getvalue(), len(document.pages))


def warm() -> None:
    """Pays the first render's second when a worker starts, not when someone waits.

    What a worker holds for ever is then set apart from what each collection walks through: the
    many small objects of a layout make it collect often, and a render took 1.6 times as long.
    """
    render('<html lang="ja"><head><title>準備</title></head><body><p>準備</p></body></html>')
    gc.collect()
    gc.freeze()
