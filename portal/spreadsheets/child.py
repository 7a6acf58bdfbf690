"""Reads one upload in a process of its own, with little memory and little time.

Run by its path and in isolated mode (see `safe_open`): it starts in 30 ms and imports nothing of
the portal. Standard input is the upload, standard output JSON lines of what was found.

Sizes that a file states about itself are never believed: every part is inflated once, in pieces,
and counted, before anything parses it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

Limits = dict[str, int]
BATCH = 500
PIECE = 64 * 1024
# Cells with a formula, an error or a format of note, in one sheet.
MARKED_CELLS = 300_000


class Refused(Exception):
    """A reason to turn the file away; `code` is one of those in `refusals`."""

    def __init__(self, code: str, **detail: str | int) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def emit(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def restrict(limits: Limits) -> None:
    """From here on the process cannot take more memory (bytes) or time, nor write a file."""
    memory, seconds = limits["memory"], limits["seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


# --- text -------------------------------------------------------------------------------------


def read_text(stream: BinaryIO, limits: Limits) -> None:
    data = stream.read()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x1b$" in data:
        raise Refused("encoding")
    if re.search(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]", data):
        raise Refused("wrong_type", what="表計算ではないファイル")
    text, encoding = decode(data)
    if text.lstrip().startswith("<"):
        raise Refused("html")
    emit({"format": "csv", "encoding": encoding, "inflated": len(data)})
    emit_sheet({"name": "", "hidden": False}, delimited_rows(text), limits)


def decode(data: bytes) -> tuple[str, str]:
    """BOM, then strict UTF-8, then CP932 (not shift_jis, which lacks ① ㈱ 髙); never a guess."""
    data = data.rstrip(b"\x1a")
    marked = data.startswith(b"\xef\xbb\xbf")
    for encoding in ("utf-8-sig",) if marked else ("utf-8", "cp932"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def delimited_rows(text: str) -> Iterator[list[str]]:
    tabs = "\t" in text[:4096] and "," not in text[:4096]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",", strict=True)
    try:
        yield from lines
    except csv.Error:
        raise Refused("quotes", row=lines.line_num) from None


# --- the old binary format --------------------------------------------------------------------


def stream_name(name: str) -> bytes:
    return name.encode("utf-16-le")


def read_xls(stream: BinaryIO, limits: Limits) -> None:
    data = stream.read()
    if stream_name("EncryptedPackage") in data:
        raise Refused("encrypted")
    if stream_name("_VBA_PROJECT") in data:
        raise Refused("macros")
    if stream_name("Workbook") not in data and stream_name("Book\0") not in data:
        raise Refused("wrong_type", what="Wordなど、表計算ではないOffice")
    emit({"format": "xls", "encoding": None, "inflated": len(data)})
    read_with_calamine(io.BytesIO(data), {}, limits)


# --- the package of an XLSX -------------------------------------------------------------------


def read_xlsx(stream: BinaryIO, limits: Limits) -> None:
    package = Package(stream, limits)
    emit({"format": "xlsx", "encoding": None, "inflated": package.inflated})
    details = sheet_details(package)
    stream.seek(0)
    read_with_calamine(stream, details, limits)


class Package:
    """The parts of the file, each inflated once and counted."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self.stream, self.limits, self.inflated = stream, limits, 0
        refuse_many_entries(stream, limits["entries"])
        try:
            entries = zipfile.ZipFile(stream).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise Refused("damaged") from None
        self.entries = {entry.filename: entry for entry in entries}
        self.check_names(entries)
        self.check_kind()
        self.marked = {name for name in self.entries if self.scan(name)}

    def check_names(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > self.limits["entries"]:
            raise Refused("entries")
        if len(self.entries) != len(entries):
            raise Refused("bad_names")
        for entry in entries:
            name = entry.orig_filename
            if re.search(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\x00", name):
                raise Refused("bad_names")
            if entry.flag_bits & 1:
                raise Refused("encrypted")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refused("damaged")

    def check_kind(self) -> None:
        if "[Content_Types].xml" not in self.entries:
            mime = self.text("mimetype", 200) if "mimetype" in self.entries else b""
            what = "OpenDocument" if b"opendocument" in mime else "圧縮ファイル"
            raise Refused("wrong_type", what=what)
        types = self.text("[Content_Types].xml", 1024 * 1024)
        if b"macroEnabled" in types or b"vbaProject" in types or b"macrosheet" in types:
            raise Refused("macros")
        if any(re.search(r"vbaProject|/macrosheets/", name, re.I) for name in self.entries):
            raise Refused("macros")
        if b"spreadsheetml.sheet.main+xml" not in types:
            what = "Word" if b"wordprocessingml" in types else "表計算ではないOffice"
            raise Refused("wrong_type", what=what)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part's content, in pieces, to the true end of its stream."""
        entry = self.entries[name]
        self.stream.seek(entry.header_offset)
        header = self.stream.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise Refused("damaged")
        name_size, extra_size = struct.unpack("<HH", header[26:30])
        position = entry.header_offset + 30 + name_size + extra_size
        left, produced = entry.compress_size, 0
        inflater = zlib.decompressobj(-15) if entry.compress_type else None
        while left > 0 and not (inflater and inflater.eof):
            self.stream.seek(position)
            block = self.stream.read(min(PIECE, left))
            if not block:
                raise Refused("damaged")
            left, position = left - len(block), position + len(block)
            for piece in inflate(inflater, block):
                produced += len(piece)
                if produced > self.limits["inflated"]:
                    raise Refused("inflates")
                yield piece
        if produced != entry.file_size:
            raise Refused("damaged")

    def text(self, name: str, most: int) -> bytes:
        """A small part whole; what is larger than `most` bytes is no honest one."""
        content = bytearray()
        for piece in self.pieces(name):
            content += piece
            if len(content) > most:
                raise Refused("inflates")
        return bytes(content)

    def scan(self, name: str) -> bool:
        """Count a part; whether it holds what the values alone do not show (see DETAIL)."""
        rows, marked, row_tail, tail = 0, False, b"", b""
        for number, piece in enumerate(self.pieces(name)):
            self.inflated += len(piece)
            if self.inflated > self.limits["inflated"]:
                raise Refused("inflates")
            if number == 0 and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
                raise Refused("damaged")
            # The tail of rows finds a tag cut in two, and is too short to count one twice.
            rows += len(ROW.findall(row_tail + piece))
            if rows > self.limits["rows"]:
                raise Refused("rows")
            marked = marked or DETAIL.search(tail + piece) is not None
            row_tail, tail = piece[-4:], piece[-16:]
        return marked


ROW = re.compile(rb"<(?:\w+:)?row[ >]")
# A formula, something hidden, an error value.
DETAIL = re.compile(rb"<(?:\w+:)?f[ >/]|hidden=|t=.e.")


def inflate(inflater: Any, block: bytes) -> Iterator[bytes]:
    if inflater is None:
        yield block
        return
    try:
        while block:
            yield inflater.decompress(block, 4 * PIECE)
            block = inflater.unconsumed_tail
    except zlib.error:
        raise Refused("damaged") from None


def refuse_many_entries(stream: BinaryIO, most: int) -> None:
    """Before the directory is read into memory: how long it says it is, and how long it is."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 65_557))
    end = stream.read()
    found = end.rfind(b"PK\x05\x06")
    if found < 0 or len(end) < found + 22:
        raise Refused("damaged")
    count, directory = struct.unpack("<HL", end[found + 10 : found + 16])
    stream.seek(0)
    if count > most or directory > most * 512:
        raise Refused("entries")


# --- what the values alone do not show --------------------------------------------------------


def parse(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda tag: None,
    characters: Callable[[str], None] = lambda text: None,
) -> None:
    """Walk through XML; the handlers get tags without their prefix."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = characters
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise Refused("damaged") from None


class Details:
    """Formulas, errors, hidden rows and columns, and numbers whose format changes how they read.

    Addresses are [row, column] from 1. `shown` holds the text of cells that a person sees in
    another form than their value: 95.5% for 0.955, 012106 for 12106.
    """

    def __init__(self, styles: dict[int, str]) -> None:
        self.styles = styles
        self.formulas: list[list[Any]] = []
        self.errors: list[list[Any]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.shown: dict[tuple[int, int], str] = {}
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._formula = self._in_value = False
        self._value = ""

    def read(self, pieces: Iterable[bytes]) -> Details:
        parse(pieces, self._start, self._end, self._characters)
        return self

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            if is_true(attributes.get("hidden")):
                self.hidden_rows.append(self._row)
        elif tag == "c":
            reference = attributes.get("r", "")
            self._column = column_number(reference) if reference else self._column + 1
            self._cell, self._formula, self._value = attributes, False, ""
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "t"):
            self._in_value = True
        elif tag == "col" and is_true(attributes.get("hidden")):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns += range(first, min(last, first + 255) + 1)

    def _end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._in_value = False
        elif tag == "c":
            self._finish_cell()

    def _characters(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _finish_cell(self) -> None:
        here = [self._row, self._column]
        if len(self.formulas) + len(self.errors) + len(self.shown) > MARKED_CELLS:
            raise Refused("formulas")
        if self._formula:
            self.formulas.append([*here, bool(self._value)])
        if self._cell.get("t") == "e":
            self.errors.append([*here, self._value])
        pattern = self.styles.get(int(self._cell.get("s", 0)))
        if pattern and self._value and self._cell.get("t", "n") == "n":
            self.shown[self._row, self._column] = as_formatted(float(self._value), pattern)


def is_true(text: str | None) -> bool:
    return text in ("1", "true")


def column_number(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def as_formatted(value: float, pattern: str) -> str:
    if pattern == "%":
        return f"{format(value * 100, '.12g')}%"
    return f"{round(value):0{len(pattern)}d}"


def special_styles(package: Package) -> dict[int, str]:
    """The cell styles whose number format is a percentage ("%") or all zeros ("000000")."""
    if "xl/styles.xml" not in package.entries:
        return {}
    custom: dict[str, str] = {"9": "0%", "10": "0.00%"}
    formats: list[str] = []
    in_cells = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal in_cells
        if tag == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            in_cells = True
        elif tag == "xf" and in_cells:
            formats.append(custom.get(attributes.get("numFmtId", ""), ""))

    def end(tag: str) -> None:
        nonlocal in_cells
        in_cells = in_cells and tag != "cellXfs"

    parse(package.pieces("xl/styles.xml"), start, end)
    bare = (re.sub(r'"[^"]*"', "", code) for code in formats)
    found = {number: "%" if "%" in code else code for number, code in enumerate(bare)}
    return {n: code for n, code in found.items() if code == "%" or re.fullmatch("0{2,12}", code)}


def sheet_details(package: Package) -> dict[str, Details]:
    """For each sheet by name, what its values alone do not show; plain sheets are left out."""
    styles = special_styles(package)
    details = {}
    for name, part in sheet_parts(package).items():
        if part in package.marked or (styles and part in package.entries):
            details[name] = Details(styles).read(package.pieces(part))
    return details


def sheet_parts(package: Package) -> dict[str, str]:
    """The part that holds each sheet, from the workbook's list and its relations."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            names[attributes.get("name", "")] = relation
        elif tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        if part not in package.entries:
            return {}
        parse(package.pieces(part), start)
    paths = {relation: path for relation, path in targets.items() if path}
    return {
        name: paths[relation][1:] if paths[relation][0] == "/" else f"xl/{paths[relation]}"
        for name, relation in names.items()
        if relation in paths
    }


# --- values -----------------------------------------------------------------------------------


def read_with_calamine(stream: BinaryIO, details: dict[str, Details], limits: Limits) -> None:
    import python_calamine as calamine  # after `restrict`, so that its memory counts too

    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
        for sheet_data in book.sheets_metadata:
            if sheet_data.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(sheet_data.name)
            about = {
                "name": sheet_data.name,
                "hidden": sheet_data.visible != calamine.SheetVisibleEnum.Visible,
                "merged": [
                    [top + 1, left + 1, bottom + 1, right + 1]
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                ],
            }
            detail = details.get(sheet_data.name, Details({}))
            for name in ("formulas", "errors", "hidden_rows", "hidden_columns"):
                about[name] = getattr(detail, name)
            emit_sheet(about, shown_rows(sheet, detail.shown), limits)
    except calamine.PasswordError:
        raise Refused("encrypted") from None
    except (calamine.CalamineError, ValueError):
        raise Refused("damaged") from None


def shown_rows(sheet: Any, formatted: dict[tuple[int, int], str]) -> Iterator[list[str]]:
    rows = sheet.to_python(skip_empty_area=False)
    for number, values in enumerate(rows, start=1):
        texts = [shown(value) for value in values]
        if formatted:
            for column in range(1, len(texts) + 1):
                texts[column - 1] = formatted.get((number, column), texts[column - 1])
        yield texts


def shown(value: Any) -> str:
    """A cell's value as text: whole numbers without a point, dates in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return str(value)


def emit_sheet(about: dict[str, Any], rows: Iterable[list[str]], limits: Limits) -> None:
    emit({"sheet": about})
    batch: list[list[str]] = []
    cells = characters = 0
    for number, row in enumerate(rows, start=1):
        cells, characters = cells + len(row), characters + sum(map(len, row))
        if number > limits["rows"]:
            raise Refused("rows")
        if cells > limits["cells"] or characters > limits["characters"]:
            raise Refused("too_wide")
        batch.append(row)
        if len(batch) == BATCH:
            emit({"rows": batch})
            batch = []
    emit({"rows": batch})


def main() -> None:
    kind, limits = sys.argv[1], json.loads(sys.argv[2])
    restrict(limits)
    try:
        {"zip": read_xlsx, "ole": read_xls, "text": read_text}[kind](sys.stdin.buffer, limits)
    except Refused as refusal:
        emit({"refused": refusal.code, "detail": refusal.detail})
    except MemoryError:
        emit({"refused": "too_wide", "detail": {}})
    else:
        emit({"end": True})


if __name__ == "__main__":
    main()
