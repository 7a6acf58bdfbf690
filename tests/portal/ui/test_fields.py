"""What people type, what becomes of it, and what is said when nothing can."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    ReasonField,
    UploadField,
    YenField,
)


def form_of(field: forms.Field, typed: Any, **files: Any) -> PortalForm:
    made = type("OneField", (PortalForm,), {"it": field})
    return made({"it": typed}, files)


def read(field: forms.Field, typed: Any) -> Any:
    form = form_of(field, typed)
    assert form.is_valid(), form.errors
    return form.cleaned_data["it"]


def refused(field: forms.Field, typed: Any) -> str:
    form = form_of(field, typed)
    assert not form.is_valid()
    (message,) = form.errors["it"]
    assert message.endswith("。"), "an error is a sentence that says what to do"
    return message


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026年4月1日", date(2026, 4, 1)),
        ("令和8年4月1日", date(2026, 4, 1)),
        ("R8.4.1", date(2026, 4, 1)),
        ("２０２６／４／１", date(2026, 4, 1)),
        ("", None),
    ],
)
def test_a_date_is_read_in_either_calendar(typed: str, day: date | None) -> None:
    assert read(JapaneseDateField(label="開始日", required=False), typed) == day


@pytest.mark.parametrize("typed", ["2026年2月30日", "令和8年13月1日", "来月", "46113", "４月１日"])
def test_a_date_that_is_none_says_so_and_stays(typed: str) -> None:
    form = form_of(JapaneseDateField(label="開始日"), typed)
    assert form.errors["it"][0].startswith("開始日：")
    assert form["it"].value() == typed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026年3月31日", "開始日は、2026年4月1日（令和８年）以後の日付にしてください。"),
        ("2027年4月1日", "開始日は、2027年3月31日（令和９年）以前の日付にしてください。"),
    ],
)
def test_a_date_keeps_within_its_bounds(typed: str, words: str) -> None:
    field = JapaneseDateField(label="開始日", earliest=date(2026, 4, 1), latest=date(2027, 3, 31))
    assert refused(field, typed) == words


def test_what_was_read_is_said_where_it_was_written_otherwise() -> None:
    field = JapaneseDateField(label="開始日")
    assert field.notes_for("R8.4.1") == ("2026年4月1日（令和８年）と読み取りました。",)
    assert field.notes_for("2026年4月1日") == ()
    assert field.notes_for("いつか") == ()


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31)))
def test_a_date_shown_is_read_back(day: date) -> None:
    field = JapaneseDateField(label="開始日")
    assert read(field, field.prepare_value(day)) == day


@pytest.mark.parametrize(
    ("typed", "yen"),
    [("12,265,000", 12_265_000), ("１２３４円", 1234), ("¥1,000", 1000), ("0", 0)],
)
def test_yen_are_read(typed: str, yen: int) -> None:
    assert read(YenField(label="申請額"), typed) == yen


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (YenField(label="申請額"), "", "申請額を入力してください。"),
        (YenField(label="申請額"), "△1", "申請額は、0円以上で入力してください。"),
        (
            YenField(label="申請額", max_value=500),
            "1,000",
            "申請額は、500円以下で入力してください。",
        ),
        (
            YenField(label="申請額", multiple_of=1000),
            "1,500",
            "申請額は、1,000円未満の端数のない金額にしてください。",
        ),
        (QuantityField(label="人数", unit="人"), "△1", "人数は、0人以上で入力してください。"),
    ],
)
def test_an_amount_says_its_bounds(field: forms.Field, typed: str, words: str) -> None:
    assert refused(field, typed) == words


@pytest.mark.parametrize("typed", ["一千万", "1.5", "12千円", "6,000〜6,500", "1,00"])
def test_an_amount_that_cannot_be_read_names_its_field(typed: str) -> None:
    assert refused(YenField(label="申請額"), typed).startswith("申請額：")


@given(st.integers(min_value=0, max_value=10**14))
def test_an_amount_shown_is_read_back(yen: int) -> None:
    field = YenField(label="申請額")
    assert read(field, field.prepare_value(yen)) == yen


def test_a_quantity_takes_its_unit_and_its_decimals() -> None:
    assert read(QuantityField(label="回数", unit="回"), "１０回") == 10
    assert read(QuantityField(label="時間", unit="時間", places=1), "1.5時間") == Decimal("1.5")
    assert "時間：" in refused(QuantityField(label="時間", places=1), "1.55")


def test_an_unchanged_row_is_known_by_its_value_not_by_its_writing() -> None:
    field = YenField(label="単価")
    assert not field.has_changed(1000, "１,０００円")
    assert field.has_changed(1000, "1001")
    assert field.has_changed(None, "読めない")
    assert not field.has_changed(None, "")


def test_a_document_number_keeps_its_writing() -> None:
    number = read(DocumentNumberField(label="文書番号"), "府孤推第７号")
    assert (number.original, number.key) == ("府孤推第７号", "府孤推第7号")
    assert "府孤推第７号" in refused(DocumentNumberField(label="文書番号"), "七号")


def test_a_long_text_counts_line_ends_once_and_never_cuts() -> None:
    field = LongTextField(label="目的", max_length=4)
    assert read(field, "あ\r\nい\r\n") == "あ\nい"
    assert "maxlength" not in field.widget.attrs
    words = refused(LongTextField(label="目的", max_length=4), "あいうえお")
    assert words == "目的は、4字以内にしてください。いまは5字です。"


@pytest.mark.parametrize("typed", ["。", "・・・・・・", "なし", "    "])
def test_a_reason_is_more_than_a_mark(typed: str) -> None:
    assert refused(ReasonField(), typed).startswith("理由")


@pytest.mark.parametrize("name", ["髙橋 﨑子", "𠮷田", "神田", "ヴ・マリア", "O’Neil"])
def test_a_name_is_kept_as_it_is_written(name: str) -> None:
    assert read(PersonNameField(label="氏名"), name) == name


def test_a_name_says_what_a_csv_would_lose() -> None:
    field = PersonNameField(label="氏名")
    assert field.notes_for("髙橋") == ()
    assert "「𠮷」" in field.notes_for("𠮷田")[0]
    assert refused(field, "山田\t太郎").startswith("氏名に")


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        (
            "図.docx",
            10,
            "「図.docx」は追加できません。pdf、xlsxのどれかの形式で保存し直してください。",
        ),
        (
            "図.pdf",
            3 * 1024 * 1024,
            "ファイルが3MBあります。2MB以下にするか、2つに分けてください。",
        ),
        ("図.pdf", 0, "実施体制図の中身が空です。別のファイルを追加してください。"),
    ],
)
def test_a_file_that_does_not_fit_says_how_it_would(name: str, size: int, words: str) -> None:
    field = UploadField(label="実施体制図", extensions=("pdf", ".xlsx"), max_bytes=2 * 1024 * 1024)
    form = form_of(field, "", it=SimpleUploadedFile(name, b"x" * size))
    assert form.errors["it"] == [words]


def test_a_file_that_fits_is_taken_whatever_the_case_of_its_name() -> None:
    field = UploadField(label="実施体制図", extensions=("pdf",))
    assert form_of(field, "", it=SimpleUploadedFile("図.PDF", b"x")).is_valid()
    assert field.help_text == "PDFのファイルを1つ。25MBまで。"
