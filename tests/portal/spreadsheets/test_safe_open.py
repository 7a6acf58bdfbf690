import io
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.worksheet.formula import ArrayFormula

from portal.spreadsheets.api import Limits, UploadRefusedError, open_upload
from tests.samples.ibasho import ibasho_csv, ibasho_xlsx

from .files import MAIN, compound_file, lying_about_size, repacked, with_sheet, xls, xlsx

ONE_ROW = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def refusal(data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> UploadRefusedError:
    with pytest.raises(UploadRefusedError) as caught:
        open_upload(data, name, limits)
    assert caught.value.message.endswith("。")
    return caught.value


# What is read


def test_csv_in_cp932_keeps_every_character() -> None:
    book = open_upload(ibasho_csv(), "居場所.csv")
    assert (book.format, book.encoding) == ("csv", "cp932")
    rows = book.sheets[0].rows
    assert rows[4][3] == "こども食堂㈱みらい"
    assert rows[5][3] == "つながりカフェ髙橋"
    assert rows[5][12] == "10/12～13\r\n2日間"
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("市,①\r\n".encode("utf-8-sig"), "utf-8-sig"),
        ("市,①\r\n".encode(), "utf-8"),
        ("市,①\r\n".encode("cp932"), "cp932"),
        ("市,①\r\n\x1a".encode("cp932"), "cp932"),
    ],
)
def test_encodings_of_csv(data: bytes, encoding: str) -> None:
    book = open_upload(data, "a.csv")
    assert book.encoding == encoding
    assert book.sheets[0].rows == (("市", "①"),)


def test_tab_separated_text_is_a_table_too() -> None:
    assert open_upload("市\t回数\n".encode(), "a.txt").sheets[0].rows == (("市", "回数"),)


def test_a_path_is_read_as_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(ibasho_xlsx())
    assert open_upload(path, "a.xlsx").sheets == open_upload(ibasho_xlsx(), "a.xlsx").sheets


def test_xlsx_values_as_a_person_sees_them() -> None:
    def shape(book: Book) -> None:
        page = book.active
        page["B1"].number_format = "0.0%"
        page["C1"].number_format = "000000"

    data = xlsx([12, 0.955, 12106, "012106", 1.5, True, 8000020130001, 0.1 + 0.2], change=shape)
    assert open_upload(data, "a.xlsx").sheets[0].rows == (
        ("12", "95.5%", "012106", "012106", "1.5", "TRUE", "8000020130001", "0.3"),
    )


def test_merged_cells_are_filled_and_known() -> None:
    sheet = open_upload(ibasho_xlsx(), "a.xlsx").sheets[0]
    assert sheet.rows[4][1] == "○○市"
    assert sheet.filled[5, 2] == (4, 2)
    assert (4, 2) not in sheet.filled


def test_hidden_sheets_rows_and_columns_are_reported() -> None:
    def hide(book: Book) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["B"].hidden = True
        book.create_sheet("控え").sheet_state = "hidden"

    book = open_upload(xlsx(["a", "b"], [1, 2], change=hide), "a.xlsx")
    assert book.sheets[0].hidden_rows == {2}
    assert book.sheets[0].hidden_columns == {2}
    assert [sheet.name for sheet in book.visible_sheets] == ["Sheet"]
    assert "非表示のシート「控え」は読んでいません。" in book.notes


def test_formulas_and_errors_are_told_apart_from_values() -> None:
    rows = (
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>SUM(A1)</f></c>'
        b'<c r="C1" t="e"><f>NA()</f><v>#N/A</v></c><c r="D1"><v>3</v></c></row>'
    )
    sheet = open_upload(with_sheet(rows), "a.xlsx").sheets[0]
    assert sheet.formulas == {(1, 1): True, (1, 2): False, (1, 3): True}
    assert sheet.errors == {(1, 3): "#N/A"}
    assert sheet.rows[0][0] == "2"


