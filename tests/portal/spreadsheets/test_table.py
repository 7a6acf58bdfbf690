from datetime import date

import pytest
from openpyxl import Workbook as Book

from portal.spreadsheets.api import (
    Column,
    DropReason,
    Kind,
    Level,
    ReadContext,
    RowFinding,
    RowStatus,
    TableReading,
    TableSpec,
    UploadRefusedError,
    open_upload,
    read_table,
)
from portal.spreadsheets.workbook import Sheet, Workbook
from tests.samples.ibasho import ibasho_csv, ibasho_xlsx

from .files import with_sheet, xlsx
from .specs import HEADER, IBASHO, row

TOKYO = ReadContext(prefecture="13", period=(date(2024, 10, 1), date(2024, 10, 31)))


def read(*rows: list[str], spec: TableSpec = IBASHO, **parts: object) -> TableReading:
    sheet = Sheet("", tuple(tuple(cells) for cells in rows), **parts)
    return read_table(Workbook("a.csv", "csv", "utf-8", 0, (sheet,)), spec, TOKYO)


def codes(reading: TableReading) -> list[str]:
    return [problem.id for problem in reading.problems]


@pytest.mark.parametrize("make", [ibasho_csv, ibasho_xlsx])
def test_the_month_as_offices_send_it(make) -> None:
    reading = read_table(open_upload(make(), "居場所"), IBASHO, TOKYO)
    assert [row.number for row in reading.rows] == [4, 5, 6]
    assert [row.status for row in reading.rows] == ["ok", "ok", "error"]
    first, second, third = reading.rows
    assert first.values == {
        "no": first.values["no"],
        "municipality_name": "○○市",
        "lg_code": "132012",
        "venue": "サロンあおぞら",
        "held_on": date(2024, 10, 5),
        "sessions": 1,
        "attend_total": 18,
        "attend_new": 3,
        "consult_in_person": 2,
        "consult_phone": None,
        "consult_sns": 1,
        "referrals": 1,
        "note": "雨天",
    }
    assert second.values["municipality_name"] == "○○市"
    assert second.values["attend_total"] == 30
    assert second.approximate == {"attend_total"}
    assert second.values["note"] == "子ども①"
    assert third.values["lg_code"] == "133086"
    assert third.values["held_on"] == date(2024, 10, 20)
    assert third.values["attend_total"] == 45
    assert third.key == ("133086", "つながりカフェ髙橋", date(2024, 10, 20))
    assert codes(reading) == ["H6-negative"]
    assert reading.totals["sessions"] == 4
    assert reading.totals["attend_total"] == 93
    assert reading.rows_to_take == (first, second)


def test_what_was_cleaned_in_the_month_is_counted_with_examples() -> None:
    reading = read_table(open_upload(ibasho_csv(), "a.csv"), IBASHO, TOKYO)
    groups = {group.kind.value: group for group in reading.cleaning_groups}
    assert {kind: group.count for kind, group in groups.items()} == {
        "width": 9,
        "era": 2,
        "dash": 2,
        "ditto": 1,
        "approximate": 1,
        "code5": 1,
        "serial": 1,
        "unit": 1,
    }
    example = groups["ditto"].example
    assert (example.cell, example.original, example.cleaned) == ("B5", "〃", "○○市")
    assert groups["dash"].example.cleaned == "値なし"
    assert reading.cleaning_groups[0].label == "全角の数字を半角に"


def test_rows_left_out_are_listed() -> None:
    reading = read_table(open_upload(ibasho_csv(), "a.csv"), IBASHO, TOKYO)
    assert [(row.number, row.reason) for row in reading.dropped] == [
        (1, DropReason.TITLE),
        (2, DropReason.UNIT),
        (7, DropReason.TOTAL),
    ]


# The header


def test_columns_may_stand_in_any_order_among_others() -> None:
    shuffled = [*reversed(HEADER), "担当者メモ"]
    reading = read(["報告書"], shuffled, [*reversed(row()), "x"])
    assert reading.rows[0].values["attend_total"] == 10
    assert any("「担当者メモ」（N列）" in note for note in reading.notes)


