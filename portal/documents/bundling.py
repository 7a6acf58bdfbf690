"""A ZIP of papers: each file as it is, and the whole kept under its own hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files.base import File
from django.core.files.storage import default_storage

# What sha256sum reads to check all files beside it.
HASHES = "SHA256SUMS"
_PART = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bundled:
    """A file of the storage: its name there, its hash, its size in bytes."""

    file: str
    sha256: str
    size: int


def add_file(archive: ZipFile, path: str, content: bytes) -> dict[str, Any]:
    """Without a date, so that the same contents make the same bytes. Gives hash and size."""
    info = ZipInfo(path)
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, content)
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def add_hashes(archive: ZipFile, listed: Sequence[Mapping[str, Any]]) -> None:
    lines = "".join(f"{one['sha256']}  {one['path']}\n" for one in listed)
    add_file(archive, HASHES, lines.encode())


def keep_bundle(packed: BinaryIO) -> Bundled:
    """Stores the file under its hash; one that is there already is not stored again."""
    size = packed.seek(0, 2)
    packed.seek(0)
    sha256 = _digest(packed)
    packed.seek(0)
    name = f"{sha256[:2]}/{sha256}"
    if not default_storage.exists(name):
        name = default_storage.save(name, File(packed))
    return Bundled(name, sha256, size)


def parts_of_bundle(name: str) -> Iterator[bytes]:
    """Opens the file when the first part is asked for."""
    with default_storage.open(name) as file:
        while part := file.read(_PART):
            yield part


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while part := file.read(_PART):
        found.update(part)
    return found.hexdigest()