def test_array_formulas_are_formulas() -> None:
    def formula(book: Book) -> None:
        book.active["A1"] = ArrayFormula("A1:A1", "=SUM(B1:B2)")

    data = xlsx([0, 1], change=formula)
    assert open_upload(data, "a.xlsx").sheets[0].formulas == {(1, 1): False}


def test_the_old_binary_format() -> None:
    book = open_upload(xls([["市町村名", "回数"], ["髙山市", 12.0]]), "a.xls")
    assert book.format == "xls"
    assert book.sheets[0].rows == (("市町村名", "回数"), ("髙山市", "12"))
    assert any(".xls" in note for note in book.notes)


def test_the_name_does_not_decide() -> None:
    book = open_upload(ibasho_csv(), "居場所.xlsx")
    assert book.format == "csv"
    assert "名前は「.xlsx」ですが、中身はCSVでした。" in book.notes


# What is refused


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "empty", "中身のある"),
        (b"%PDF-1.7\n", "wrong_type", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "wrong_type", "画像"),
        (b"MZ\x90\x00" + bytes(50), "wrong_type", "プログラム"),
        (b"Rar!\x1a\x07\x00", "wrong_type", "圧縮"),
        (b"{\\rtf1 abc}", "wrong_type", "リッチテキスト"),
        (bytes(range(256)) * 4, "wrong_type", "表計算"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "html", "XML"),
        ("市,回".encode("utf-16"), "encoding", "CSV UTF-8"),
        ("市,回".encode("iso2022_jp"), "encoding", "CSV UTF-8"),
        (b"\x81\xff\xfd,1", "encoding", "文字コード"),
        (b'a,b\n"1,2\n3,4\n', "quotes", "引用符"),
        (b"PK\x05\x06" + bytes(18), "wrong_type", "圧縮"),
        (b"PK\x03\x04" + bytes(100), "damaged", "壊れて"),
    ],
    ids=lambda value: str(value)[:14] if isinstance(value, str) else None,
)
def test_files_that_are_no_spreadsheet(data: bytes, code: str, says: str) -> None:
    refused = refusal(data)
    assert refused.code == code
    assert says in refused.message


def test_a_file_over_its_limit_names_both_sizes() -> None:
    refused = refusal(b"1," * (3 * 1024 * 1024), limits=Limits(max_bytes=5 * 1024 * 1024))
    assert refused.message == "ファイルが6MBあります。5MB以下にするか、2つに分けてください。"


def word_document() -> bytes:
    types = b'<Types><Override ContentType="application/wordprocessingml.main+xml"/></Types>'
    return repacked(xlsx(["a"]), {"[Content_Types].xml": types})


def opendocument() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


def macro_type() -> bytes:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
    return repacked(xlsx(["a"]), {"[Content_Types].xml": types + b"</Types>"})


def zip_encrypted() -> bytes:
    data = bytearray(xlsx(["a"]))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        place = package.start_dir
    data[place + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: compound_file({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "encrypted"),
        (lambda: compound_file({"WordDocument": b"x"}), "wrong_type"),
        (lambda: compound_file({"Workbook": b"x", "_VBA_PROJECT": b"x"}), "macros"),
        (lambda: compound_file({"Workbook": b"x"}), "damaged"),
        (zip_encrypted, "encrypted"),
        (word_document, "wrong_type"),
        (opendocument, "wrong_type"),
        (macro_type, "macros"),
        (lambda: repacked(xlsx(["a"]), {"xl/vbaProject.bin": b"x"}), "macros"),
        (lambda: repacked(xlsx(["a"]), {"../../etc/cron.d/x": b"x"}), "bad_names"),
        (lambda: repacked(xlsx(["a"]), {"/etc/passwd": b"x"}), "bad_names"),
        (lambda: repacked(xlsx(["a"]), {"xl\\..\\x": b"x"}), "bad_names"),
        (lambda: repacked(xlsx(["a"]), {"C:/x": b"x"}), "bad_names"),
        (lambda: with_sheet(b"<row"), "damaged"),
        (lambda: xlsx(["a"])[:-40], "damaged"),
        (lambda: b"%PDF-1.7 " + xlsx(["a"]), "wrong_type"),
        (lambda: repacked(xlsx(["a"]), {"xl/workbook.xml": b"<!DOCTYPE x><x/>"}), "damaged"),
    ],
)
def test_disguises(make: Callable[[], bytes], code: str) -> None:
    assert refusal(make()).code == code


