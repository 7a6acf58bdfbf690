import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from portal.core.dates import JST
from portal.spreadsheets.api import (
    Column,
    ExportSheet,
    Kind,
    NotEncodableError,
    ReadContext,
    TableSpec,
    TemplateAbout,
    annotated_copy,
    open_upload,
    read_about,
    read_table,
    write_csv,
    write_template,
    write_xlsx,
)
from tests.samples.ibasho import ibasho_csv, ibasho_xlsx

from .files import xls
from .specs import HEADER, IBASHO, row

TOKYO = ReadContext(prefecture="13")
DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text: str) -> None:
    data = write_xlsx([ExportSheet("表", ["値"], [[text]])])
    cell = load_workbook(io.BytesIO(data)).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert open_upload(data, "a.xlsx").sheets[0].formulas == {}


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_marks_texts_that_a_spreadsheet_would_run(text: str) -> None:
    lines = write_csv(["値"], [[text]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(lines, newline="")))[1] == [f"'{text}"]


def test_numbers_and_dates_stay_what_they_are() -> None:
    data = write_xlsx([ExportSheet("表", ["a"], [[-5, Decimal("1.5"), date(2026, 4, 1), None]])])
    values = [cell.value for cell in load_workbook(io.BytesIO(data)).active[2]]
    assert values[:2] == [-5, 1.5]
    assert values[2].date() == date(2026, 4, 1)
    assert write_csv(["a"], [[-5, True, None]]).decode("utf-8-sig") == "a\r\n-5,はい,\r\n"


def test_headers_cannot_be_formulas_either() -> None:
    data = write_xlsx([ExportSheet("表/1", ["=1"], [])])
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["表_1"]
    assert book.active["A1"].data_type == "s"


def test_control_characters_do_not_stop_an_export() -> None:
    data = write_xlsx([ExportSheet("表", ["a"], [["雨\x00天\x1b"]])])
    assert load_workbook(io.BytesIO(data)).active["A2"].value == "雨天"


def test_cp932_loses_nothing_silently() -> None:
    assert write_csv(["名"], [["髙橋㈱①"]], "cp932").decode("cp932") == "名\r\n髙橋㈱①\r\n"
    with pytest.raises(NotEncodableError, match="A2の「𠮷」") as caught:
        write_csv(["名"], [["𠮷田"]], "cp932")
    assert caught.value.lost[0].failure.code_point == "U+20BB7"


# The sender's own file, marked


@pytest.mark.parametrize(("make", "name"), [(ibasho_csv, "a.csv"), (ibasho_xlsx, "a.xlsx")])
def test_their_own_file_comes_back_marked(make, name: str) -> None:
    book = open_upload(make(), name)
    reading = read_table(book, IBASHO, TOKYO)
    marked = load_workbook(io.BytesIO(annotated_copy(make(), book, reading)))
    page = marked[reading.sheet_name or "ファイル"]
    wrong = page["H6"]
    assert wrong.border.left.color.rgb == "FFCE0000"
    assert "うち新規に負の数は使えません。" in wrong.comment.text
    assert page["H5"].comment is None
    assert page["D6"].value == "つながりカフェ髙橋"
    listed = marked["エラー一覧"]
    assert marked.active is listed
    assert listed["A1"].value == "エラー1件、確認0件"
    assert [cell.value for cell in listed[4]][1:3] == ["エラー", "うち新規"]
    assert listed["A4"].hyperlink.location == f"'{page.title}'!H6"


def test_a_csv_comes_back_with_every_cell_as_text() -> None:
    lines = [HEADER, row(note="=HYPERLINK(1)", attend_new="△1"), row(venue="別", no="01")]
    data = "\r\n".join(",".join(cells) for cells in lines).encode()
    book = open_upload(data, "a.csv")
    marked = load_workbook(io.BytesIO(annotated_copy(data, book, read_table(book, IBASHO, TOKYO))))
    cells = [cell for line in marked["ファイル"].iter_rows() for cell in line if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert marked["ファイル"]["A3"].value == "01"


def test_an_old_workbook_comes_back_as_a_new_one() -> None:
    data = xls([HEADER, row(attend_new="△1")])
    book = open_upload(data, "a.xls")
    marked = load_workbook(io.BytesIO(annotated_copy(data, book, read_table(book, IBASHO, TOKYO))))
    assert marked["実績"]["H2"].comment is not None


def test_a_mark_on_a_merged_cell_is_on_its_first() -> None:
    data = ibasho_xlsx()
    book = open_upload(data, "a.xlsx")
    spec = TableSpec(
        "x",
        (
            *IBASHO.columns[:1],
            Column("municipality_name", "市町村名", max_length=1),
            *IBASHO.columns[2:],
        ),
    )
    reading = read_table(book, spec, TOKYO)
    page = load_workbook(io.BytesIO(annotated_copy(data, book, reading)))["10月分"]
    assert page["B4"].comment.text.count("【エラー】") == 2


def test_the_list_of_problems_is_capped_with_its_total() -> None:
    lines = [HEADER, *(row(venue=f"サロン{n}", attend_new="△1") for n in range(1_200))]
    data = "\r\n".join(",".join(cells) for cells in lines).encode()
    book = open_upload(data, "a.csv")
    marked = load_workbook(io.BytesIO(annotated_copy(data, book, read_table(book, IBASHO, TOKYO))))
    listed = marked["エラー一覧"]
    assert listed["A1"].value == "エラー1200件、確認0件（初めの1,000件を表示）"
    assert listed.max_row == 3 + 1_000


# The template


def template(**changes: object) -> bytes:
    given = {
        "fiscal_year": "令和8年度",
        "body": "長野県",
        "issued_at": datetime(2026, 4, 1, 10, 5, tzinfo=JST),
    }
    return write_template(IBASHO, **(given | changes))


def test_a_template_says_what_it_is_and_is_known_when_it_returns() -> None:
    assert read_about(open_upload(template(), "a.xlsx")) == TemplateAbout(
        "居場所実績報告", "1", "令和8年度", "長野県", "2026年4月1日 10時05分"
    )
    assert read_about(open_upload(ibasho_xlsx(), "a.xlsx")) is None


def test_a_filled_template_is_read_back() -> None:
    values = {
        "municipality_name": "長野市",
        "lg_code": "202011",
        "venue": "=1+1",
        "held_on": date(2026, 4, 1),
        "sessions": 1,
        "attend_total": 12,
    }
    book = open_upload(template(rows=[values]), "a.xlsx")
    reading = read_table(book, IBASHO, ReadContext(prefecture="20"))
    assert reading.problems == ()
    assert {key: reading.rows[0].values[key] for key in values} == values


def test_a_template_has_no_merged_cells_and_checks_what_is_typed() -> None:
    page = load_workbook(io.BytesIO(template()))["記入"]
    assert not page.merged_cells.ranges
    assert [cell.value for cell in page[1]] == [column.header for column in IBASHO.columns]
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert rules["F2:F1000"].type == "whole"
    assert rules["E2:E1000"].showErrorMessage is False
    assert page.protection.sheet
    assert page["A1"].protection.locked
    # An empty cell is not in the file and takes what its column says.
    assert not page.column_dimensions["A"].protection.locked
    assert page.max_row == 1


def test_choices_become_a_list() -> None:
    spec = TableSpec("x", (Column("m", "媒体", Kind.CHOICE, choices=("印刷", "SNS")),))
    data = write_template(
        spec, fiscal_year="令和8年度", body="県", issued_at=datetime(2026, 4, 1, tzinfo=JST)
    )
    (rule,) = load_workbook(io.BytesIO(data))["記入"].data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", '"印刷,SNS"')
