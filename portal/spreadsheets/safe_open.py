"""Opening a file that a stranger sent: by its content, within limits, in a child process.

A file of 300 KB can hold 300 MB, and can lie about it; so nothing here looks inside. The child
(`child.py`) has its own memory and time, and the worker that waits for it risks neither.
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .refusals import UploadRefusedError
from .workbook import Sheet, Workbook, fill_merged

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("child.py")
_MB = 1024 * 1024

_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"BM", "画像"),
    (b"II*\x00", "画像"),
    (b"MM\x00*", "画像"),
    (b"RIFF", "画像・音声・動画"),
    (b"MZ", "プログラム"),
    (b"\x7fELF", "プログラム"),
    (b"#!", "プログラム"),
    (b"Rar!", "圧縮ファイル"),
    (b"7z\xbc\xaf", "圧縮ファイル"),
    (b"\x1f\x8b", "圧縮ファイル"),
    (b"{\\rtf", "リッチテキスト"),
    (b"SQLite", "データベース"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one upload may take. Bytes and seconds; `max_bytes` is programme data."""

    max_bytes: int = 25 * _MB
    max_inflated_bytes: int = 160 * _MB
    max_entries: int = 1_000
    max_rows: int = 120_000
    max_cells: int = 2_000_000
    max_characters: int = 20_000_000
    max_merged_cells: int = 100_000
    child_memory: int = 192 * _MB
    child_seconds: int = 20


def open_upload(source: bytes | Path, filename: str, limits: Limits | None = None) -> Workbook:
    """Read a CSV, XLSX or XLS; raises UploadRefusedError with what the sender should do.

    `filename` is only shown: what the file is, its first bytes say.
    """
    limits = limits or Limits()
    with _as_file(source) as stream:
        size = stream.seek(0, 2)
        if size == 0:
            raise UploadRefusedError("empty")
        if size > limits.max_bytes:
            raise UploadRefusedError(
                "too_large", size=-(-size // _MB), most=limits.max_bytes // _MB
            )
        stream.seek(0)
        kind = _kind(stream.read(1024))
        stream.seek(0)
        with closing(_run_child(stream, kind, limits)) as records:
            return _assemble(filename, records, limits)


@contextmanager
def _as_file(source: bytes | Path) -> Iterator[IO[bytes]]:
    """Unbuffered: the child inherits the place in the file, and must find it at the start."""
    if isinstance(source, Path):
        with source.open("rb", buffering=0) as stream:
            yield stream
        return
    with tempfile.TemporaryFile(buffering=0) as stream:
        stream.write(source)
        yield stream


def _kind(head: bytes) -> str:
    """zip, ole or text, for the child; what is known to be neither is refused by name."""
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise UploadRefusedError("wrong_type", what=what)
    # A PDF reader looks for this in the first kilobyte, so such a file would be both.
    if b"%PDF-" in head:
        raise UploadRefusedError("wrong_type", what="PDF")
    if head.startswith(b"PK"):
        return "zip"
    return "ole" if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") else "text"


def _run_child(
    stream: IO[bytes], kind: str, limits: Limits
) -> Generator[dict[str, Any], None, None]:
    """The child's records, one by one; raises when it refuses, dies or takes too long."""
    said = {
        "inflated": limits.max_inflated_bytes,
        "entries": limits.max_entries,
        "rows": limits.max_rows,
        "cells": limits.max_cells,
        "characters": limits.max_characters,
        "memory": limits.child_memory,
        "seconds": limits.child_seconds,
    }
    with subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(_CHILD), kind, json.dumps(said)],
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},  # the portal's secrets are in its environment
    ) as child:
        assert child.stdout is not None
        watch = threading.Timer(limits.child_seconds + 5, child.kill)
        watch.start()
        try:
            for line in child.stdout:
                record = json.loads(line)
                yield record
                if "end" in record or "refused" in record:
                    return
        finally:
            watch.cancel()
            child.kill()
        raise UploadRefusedError(_cause_of_death(child.wait()))


def _cause_of_death(status: int) -> str:
    logger.warning("spreadsheet child ended with status %s", status)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return "too_slow"
    # The reader aborts where it is refused memory: for a lone cell far off the table, most often.
    return "too_wide" if status < 0 else "damaged"


def _assemble(filename: str, records: Iterable[dict[str, Any]], limits: Limits) -> Workbook:
    about: dict[str, Any] = {}
    sheets: list[tuple[dict[str, Any], list[list[str]]]] = []
    seen: dict[str, str] = {}  # one string for equal cells: most of a large file repeats itself
    for record in records:
        if "refused" in record:
            raise UploadRefusedError(record["refused"], **_detail(record, limits))
        if "format" in record:
            about = record
        elif "sheet" in record:
            sheets.append((record["sheet"], []))
        elif "rows" in record:
            sheets[-1][1].extend([seen.setdefault(t, t) for t in row] for row in record["rows"])
    if not sheets:
        raise UploadRefusedError("damaged")
    try:
        read = tuple(_sheet(sheet, rows, limits.max_merged_cells) for sheet, rows in sheets)
    except ValueError:
        raise UploadRefusedError("too_wide") from None
    return Workbook(
        filename,
        about["format"],
        about["encoding"],
        about["inflated"],
        read,
        _notes(filename, about, read),
    )


def _detail(record: dict[str, Any], limits: Limits) -> dict[str, str | int]:
    most: dict[str, str | int] = {
        "inflates": limits.max_inflated_bytes // _MB,
        "rows": f"{limits.max_rows:,}",
    }
    detail: dict[str, str | int] = dict(record["detail"])
    if record["refused"] in most:
        detail["most"] = most[record["refused"]]
    return detail


def _sheet(about: dict[str, Any], rows: list[list[str]], most_merged: int) -> Sheet:
    filled = fill_merged(rows, about.get("merged", []), most_merged)
    errors = {(row, column): text for row, column, text in about.get("errors", [])}
    return Sheet(
        name=about["name"],
        rows=tuple(tuple(row) for row in rows),
        is_hidden=about["hidden"],
        hidden_rows=frozenset(about.get("hidden_rows", [])),
        hidden_columns=frozenset(about.get("hidden_columns", [])),
        filled=filled,
        formulas={(row, column): has for row, column, has in about.get("formulas", [])},
        errors=errors,
    )


def _notes(filename: str, about: dict[str, Any], sheets: tuple[Sheet, ...]) -> tuple[str, ...]:
    """What the sender may not know of their own file."""
    notes = []
    suffix = Path(filename).suffix.lower().removeprefix(".")
    if suffix in ("csv", "xlsx", "xls") and suffix != about["format"]:
        notes.append(f"名前は「.{suffix}」ですが、中身は{about['format'].upper()}でした。")
    if about["encoding"] == "cp932":
        notes.append("文字コードはシフトJIS（CP932）として読みました。")
    if about["format"] == "xls":
        notes.append("古い形式（.xls）のため、式と非表示の行は確かめていません。")
    hidden = "、".join(f"「{sheet.name}」" for sheet in sheets if sheet.is_hidden)
    if hidden:
        notes.append(f"非表示のシート{hidden}は読んでいません。")
    return tuple(notes)