def test_a_pdf_that_is_also_a_package_is_a_pdf() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", b"%PDF-1.7 and more")
    assert refusal(out.getvalue()).message.startswith("表計算のファイルではありません（中身はPDF）")


# What would cost too much


def billion_laughs() -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    xml = b'<!DOCTYPE w [<!ENTITY l0 "ha">' + entities + b"]><worksheet " + MAIN
    return repacked(
        xlsx(["a"]),
        {"xl/worksheets/sheet1.xml": xml + b"><sheetData><row>&l9;</row></sheetData></worksheet>"},
    )


def many_rows() -> bytes:
    return with_sheet(b"".join(b'<row r="%d"><c><v>1</v></c></row>' % n for n in range(1_000_000)))


def far_cell() -> bytes:
    return with_sheet(ONE_ROW + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def merged_everything() -> bytes:
    merges = b"".join(b'<mergeCell ref="A1:Z%d"/>' % n for n in range(2, 6000))
    xml = b"".join(b'<row r="%d"><c r="Z%d"><v>1</v></c></row>' % (n, n) for n in range(2, 6000))
    sheet = b"<worksheet " + MAIN + b"><sheetData>" + ONE_ROW + xml + b"</sheetData><mergeCells>"
    return repacked(
        xlsx(["a"]),
        {"xl/worksheets/sheet1.xml": sheet + merges + b"</mergeCells></worksheet>"},
    )


def lying_header() -> bytes:
    honest = with_sheet(b" " * 300_000_000 + ONE_ROW)
    return lying_about_size(honest, "xl/worksheets/sheet1.xml", 2_000)


def long_strings() -> bytes:
    shared = b"<sst " + MAIN + b"><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    cells = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(50_000))
    return repacked(with_sheet(cells), {"xl/sharedStrings.xml": shared})


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (lambda: with_sheet(b" " * 300_000_000 + ONE_ROW), {"inflates"}),
        (lying_header, {"inflates", "damaged"}),
        (
            lambda: lying_about_size(
                with_sheet(ONE_ROW + b" " * 9_000), "xl/worksheets/sheet1.xml", 20
            ),
            {"damaged"},
        ),
        (many_rows, {"rows"}),
        (
            lambda: repacked(xlsx(["a"]), {f"xl/media/{n}.png": b"" for n in range(10_000)}),
            {"entries"},
        ),
        (far_cell, {"too_wide"}),
        (billion_laughs, {"damaged"}),
        (merged_everything, {"too_wide"}),
        (long_strings, {"too_wide"}),
        (lambda: b"," * 24_000_000, {"too_wide"}),
        (lambda: b"a\n" * 200_000, {"rows"}),
    ],
    ids=[
        "300 MB in 300 KB",
        "lying header",
        "lying small header",
        "a million rows",
        "10,000 entries",
        "a cell far away",
        "billion laughs",
        "merged over and over",
        "one long text, often",
        "one row of commas",
        "many lines",
    ],
)
def test_bombs_cost_the_parent_little(make: Callable[[], bytes], codes: set[str]) -> None:
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = cpu_seconds()
    assert refusal(data).code in codes
    assert cpu_seconds() - begun < 6, "twice and more what a quiet machine needs"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200 * 1024, "KiB beyond what the test itself had taken"


def cpu_seconds() -> float:
    """Of this process and of the children that it has ended: a crowded machine changes little."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def test_a_child_that_takes_too_long_is_ended() -> None:
    rows = b"".join(b"<row><c><f>1</f><v>1</v></c></row>" for _ in range(100_000))
    limits = Limits(child_seconds=0)
    assert refusal(with_sheet(rows), limits=limits).code == "too_slow"
