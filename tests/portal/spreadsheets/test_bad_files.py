"""Files as nobody should send them: each is refused in words that help, or read and said what was done.

Each is opened in a process of its own, so that its time and memory are its own figures: less than two
seconds of processor time where it is refused, and less than 200 MB, the child's included.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.comments import Comment
from PIL import Image

from portal.spreadsheets.api import cell_name
from tests.samples.ibasho import ibasho_csv, ibasho_xlsx

from .files import MAIN, compound_file, lying_about_size, repacked, with_sheet, xls, xlsx
from .test_safe_open import billion_laughs, far_cell, long_strings, lying_header, zip_encrypted

ROOT = Path(__file__).parents[3]
HEAD = ["市町村名", "団体コード", "居場所名", "開催日", "回数", "参加者"]
ROW = ["八王子市", "132012", "縁側", "2024/10/5", "1", "12"]
SECONDS, KIBIBYTES = 2.0, 200 * 1024

# What a worker does with a file, told as one line; the modules are there before it begins.
WORK = """
import json, resource, sys
from datetime import date
from pathlib import Path
from grants.activities.registry import get_activity_type
from portal.spreadsheets.columns import ReadContext
from portal.spreadsheets.refusals import UploadRefusedError
from portal.spreadsheets.safe_open import open_upload
from portal.spreadsheets.table import read_table

def used(who):
    found = resource.getrusage(who)
    return found.ru_utime + found.ru_stime

