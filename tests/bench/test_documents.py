"""The application as PDF, cold and warm, beside headless Chromium printing the same HTML."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser

from grants.demo.stories import LIGHT
from grants.kinds.application.documents import application
from portal.documents import pdf
from portal.documents.api import Document
from tests.world import build_world, ensure_cache_table

from .figures import Figure, keep, medians, seconds

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
CHROMIUM = ("/usr/bin/chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer")
COLD = (
    "import sys, pathlib, django; django.setup(); from portal.documents import pdf;"
    "pdf.render(pathlib.Path(sys.argv[1]).read_text())"
)


def test_pdf_beside_a_browser(tmp_path: Path, chromium: Browser) -> None:
    ensure_cache_table()
    world = build_world()
    filing = world.filing("submitted", story=LIGHT[0])
    document = Document.objects.get(kind="application", case_id=filing.case_id)
    html = render_to_string("pdf/application.html", {"document": document, **application(document)})
    page_file = tmp_path / "application.html"
    page_file.write_text(html)
    sheet = (ROOT / "static" / "css" / "print-form.css").read_text()
    cold = seconds(
        lambda: subprocess.run([sys.executable, "-c", COLD, str(page_file)], cwd=ROOT, check=True)
    )
    pdf.warm()
    pages = pdf.render(html).pages
    fresh = seconds(
        lambda: subprocess.run(
            [*CHROMIUM, f"--print-to-pdf={tmp_path / 'browser.pdf'}", page_file.as_uri()],
            check=True,
            capture_output=True,
        )
    )
    page = chromium.new_page()

    def by_browser() -> None:
        page.set_content(html)
        page.add_style_tag(content=sheet)
        page.pdf(format="A4", prefer_css_page_size=True, tagged=True)

    by_browser()
    middle = medians({"ours": lambda: pdf.render(html), "browser": by_browser}, 7)
    page.close()
    ours = middle["ours"]
    keep(
        Figure(f"PDF {pages}ページ cold", cold, "s", "Chromium, fresh process", cold / fresh),
        Figure(f"PDF {pages}ページ warm", ours, "s", "Chromium, fresh process", ours / fresh),
        Figure(
            f"PDF {pages}ページ warm / kept",
            ours,
            "s",
            "Chromium, kept open",
            ours / middle["browser"],
        ),
    )
