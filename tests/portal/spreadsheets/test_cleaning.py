from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.spreadsheets.cleaning import CleaningKind, read_cell
from portal.spreadsheets.columns import Column, Kind, Level, ReadContext, Value

COUNT = Column("n", "参加者", Kind.COUNT, unit="人")
OCTOBER = ReadContext(period=(date(2024, 10, 1), date(2024, 10, 31)))
NOWHERE = ReadContext()


def value_and_steps(
    text: str, column: Column, context: ReadContext = NOWHERE
) -> tuple[Value, set[str]]:
    reading = read_cell(text, column, context)
    return reading.value, {step.value for step in reading.steps}


@pytest.mark.parametrize(
    ("text", "value", "steps"),
    [
        ("18", 18, set()),
        ("１８", 18, {"width"}),
        ("1,234", 1234, {"comma"}),
        ("45人", 45, {"unit"}),
        ("延45人", 45, {"unit"}),
        ("延べ４５名", 45, {"unit", "width"}),
        ("約30", 30, {"approximate"}),
        ("約３０人", 30, {"approximate", "width", "unit"}),
        ("30人程度", 30, {"approximate", "unit"}),
        ("12.0", 12, set()),
        ("0", 0, set()),
        ("", None, set()),
        ("　", None, set()),
    ],
)
def test_counts(text: str, value: int | None, steps: set[str]) -> None:
    assert value_and_steps(text, COUNT) == (value, steps)


@pytest.mark.parametrize("dash", ["－", "−", "ー", "‐", "-", "―", "—", "ｰ", "--"])
def test_a_line_is_no_value_and_not_nought(dash: str) -> None:
    assert value_and_steps(dash, COUNT) == (None, {"dash"})


def test_approximate_counts_are_flagged() -> None:
    assert read_cell("約30", COUNT, NOWHERE).is_approximate
    assert not read_cell("30", COUNT, NOWHERE).is_approximate


@pytest.mark.parametrize(
    ("text", "reason", "fix"),
    [
        ("△1", "参加者に負の数は使えません。", "元の行の値"),
        ("▲1", "参加者に負の数は使えません。", "元の行の値"),
        ("-1", "参加者に負の数は使えません。", "元の行の値"),
        ("3～4", "範囲では登録できません。", "1つの数にしてください。"),
        ("3-4", "範囲では登録できません。", "1つの数"),
        ("1.5", "小数は入力できません。", "整数"),
        ("多数", "「多数」は数として読めません。", "数字で入力してください"),
        ("=1+1", "数として読めません。", "数字で入力"),
        ("1,23", "カンマの位置", "3桁ごと"),
    ],
)
def test_counts_that_are_refused(text: str, reason: str, fix: str) -> None:
    reading = read_cell(text, COUNT, NOWHERE)
    (objection,) = reading.objections
    assert reading.value is None
    assert reason in objection.reason
    assert fix in objection.fix
    assert objection.level is Level.ERROR


def test_numbers_of_other_kinds() -> None:
    hours = Column("h", "時間", Kind.DECIMAL, unit="時間")
    grant = Column("g", "助成額", Kind.YEN, unit="円")
    rate = Column("r", "満足度", Kind.DECIMAL, unit="%", maximum=100)
    assert value_and_steps("１．５時間", hours) == (Decimal("1.5"), {"width", "unit"})
    assert value_and_steps("1,000円", grant) == (1000, {"comma", "unit"})
    assert value_and_steps("95.5%", rate) == (Decimal("95.5"), {"unit"})
    assert read_cell("101", rate, NOWHERE).objections[0].code == "maximum"
    assert "円の単位" in read_cell("5千円", grant, NOWHERE).objections[0].reason


DAY = Column("d", "開催日", Kind.DATE, is_key=True)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("2024-10-20", set()),
        ("2024/10/20", set()),
        ("R6.10.20", {"era"}),
        ("令和６年１０月２０日", {"era", "width"}),
        ("45585", {"serial"}),
        ("2024-10-20 10:30", {"time"}),
    ],
)
def test_dates(text: str, steps: set[str]) -> None:
    assert value_and_steps(text, DAY, OCTOBER) == (date(2024, 10, 20), steps)
    assert read_cell(text, DAY, OCTOBER).objections == ()


def test_a_month_alone_is_its_first_day_and_flagged() -> None:
    reading = read_cell("令和6年10月", DAY, OCTOBER)
    assert (reading.value, reading.is_month) == (date(2024, 10, 1), True)
    assert CleaningKind.MONTH in reading.steps


@pytest.mark.parametrize(("text", "code"), [("2024/11/3", "period"), ("平成36年10月5日", "doubt")])
def test_dates_to_be_confirmed(text: str, code: str) -> None:
    reading = read_cell(text, DAY, OCTOBER)
    assert reading.value is not None
    assert [(o.code, o.level) for o in reading.objections] == [(code, Level.CONFIRM)]


def test_a_date_that_does_not_name_the_row_may_lie_before_the_period() -> None:
    """When something was decided or approved, say."""
    assert read_cell("2024/4/1", Column("d", "決定日", Kind.DATE), OCTOBER).objections == ()