began, own = used(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
said = {"code": "", "message": "", "problems": [], "rows": 0, "notes": []}
try:
    book = open_upload(Path(sys.argv[1]), Path(sys.argv[1]).name)
    context = ReadContext(prefecture="13", period=(date(2024, 10, 1), date(2024, 10, 31)))
    reading = read_table(book, get_activity_type("07").record_spec, context)
    said["rows"] = len(reading.rows)
    said["problems"] = sorted({problem.code for problem in reading.problems})
    said["notes"] = [*reading.notes, *(p.reason + p.fix for p in reading.problems)]
except UploadRefusedError as refusal:
    said |= {"code": refusal.code, "message": refusal.message}
said["seconds"] = used(resource.RUSAGE_SELF) - began + used(resource.RUSAGE_CHILDREN)
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own
said["kibibytes"] = max(child, grown)
print(json.dumps(said))
"""


@dataclass(frozen=True)
class Bad:
    """A kind: `code` of the refusal, or `problems` of what is read all the same; `says` in either."""

    name: str
    file: str
    make: Callable[[], bytes]
    code: str = ""
    problems: tuple[str, ...] = ()
    rows: int = 0
    says: str = ""


def csv(*rows: list[str], encoding: str = "utf-8-sig") -> bytes:
    return "".join(",".join(row) + "\r\n" for row in rows).encode(encoding)


def good(change: Callable[[Book], None] | None = None) -> bytes:
    return xlsx(HEAD, ROW, change=change)


def changed(**cells: object) -> list[str]:
    row = dict(zip(HEAD, ROW, strict=True)) | {k: str(v) for k, v in cells.items()}
    return list(row.values())


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "PNG")
    return out.getvalue()


def polyglot() -> bytes:
    """A ZIP before which a picture stands: a viewer shows one thing, a spreadsheet another."""
    return picture() + good()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("実績.csv", csv(HEAD, ROW))
    return out.getvalue()


def external_link() -> bytes:
    link = b"<externalLink " + MAIN + b'><externalBook xmlns:r="r" r:id="rId1"/></externalLink>'
    formula = b'<row r="1"><c r="A1"><f>[1]Sheet1!A1</f></c></row>'
    return repacked(with_sheet(formula), {"xl/externalLinks/externalLink1.xml": link})


def formulas(value: bytes) -> bytes:
    """The form with its numbers computed; `value` is what the program left of the result."""

    def cell(place: int, text: str) -> bytes:
        name = cell_name((1, place))
        return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()

    head = b"".join(cell(place, text) for place, text in enumerate(HEAD, start=1))
    texts = b"".join(
        cell(place, text).replace(b'1"', b'2"', 1) for place, text in enumerate(ROW[:5], start=1)
    )
    formula = b'<c r="F2"><f>SUM(1,11)</f>' + value + b"</c>"
    rows = b'<row r="1">' + head + b'</row><row r="2">' + texts + formula + b"</row>"
    return with_sheet(rows)


def many_rows() -> bytes:
    return with_sheet(b"".join(b"<row><c><v>1</v></c></row>" for _ in range(1_000_000)))


def hidden_only(book: Book) -> None:
    book.active.sheet_state = "hidden"
    book.create_sheet("表紙")


def two_sheets(book: Book) -> None:
    page = book.create_sheet("11月")
    page.append(HEAD)
    page.append(ROW)


def merged_head(book: Book) -> None:
    page = book.active
    page.insert_rows(1)
    page["A1"] = "居場所の実績（10月分）"
    page.merge_cells("A1:F1")


def remark(book: Book) -> None:
    book.active["F2"].comment = Comment("参加簿を見た", "担当")


def cut_xls() -> bytes:
    return xls([[*HEAD], [*ROW]])[:1_500]


KINDS = [
    Bad("empty", "a.csv", lambda: b"", "empty", says="中身のあるファイル"),
    Bad("blank lines alone", "a.csv", lambda: b"\r\n\r\n", "no_header", says="見出し"),
    Bad(
        "XLSX with a password",
        "a.xlsx",
        lambda: compound_file({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        "encrypted",
        says="パスワードを外して",
    ),
    Bad("ZIP with a password", "a.xlsx", zip_encrypted, "encrypted", says="パスワード"),
    Bad("a PDF called CSV", "a.csv", lambda: b"%PDF-1.7\n1 0 obj", "wrong_type", says="PDF"),
    Bad("a picture called XLSX", "a.xlsx", picture, "wrong_type", says="画像"),
    Bad(
        "a program called XLS", "a.xls", lambda: b"MZ" + bytes(200), "wrong_type", says="プログラム"
    ),
    Bad("an archive called XLSX", "a.xlsx", archive, "wrong_type", says="圧縮"),
    Bad("a CSV called XLSX", "a.xlsx", lambda: csv(HEAD, ROW), rows=1, says="中身はCSV"),
    Bad(
        "macros",
        "a.xlsm",
        lambda: repacked(good(), {"xl/vbaProject.bin": b"x"}),
        "macros",
        says="マクロ",
    ),
    Bad("a picture and a package in one", "a.xlsx", polyglot, "wrong_type", says="画像"),
    Bad("a PDF and a package in one", "a.xlsx", lambda: b"%PDF-1.7 " + good(), "wrong_type"),
    Bad("a header that lies", "a.xlsx", lying_header, "inflates", says="展開すると"),
    Bad(
        "a size that is too small",
        "a.xlsx",
        lambda: lying_about_size(good(), "xl/worksheets/sheet1.xml", 20),
        "damaged",
    ),
    Bad("300 MB in 300 KB", "a.xlsx", lambda: with_sheet(b" " * 300_000_000), "inflates"),
    Bad("a million rows", "a.xlsx", many_rows, "rows", says="ファイルを分けて"),
    Bad("a cell at the far end", "a.xlsx", far_cell, "too_wide", says="範囲が広すぎ"),
    Bad("ten thousand columns", "a.csv", lambda: b"x," * 2_100_000, "too_wide"),
    Bad("one text, fifty thousand times", "a.xlsx", long_strings, "too_wide"),
    Bad(
        "a very long cell",
        "a.csv",
        lambda: csv(HEAD, changed(居場所名="あ" * 30_000)),
        problems=("length",),
        rows=1,
        says="200字まで",
    ),
    Bad("entities in entities", "a.xlsx", billion_laughs, "damaged", says="壊れて"),
    Bad("a ZIP cut in half", "a.xlsx", lambda: good()[:-900], "damaged", says="壊れて"),
    Bad("a path out of the folder", "a.xlsx", lambda: repacked(good(), {"../x": b""}), "bad_names"),
    Bad("XLS of the old days", "a.xls", lambda: xls([[*HEAD], [*ROW]]), rows=1, says="古い形式"),
    Bad("XLS cut off", "a.xls", cut_xls, "damaged", says="壊れて"),
    Bad(
        "HTML called XLS",
        "a.xls",
        lambda: b"<html><table><tr><td>1</td></tr></table></html>",
        "html",
        says="HTML",
    ),
    Bad("UTF-16, little end", "a.csv", lambda: csv(HEAD, ROW, encoding="utf-16"), "encoding"),
    Bad(
        "UTF-16, big end",
        "a.csv",
        lambda: b"\xfe\xff" + csv(HEAD, ROW, encoding="utf-16-be"),
        "encoding",
        says="CSV UTF-8",
    ),
    Bad(
        "UTF-16 without its mark",
        "a.csv",
        lambda: csv(HEAD, ROW, encoding="utf-16-le"),
        "wrong_type",
    ),
    Bad("NUL between the letters", "a.csv", lambda: csv(HEAD, ["a\0b"]), "wrong_type"),
    Bad("a quote that never ends", "a.csv", lambda: b'a,b\n"1,2\n', "quotes", says="引用符"),
    Bad("no header", "a.csv", lambda: csv(ROW, ROW), "no_header", says="市町村名、団体コード"),
    Bad("a header and nothing", "a.csv", lambda: csv(HEAD), "no_rows", says="記入のある行"),
    Bad(
        "two header rows",
        "a.csv",
        lambda: csv(["地域", "", "場所", "実績", "", ""], HEAD, ROW),
        rows=1,
    ),
    Bad("a merged title", "a.xlsx", lambda: good(merged_head), rows=1),
    Bad("all in a hidden sheet", "a.xlsx", lambda: good(hidden_only), "no_header"),
    Bad("two sheets", "a.xlsx", lambda: good(two_sheets), rows=1, says="「11月」は読んでいません"),
    Bad("a comment", "a.xlsx", lambda: good(remark), rows=1),
    Bad("a link to another file", "a.xlsx", external_link, "no_header"),
    Bad("formulas with results", "a.xlsx", lambda: formulas(b"<v>12</v>"), rows=1),
    Bad(
        "formulas never computed",
        "a.xlsx",
        lambda: formulas(b""),
        problems=("formula_without_value",),
        rows=1,
        says="計算結果がファイルにありません",
    ),
    Bad(
        "a day that is none",
        "a.csv",
        lambda: csv(HEAD, changed(開催日="2024/10/32")),
        problems=("date",),
        rows=1,
    ),
    Bad(
        "a day of another month",
        "a.csv",
        lambda: csv(HEAD, changed(開催日="R6.11.1")),
        problems=("period",),
        rows=1,
        says="報告の期間の外",
    ),
    Bad("a code of five digits", "a.csv", lambda: csv(HEAD, changed(団体コード="13201")), rows=1),
    Bad(
        "a code with a wrong check digit",
        "a.csv",
        lambda: csv(HEAD, changed(団体コード="132013")),
        problems=("lg_code",),
        rows=1,
    ),
    Bad(
        "a command in a cell",
        "a.csv",
        lambda: csv(HEAD, changed(居場所名="=cmd|'/c calc'!A1")),
        rows=1,
    ),
    Bad("the sample in CP932", "a.csv", ibasho_csv, problems=("negative", "personal"), rows=3),
    Bad("the sample as XLSX", "a.xlsx", ibasho_xlsx, problems=("negative", "personal"), rows=3),
]


def test_they_are_thirty_and_more_and_each_is_another() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 30


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_bad_file(kind: Bad, tmp_path: Path) -> None:
    path = tmp_path / kind.file
    path.write_bytes(kind.make())
    ended = subprocess.run(
        [sys.executable, "-c", WORK, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(ended.stdout)
    assert (said["code"], said["problems"], said["rows"]) == (
        kind.code,
        list(kind.problems),
        kind.rows,
    )
    if kind.code:
        assert said["message"].endswith("。"), "what is wrong, and what to do"
        assert said["seconds"] < SECONDS
    assert kind.says in said["message"] + "".join(said["notes"])
    assert said["kibibytes"] < KIBIBYTES
