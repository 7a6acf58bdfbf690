"""Putting a kit together: files as they are, a list of their hashes, a table of contents whose links
lead to the files beside it. Works on a file of the disk; one paper at a time is in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from portal.documents.api import (
    Document,
    add_file,
    add_hashes,
    links_beside,
    read_file,
    render_html,
)

from .contents import SECTIONS
from .models import Kit

CONTENTS = "contents.pdf"
# Stands before each path while the page is drawn, and is taken off again: the links are relative.
_HERE = "https://kit.invalid/"


def pack(kit: Kit, into: BinaryIO) -> None:
    """Writes the ZIP; the same bytes for the same kit. Raises ValueError for a paper whose file no
    longer fits its hash."""
    listed: list[dict[str, Any]] = []
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        for entry, content in _files(kit.entries):
            listed.append({**entry, **add_file(archive, entry["path"], content)})
        table = _contents(kit, listed)
        listed.append({"path": CONTENTS, **add_file(archive, CONTENTS, table)})
        add_hashes(archive, listed)


def _files(entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], bytes]]:
    wanted = [entry["document"] for entry in entries if entry["document"]]
    papers = {str(paper.pk): paper for paper in Document.objects.filter(pk__in=wanted)}
    for entry in entries:
        paper = papers.get(entry["document"])
        yield entry, read_file(paper) if paper is not None else entry["text"].encode()


def _contents(kit: Kit, listed: list[dict[str, Any]]) -> bytes:
    sections = [
        (name, [one for one in listed if one["section"] == number])
        for number, name in SECTIONS.items()
    ]
    html = render_to_string(
        "pdf/kit_contents.html", {"kit": kit, "sections": sections, "here": _HERE}
    )
    return links_beside(render_html(html), _HERE)