def test_many_other_columns_do_not_hide_the_header() -> None:
    extra = [f"独自{n}" for n in range(60)]
    reading = read([*extra, *HEADER], [*["1"] * 60, *row()])
    assert reading.layout.header_row == 1
    assert len(reading.layout.unknown) == 60


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("団体コード", "団体\nｺｰﾄﾞ"),
        ("参加者（延）", "参加者 (延)"),
        ("参加者（延）", "延べ参加者数（人）"),
        ("回数", "回数（回）"),
        ("うち新規", "うち新規[人]"),
        ("No", "Ｎｏ．"),
        ("開催日", "開催日※必須"),
        ("相談（SNS等）", "相談（ＳＮＳ等）"),
    ],
)
def test_headers_in_other_writings(label: str, written: str) -> None:
    header = [written if text == label else text for text in HEADER]
    reading = read(header, row())
    assert reading.layout.unknown == ()
    assert reading.layout.missing == ()


def test_a_header_of_two_rows() -> None:
    upper = ["相談" if text.startswith("相談") else text for text in HEADER]
    lower = [text[2:] if text.startswith("相談") else "" for text in HEADER]
    reading = read(upper, lower, row(consult_phone="7"))
    assert reading.layout.header_height == 2
    assert reading.rows[0].values["consult_phone"] == 7


def test_a_missing_column_is_one_problem_and_not_one_for_each_row() -> None:
    at = HEADER.index("開催日")
    without = [HEADER[:at] + HEADER[at + 1 :]] + [(r := row())[:at] + r[at + 1 :]] * 2
    assert codes(read(*without))[0] == "A1-missing_column"
    assert sum(p.code == "required" for p in read(*without).problems) == 0


def test_a_column_given_twice_is_a_problem() -> None:
    assert codes(read([*HEADER, "つなぎ"], [*row(), "1"])) == ["N1-repeated_column"]


def test_no_header_says_which_columns_are_wanted() -> None:
    with pytest.raises(UploadRefusedError) as caught:
        read(["買い物", "値段"], ["りんご", "100"])
    assert "市町村名、団体コード、居場所名、開催日" in caught.value.message


def test_a_header_alone_is_no_report() -> None:
    with pytest.raises(UploadRefusedError) as caught:
        read(HEADER, [""] * 13)
    assert caught.value.code == "no_rows"


def test_the_sheet_with_the_table_is_found_and_others_are_named() -> None:
    def sheets(book: Book) -> None:
        book.active.title = "10月"
        other = book.create_sheet("11月", 0)
        other.append(HEADER)
        other.append(row())
        book.create_sheet("説明", 0).append(["この表の書き方"])

    reading = read_table(open_upload(xlsx(HEADER, row(), change=sheets), "a"), IBASHO, TOKYO)
    assert reading.sheet_name == "11月"
    assert "「11月」のシートだけを読みました。「10月」は読んでいません。" in reading.notes


# Rows


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([""] * 13, DropReason.EMPTY),
        (["※１ 延べ人数です", *[""] * 12], DropReason.NOTE),
        (HEADER, DropReason.HEADER),
        (["12", *[""] * 12], DropReason.UNFILLED),
        (["12", "〃", "〃", *["－"] * 10], DropReason.UNFILLED),
        (["", "", "", "合　計", "", "1", "10", *[""] * 6], DropReason.TOTAL),
        (["総合計", *[""] * 4, "1", "10", *[""] * 6], DropReason.TOTAL),
    ],
    ids=lambda value: value.name if isinstance(value, DropReason) else None,
)
def test_rows_that_are_no_data(cells: list[str], reason: DropReason) -> None:
    reading = read(HEADER, row(), cells)
    assert [dropped.reason for dropped in reading.dropped] == [reason]
    assert len(reading.rows) == 1


def test_a_place_with_a_sum_in_its_name_is_data() -> None:
    reading = read(HEADER, row(venue="合計カフェ"))
    assert len(reading.rows) == 1


def test_a_record_that_begins_like_a_note_is_data() -> None:
    assert len(read(HEADER, ["※１", *row()[1:]]).rows) == 1


def test_ditto_carries_down_what_was_written_and_its_problem() -> None:
    reading = read(HEADER, row(lg_code="132013"), row(lg_code="〃", venue="別"))
    assert codes(reading) == ["C2-lg_code", "C3-lg_code"]
    assert codes(read(HEADER, row(municipality_name="〃"))) == ["B2-ditto"]


def test_ditto_below_ditto() -> None:
    reading = read(
        HEADER,
        row(),
        row(venue="甲", municipality_name="同上"),
        row(venue="乙", municipality_name="〃"),
    )
    assert [r.values["municipality_name"] for r in reading.rows] == ["八王子市"] * 3