def test_wrong_dates_say_what_to_type() -> None:
    (objection,) = read_cell("2024/13/1", DAY, OCTOBER).objections
    assert (objection.reason, objection.fix) == (
        "13月は入力できません。",
        "月は1から12で入力してください。",
    )


CODE = Column("c", "団体コード", Kind.LG_CODE)


@pytest.mark.parametrize(
    ("text", "prefecture", "value", "steps"),
    [
        ("132012", "13", "132012", set()),
        ("13308", "13", "133086", {"code5"}),
        ("１３３０８", "13", "133086", {"code5", "width"}),
        ("13308.0", "13", "133086", {"code5"}),
        ("12106", "01", "012106", {"leading_zero"}),
        ("12106", "12", "121061", {"code5"}),
        ("1210", "01", "012106", {"leading_zero"}),
        ("012106", "01", "012106", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_codes(text: str, prefecture: str, value: str, steps: set[str]) -> None:
    context = ReadContext(prefecture=prefecture)
    assert value_and_steps(text, CODE, context) == (value, steps)
    assert read_cell(text, CODE, context).objections == ()


def test_a_code_with_two_readings_is_a_question_where_the_sender_is_unknown() -> None:
    reading = read_cell("12106", CODE, NOWHERE)
    assert reading.value == "121061"
    assert [(o.code, o.level) for o in reading.objections] == [("two_codes", Level.CONFIRM)]
    assert "012106" in reading.objections[0].reason


def test_a_code_of_another_prefecture_is_a_question() -> None:
    reading = read_cell("132012", CODE, ReadContext(prefecture="20"))
    assert [(o.code, o.level) for o in reading.objections] == [("other_prefecture", Level.CONFIRM)]


def test_a_wrong_check_digit_names_the_likely_municipality() -> None:
    context = ReadContext(prefecture="20", municipalities={"202207": "安曇野市"})
    (objection,) = read_cell("202208", CODE, context).objections
    assert objection.reason == "安曇野市のコードは202207です。"
    assert objection.level is Level.ERROR
    (objection,) = read_cell("202208", CODE, ReadContext(prefecture="20")).objections
    assert "検査数字" in objection.reason


NOTE = Column("t", "備考", max_length=20)


def test_names_are_kept_as_they_are() -> None:
    for name in ("髙橋㈱①", "㋿", "神", "ｻﾛﾝ", "10/12～13\n2日間"):
        assert read_cell(name, NOTE, NOWHERE).value == name


@pytest.mark.parametrize(
    ("text", "value", "steps"),
    [
        ("　雨天 ", "雨天", {"spaces"}),
        ("a\r\nb", "a\nb", set()),
        ("'=SUM(A1)", "=SUM(A1)", {"quote"}),
        ("－", None, {"dash"}),
    ],
)
def test_texts(text: str, value: str | None, steps: set[str]) -> None:
    assert value_and_steps(text, NOTE) == (value, steps)


def test_texts_to_be_looked_at() -> None:
    assert read_cell("電話 0263-00-1234", NOTE, NOWHERE).objections[0].code == "phone"
    assert read_cell("あ" * 21, NOTE, NOWHERE).objections[0].level is Level.ERROR


def test_choices_in_any_writing() -> None:
    media = Column("m", "媒体", Kind.CHOICE, choices=("印刷", "SNS", "動画"))
    assert value_and_steps("ＳＮＳ", media) == ("SNS", {"choice"})
    assert value_and_steps("SNS", media) == ("SNS", set())
    (objection,) = read_cell("ラジオ", media, NOWHERE).objections
    assert objection.fix == "印刷、SNS、動画から選んで入力してください。"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CHOICE])
def test_required_cells_must_hold_something(kind: Kind) -> None:
    column = Column("x", "項目", kind, required=True)
    for text in ("", "　"):
        (objection,) = read_cell(text, column, NOWHERE).objections
        assert objection.fix == "項目を入力してください。"


@given(st.text(max_size=15), st.sampled_from([k for k in Kind if k is not Kind.CHOICE]))
def test_every_text_gets_a_value_or_a_reason(text: str, kind: Kind) -> None:
    reading = read_cell(text, Column("x", "項目", kind, required=True), NOWHERE)
    errors = [o for o in reading.objections if o.level is Level.ERROR]
    assert (reading.value is None) == bool(errors)
    for objection in reading.objections:
        assert objection.reason.endswith("。")
        assert objection.fix.endswith("。")


def test_a_dash_that_left_as_csv_comes_back_as_no_value() -> None:
    """Where a text would begin a formula, our CSV puts an apostrophe before it."""
    for text in ("'－", "'-", "'＝"):
        column = Column("n", "人数", Kind.COUNT)
        reading = read_cell(text, column, ReadContext())
        is_dash = text != "'＝"
        assert (reading.value, bool(reading.objections)) == (None, not is_dash)
        assert (CleaningKind.QUOTE in reading.steps) is True
