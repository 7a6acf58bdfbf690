"""Files as they arrive, honest and otherwise, made by hand."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(*rows: Sequence[object], change: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(source: bytes, parts: Mapping[str, bytes | None], stored: bool = False) -> bytes:
    """`source` with some parts replaced, added, or (None) taken out."""
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def with_sheet(xml_rows: bytes) -> bytes:
    """An XLSX whose only sheet holds this XML for its rows."""
    xml = b"<worksheet " + MAIN + b"><sheetData>" + xml_rows + b"</sheetData></worksheet>"
    return repacked(xlsx(["a"]), {"xl/worksheets/sheet1.xml": xml})


def lying_about_size(source: bytes, part: str, size: int) -> bytes:
    """`source` whose directory and local header state another size for one part."""
    data = bytearray(source)
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        entry = package.getinfo(part)
        start = package.start_dir
    struct.pack_into("<L", data, entry.header_offset + 22, size)
    place = data.index(part.encode(), start) - 46
    struct.pack_into("<L", data, place + 24, size)
    return bytes(data)


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file ([MS-CFB], version 3): one FAT sector, streams of at least 4,096 bytes."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    fat, body, entries = [0xFFFFFFFD], b"", []
    directory_sectors = -(-(len(streams) + 1) // 4)
    fat += [*range(2, directory_sectors + 1), end]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % 512)
        start, count = len(fat), len(padded) // 512
        fat += [*range(start + 1, start + count), end]
        body += padded
        entries.append((name, 2, start, len(padded)))
    directory = b""
    for number, (name, kind, start, size) in enumerate([("Root Entry", 5, end, 0), *entries]):
        text = name.encode("utf-16-le")
        right = number + 1 if 0 < number < len(entries) else free
        child = 1 if number == 0 else free
        directory += text.ljust(64, b"\0") + struct.pack(
            "<HBBLLL16sLQQLQ", len(text) + 2, kind, 1, free, right, child, b"", 0, 0, 0, start, size
        )
    directory = directory.ljust(512 * directory_sectors, b"\0")
    header = struct.pack(
        "<8s16sHHHHH6sLLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        1,
        0,
        4096,
        end,
        0,
        end,
        0,
        0,
    )
    header += struct.pack("<108L", *([free] * 108))
    assert len(fat) <= 128
    return header + struct.pack("<128L", *fat, *([free] * (128 - len(fat)))) + directory + body


def xls(rows: Sequence[Sequence[str | float]], name: str = "実績") -> bytes:
    """A workbook in the binary format of Excel 97 (BIFF8) with one sheet."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHLL", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    title = name.encode("utf-16-le")
    bound = struct.pack("<BB", len(name), 1) + title
    globals_size = len(begin(5)) + 6 + 4 + 6 + len(bound) + 4
    globals_ = begin(5) + record(0x0042, struct.pack("<H", 1200))
    globals_ += record(0x0085, struct.pack("<LBB", globals_size, 0, 0) + bound) + record(0x0A, b"")
    width = max(len(row) for row in rows)
    sheet = begin(0x10) + record(0x0200, struct.pack("<LLHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            here = struct.pack("<HHH", number, place, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                content = here + struct.pack("<HB", len(value), 1) + text
                sheet += record(0x0204, content)
            else:
                sheet += record(0x0203, here + struct.pack("<d", value))
    return compound_file({"Workbook": globals_ + sheet + record(0x0A, b"")})
