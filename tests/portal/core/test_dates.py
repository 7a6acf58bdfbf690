from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from portal.core.dates import (
    JST,
    FiscalYear,
    deadline_phrase,
    document_date,
    era_of,
    era_year,
    now_jst,
    read_date,
    read_month,
    remaining_phrase,
    screen_date,
    screen_datetime,
    short_date,
    today_jst,
)

APRIL_FIRST_2026 = date(2026, 4, 1)
MODERN = st.dates(min_value=date(1873, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 5, 1), "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(1989, 1, 8), "平成元年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1926, 12, 25), "昭和元年"),
        (date(1926, 12, 24), "大正15年"),
        (date(1912, 7, 30), "大正元年"),
        (date(1912, 7, 29), "明治45年"),
        (date(1873, 1, 1), "明治6年"),
    ],
)
def test_eras_change_on_their_days(day: date, expected: str) -> None:
    assert era_year(day) == expected


def test_days_of_another_calendar_have_no_era() -> None:
    with pytest.raises(ValueError, match="no era"):
        era_of(date(1872, 12, 31))


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2026, "令和8年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (2028, "令和10年度"),
    ],
)
def test_fiscal_year_label(year: int, label: str) -> None:
    assert FiscalYear(year).label == label


def test_fiscal_year_of_a_document_has_house_digits() -> None:
    assert FiscalYear(2026).document_label == "令和８年度"
    assert FiscalYear(2028).document_label == "令和10年度"


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_fiscal_year_of_a_day(day: date, year: int) -> None:
    assert FiscalYear.of(day) == year
    assert FiscalYear.of(day).contains(day)


def test_fiscal_year_and_its_neighbours() -> None:
    year = FiscalYear(2026)
    assert (year.start, year.end) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (year.previous, year.following) == (2025, 2027)
    assert year.months[0] == date(2026, 4, 1)
    assert year.months[-1] == date(2027, 3, 1)
    assert len(year.months) == 12


@pytest.mark.parametrize(
    "text",
    [
        "2026/4/1",
        "2026-04-01",
        "2026.4.1",
        "20260401",
        "2026年4月1日",
        "２０２６年４月１日",
        "2026年4月1日（水）",
        "令和8年4月1日",
        "令和８年４月１日",
        "R8.4.1",
        "Ｒ８．４．１",
        "r8.4.1",
        "R08/04/01",
        "令8・4・1",
        "㋿8年4月1日",
        " 2026 年 4 月 1 日 ",
        "2026ー4ー1",
        "2026-04-01T00:00:00",
    ],
)
def test_dates_as_people_write_them(text: str) -> None:
    assert read_date(text).value == APRIL_FIRST_2026


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平成36年4月1日", date(2024, 4, 1)),
        ("平成31年5月1日", date(2019, 5, 1)),
        ("昭和64年1月8日", date(1989, 1, 8)),
    ],
)
def test_a_year_past_the_end_of_its_era_is_taken_with_a_warning(text: str, expected: date) -> None:
    reading = read_date(text)
    assert reading.value == expected
    assert reading.warnings
    assert "確かめてください" in reading.warnings[0]


def test_last_day_of_an_era_needs_no_warning() -> None:
    assert read_date("平成31年4月30日").warnings == ()


@pytest.mark.parametrize(
    ("text", "instruction"),
    [
        ("令和元年4月30日", "2019年5月1日から"),
        ("令和元年4月", "日がありません"),
        ("令和0年5月1日", "元年"),
        ("明治5年1月1日", "1873年"),
        ("2026年13月1日", "13月は入力できません。月は1から12で入力してください。"),
        ("2026/2/29", "28日まで"),
        ("2026年4月1日（木）", "水曜日"),
        ("26/4/1", "4桁の西暦か、元号"),
        ("4月1日", "年がありません"),
        ("2026年4月", "日がありません"),
        ("2026/10/12～13", "1つの日付"),
        ("45383", "読めません"),
        ("あした", "読めません"),
        ("3026/4/1", "2199年"),
    ],
)
def test_dates_that_are_refused_say_what_to_do(text: str, instruction: str) -> None:
    reading = read_date(text)
    assert reading.value is None
    assert reading.problem is not None
    assert instruction in reading.problem


