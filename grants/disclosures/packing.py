"""The ZIP of one request: the index first, the masked text, the files as they are given, their hashes.

Paths are plain letters and numbers: the name of a file may say what is hidden in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from portal.documents.api import (
    EXTENSIONS,
    HASHES,
    Document,
    add_file,
    add_hashes,
    links_beside,
    read_file,
    render_html,
)

from .files import files_of
from .models import Bundle, DisclosedText, DisclosureRequest

INDEX = "00-index.pdf"
TEXT = "01-disclosed.pdf"
# Stands before each path while the index is drawn, and is taken off again: its links are relative.
_HERE = "https://bundle.invalid/"


@dataclass(frozen=True, slots=True)
class Given:
    """A file that leaves the office: where it lies in the ZIP, and what the decision said of it."""

    path: str
    title: str
    outcome: str
    sha256: str
    document: Document


def text_of(request: DisclosureRequest) -> Document | None:
    """The paper with the masked text, made by the decision."""
    found = Document.objects.filter(case_id=request.pk, kind="disclosure")
    return found.order_by("-created_at").first()


def given_by(request: DisclosureRequest) -> list[Given]:
    """As the decision listed them: their titles are masked there already."""
    kept = json.loads(DisclosedText.objects.get(request=request).payload)["files"]
    told = {one["number"]: one for one in kept if one["given_sha256"]}
    found = []
    for one in files_of(request):
        if one.number in told and one.given is not None:
            said = told[one.number]
            path = f"files/{one.number:03}{_suffix(one.given)}"
            found.append(
                Given(path, said["title"], said["outcome"], said["given_sha256"], one.given)
            )
    return found


def _suffix(document: Document) -> str:
    found = PurePath(document.original_name).suffix.lower().lstrip(".")
    return f".{found}" if found in EXTENSIONS else ""


def pack(bundle: Bundle, into: BinaryIO) -> None:
    """The same bytes for the same decision. Raises ValueError for a file that is not what was decided
    on any more, or for a text that is not made yet."""
    request = bundle.request
    text, given = text_of(request), given_by(request)
    if text is None or not text.is_ready:
        raise ValueError("the disclosed text is not made yet")
    listed = [_listed(TEXT, text.title, "", text.sha256, text.size)]
    listed += [
        _listed(one.path, one.title, one.outcome, one.sha256, one.document.size) for one in given
    ]
    index = _index(request, listed)
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        hashes = [{"path": INDEX, **add_file(archive, INDEX, index)}]
        for said, content in zip(
            listed, _contents([text, *(g.document for g in given)]), strict=True
        ):
            added = add_file(archive, said["path"], content)
            if added["sha256"] != said["sha256"]:
                raise ValueError(f"{said['path']} is not the file that was decided on")
            hashes.append({"path": said["path"], **added})
        add_hashes(archive, hashes)


def _listed(path: str, title: str, outcome: str, sha256: str, size: int) -> dict[str, Any]:
    return {"path": path, "title": title, "outcome": outcome, "sha256": sha256, "size": size}


def _contents(documents: list[Document]) -> Iterator[bytes]:
    """One at a time is in memory."""
    for document in documents:
        yield read_file(document)


def _index(request: DisclosureRequest, listed: list[dict[str, Any]]) -> bytes:
    html = render_to_string(
        "pdf/disclosure_index.html",
        {"request_": request, "listed": listed, "hashes": HASHES, "here": _HERE},
    )
    return links_beside(render_html(html), _HERE)
