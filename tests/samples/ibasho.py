"""One month of 居場所 records as offices send it: the CSV beside this file, the same as XLSX."""

import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook

CSV_NAME = "ibasho_2024-10_cp932.csv"


def ibasho_csv() -> bytes:
    return (Path(__file__).parent / CSV_NAME).read_bytes()


_CONSULTATIONS = ("相談\n(来所)", "相談\n(電話)", "相談\n(SNS等)")
_TOTALS = ("回数", "参加者（延）", "うち新規", *_CONSULTATIONS, "つなぎ")
_CAFE = ("つながりカフェ髙橋", date(2024, 10, 20), 2, "延45人", -1, 1, 3, "－", 2)
_ROWS = (
    ("No", "市町村名", "団体ｺｰﾄﾞ", "居場所名", "開催日", *_TOTALS, "備考"),
    (1, "○○市", "132012", "サロンあおぞら", date(2024, 10, 5), 1, 18, 3, 2, "－", 1, 1, "雨天"),
    (
        2,
        None,
        132012,
        "こども食堂㈱みらい",
        "令和６年10月12日",
        1,
        "約３０",
        5,
        0,
        None,
        2,
        0,
        "子ども①",
    ),
    (3, "△△町", 13308, *_CAFE, "10/12～13\n2日間"),
    ("合計", None, None, None, None, 4, 93),
)


def ibasho_xlsx() -> bytes:
    """The month of the CSV with what XLSX adds: merged cells, real dates and a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "10月分"
    sheet["A1"] = "孤独・孤立対策推進事業　居場所実績報告（令和６年１０月分）"
    sheet.merge_cells("A1:M1")
    sheet["M2"] = "（単位：人・件）"
    for row in _ROWS:
        sheet.append(row)
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("A7:E7")
    notes = book.create_sheet("作業用")
    notes.sheet_state = "hidden"
    notes["A1"] = "下書き"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