@time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=JST))
def test_excel_serials_are_taken_only_when_told() -> None:
    assert read_date("45383", excel=True).value == date(2024, 4, 1)
    assert read_date("45585.0", excel=True).value == date(2024, 10, 20)
    assert "45383" in read_date("45383", excel=True).notes[0]


@time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=JST))
@pytest.mark.parametrize("serial", ["36525", "50100", "13308"])
def test_excel_serials_out_of_reach_are_refused(serial: str) -> None:
    assert read_date(serial, excel=True).problem


@pytest.mark.parametrize(
    "text", ["令和6年10月分", "令和６年１０月", "R6.10", "2024/10", "2024年10月"]
)
def test_months(text: str) -> None:
    assert read_month(text).value == date(2024, 10, 1)


def test_month_in_which_an_era_begins_belongs_to_it() -> None:
    assert read_month("令和元年5月").value == date(2019, 5, 1)
    assert read_month("昭和元年12月").value == date(1926, 12, 1)
    assert read_month("令和元年4月").problem


@given(MODERN)
def test_every_printed_date_is_read_back(day: date) -> None:
    assert read_date(document_date(day)).value == day
    assert read_date(short_date(day)).value == day
    assert read_date(day.isoformat()).value == day


@given(st.text(max_size=20))
def test_any_text_gets_a_date_or_a_problem(text: str) -> None:
    reading = read_date(text, excel=True)
    assert reading.value is None or reading.problem is None


def test_dates_on_screens_and_in_documents() -> None:
    assert screen_date(APRIL_FIRST_2026) == "2026年4月1日（令和８年）"
    assert screen_date(date(2019, 5, 1)) == "2019年5月1日（令和元年）"
    assert screen_date(date(2028, 12, 31)) == "2028年12月31日（令和10年）"
    assert document_date(date(2024, 4, 3)) == "令和６年４月３日"
    assert document_date(date(2029, 11, 20)) == "令和11年11月20日"
    assert short_date(date(2024, 4, 3)) == "R6.4.3"


def test_moments_are_shown_in_japanese_time() -> None:
    assert screen_datetime(datetime(2026, 4, 1, 1, 2, tzinfo=UTC)) == "2026年4月1日 10時02分"
    with pytest.raises(ValueError, match="zone"):
        screen_datetime(datetime(2026, 4, 1))  # noqa: DTZ001  the very fault it must refuse


def test_today_changes_at_midnight_in_japan() -> None:
    with time_machine.travel(datetime(2026, 3, 31, 15, 0, tzinfo=UTC), tick=False):
        assert today_jst() == APRIL_FIRST_2026
        assert now_jst().hour == 0


def test_deadlines_in_words() -> None:
    assert deadline_phrase(datetime(2026, 3, 13, 17, tzinfo=JST)) == "2026年3月13日（金）17時"
    assert (
        deadline_phrase(datetime(2026, 3, 13, 17, 15, tzinfo=JST)) == "2026年3月13日（金）17時15分"
    )
    assert deadline_phrase(date(2026, 3, 13)) == "2026年3月13日（金）"


@pytest.mark.parametrize(
    ("now", "phrase"),
    [
        (datetime(2026, 2, 20, 10, tzinfo=JST), "あと21日（開庁日で14日）"),
        (datetime(2026, 3, 13, 16, tzinfo=JST), "今日まで"),
        (datetime(2026, 3, 13, 18, tzinfo=JST), "今日の期限を過ぎています"),
        (datetime(2026, 3, 16, 9, tzinfo=JST), "3日過ぎています"),
    ],
)
def test_time_left(now: datetime, phrase: str) -> None:
    assert remaining_phrase(datetime(2026, 3, 13, 17, tzinfo=JST), now) == phrase