def test_the_same_row_twice_is_taken_once() -> None:
    reading = read(HEADER, row(no="1"), row(no="2"))
    assert codes(reading) == ["C3-same_row"]
    assert reading.problems[0].level is Level.CONFIRM
    assert reading.rows[1].duplicate_of == 2
    assert [r.number for r in reading.rows_to_take] == [2]
    assert reading.totals["attend_total"] == 10


def test_one_key_with_two_values_is_never_added_silently() -> None:
    reading = read(HEADER, row(), row(attend_total="12"))
    assert codes(reading) == ["C3-same_key"]
    assert "2行目と団体コード・居場所名・開催日が同じ" in reading.problems[0].reason
    assert reading.rows[1].status is RowStatus.ERROR


def test_hidden_rows_are_a_question() -> None:
    reading = read(HEADER, row(), hidden_rows=frozenset({2}))
    assert codes(reading) == ["A2-hidden_row"]
    assert reading.rows[0].status is RowStatus.WARNING


def test_a_number_lent_by_a_merge_is_a_question_a_name_is_not() -> None:
    filled = {(3, 2): (2, 2), (3, 7): (2, 7)}
    reading = read(HEADER, row(), row(venue="別"), filled=filled)
    assert codes(reading) == ["G3-merged_number"]
    lent = next(group for group in reading.cleaning_groups if group.kind == "merged")
    assert (lent.count, lent.example.cell) == (2, "B3")


def test_formulas_and_error_values_in_cells() -> None:
    formulas = {(2, 6): True, (2, 8): False}
    reading = read(HEADER, row(attend_total="#REF!"), formulas=formulas, errors={(2, 9): "#N/A"})
    assert codes(reading) == ["G2-cell_error", "H2-formula_without_value", "I2-cell_error"]
    cleaned = [(group.kind, group.count, group.example.cell) for group in reading.cleaning_groups]
    assert cleaned == [("formula", 1, "F2")]


def test_formula_without_a_result_in_a_real_file() -> None:
    cells = "".join(
        f'<c t="inlineStr"><is><t>{text}</t></is></c>' if text else "<c/>" for text in row()[:6]
    )
    header = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADER)
    xml = f"<row>{header}</row><row>{cells}<c><f>SUM(A1)</f></c></row>"
    reading = read_table(open_upload(with_sheet(xml.encode()), "a.xlsx"), IBASHO, TOKYO)
    assert codes(reading) == ["G2-formula_without_value"]


def test_checks_of_a_row_are_pinned_to_their_cells() -> None:
    def new_within_total(values):
        if (values["attend_new"] or 0) > (values["attend_total"] or 0):
            yield RowFinding("new", "attend_new", "多すぎます。", "直してください。")

    spec = TableSpec("x", IBASHO.columns, checks=(new_within_total,))
    assert codes(read(HEADER, row(attend_new="11"), spec=spec)) == ["H2-new"]
    assert codes(read(HEADER, row(attend_new="10"), spec=spec)) == []


# Sums


def total_row(**values: str) -> list[str]:
    return [
        values.get(column.key, "合計" if column.key == "no" else "") for column in IBASHO.columns
    ]


def test_a_sum_that_does_not_add_up_is_a_question() -> None:
    reading = read(HEADER, row(), row(venue="別"), total_row(attend_total="30", sessions="2"))
    assert codes(reading) == ["G4-total"]
    assert reading.problems[0].reason == "読み取った行の合計は20人で、10人違います。"
    assert reading.problems[0].level is Level.CONFIRM


def test_a_sum_over_a_wrong_cell_names_the_cell() -> None:
    reading = read(
        HEADER, row(), row(venue="別", attend_total="3～4"), total_row(attend_total="14")
    )
    assert codes(reading) == ["G3-number", "G4-total"]
    assert reading.problems[1].reason.endswith("4人違います。G3を直すと変わります。")


def test_subtotals_count_from_the_one_before() -> None:
    subtotal = total_row(attend_total="10")
    subtotal[0] = "小計"
    reading = read(HEADER, row(), subtotal, row(venue="別"), subtotal, total_row(attend_total="20"))
    assert codes(reading) == []


def test_running_totals_over_other_months_are_not_judged() -> None:
    running = total_row(attend_total="999")
    running[0] = "累計"
    assert codes(read(HEADER, row(), running)) == []


def test_blank_sums_say_nothing() -> None:
    assert codes(read(HEADER, row(), total_row())) == []


def test_columns_must_have_keys_of_their_own() -> None:
    with pytest.raises(ValueError, match="share a key"):
        TableSpec("x", (Column("a", "a"), Column("a", "b", Kind.DATE)))
