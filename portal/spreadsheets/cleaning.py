"""From the text of one cell to a value: what was done to it is said, and what is wrong with it.

Nothing here guesses. What has one meaning is taken and noted; what has two is a question to the
sender; what has none is an error that says what to type.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import product

from portal.core.dates import day_with_weekday, read_date, read_month
from portal.core.identifiers import (
    complete_local_government_code,
    is_local_government_code,
    read_local_government_code,
)
from portal.core.money import read_decimal, read_integer, read_yen
from portal.core.personal import questions_about
from portal.core.text import (
    Reading,
    fold_for_numbers,
    has_wide_digits,
    search_key,
)

from .columns import Column, Kind, Level, ReadContext, Value, units_of
from .workbook import Address, cell_name

# Up to this, a text is a name or a place; above it, somebody writes sentences.
_SHORT_TEXT = 200


class CleaningKind(StrEnum):
    """The steps, each with the words under which the person sees it counted."""

    WIDTH = "width"
    COMMA = "comma"
    UNIT = "unit"
    APPROXIMATE = "approximate"
    DASH = "dash"
    DITTO = "ditto"
    ERA = "era"
    SERIAL = "serial"
    MONTH = "month"
    TIME = "time"
    CODE5 = "code5"
    LEADING_ZERO = "leading_zero"
    CHOICE = "choice"
    SPACES = "spaces"
    QUOTE = "quote"
    MERGED = "merged"
    FORMULA = "formula"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    CleaningKind.WIDTH: "全角の数字を半角に",
    CleaningKind.COMMA: "桁区切りのカンマを外す",
    CleaningKind.UNIT: "単位の文字を外す",
    CleaningKind.APPROXIMATE: "「約」を外し、概数の印を付ける",
    CleaningKind.DASH: "横線を「値なし」に（0ではありません）",
    CleaningKind.DITTO: "「〃」を上の行の値に",
    CleaningKind.ERA: "和暦を日付に",
    CleaningKind.SERIAL: "Excelの日付の番号を日付に",
    CleaningKind.MONTH: "月だけの日付を月の初日に",
    CleaningKind.TIME: "日付に付いた時刻を外す",
    CleaningKind.CODE5: "団体コードを5桁から6桁に",
    CleaningKind.LEADING_ZERO: "団体コードの初めの0を補う",
    CleaningKind.CHOICE: "選択肢の表記に",
    CleaningKind.SPACES: "前後の空白を外す",
    CleaningKind.QUOTE: "式を防ぐための引用符を外す",
    CleaningKind.MERGED: "結合セルの値を各セルに",
    CleaningKind.FORMULA: "式を計算済みの値に",
}

NO_VALUE = "値なし"


@dataclass(frozen=True, slots=True)
class Cleaning:
    """One step done to one cell; `cleaned` is the value as a person reads it."""

    address: Address
    column: str
    kind: CleaningKind
    original: str
    cleaned: str

    @property
    def cell(self) -> str:
        return cell_name(self.address)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What the sender must mend (ERROR) or say is right (CONFIRM), at its cell.

    `id` is the same for the same file, so that an answer can be kept with it.
    """

    address: Address
    column_label: str
    original: str
    code: str
    reason: str
    fix: str
    level: Level

    @property
    def cell(self) -> str:
        return cell_name(self.address)

    @property
    def id(self) -> str:
        return f"{self.cell}-{self.code}"


@dataclass(frozen=True, slots=True)
class Objection:
    """A problem before it has an address."""

    code: str
    reason: str
    fix: str
    level: Level = Level.ERROR


@dataclass(frozen=True, slots=True)
class CellReading:
    """`is_approximate` marks 約30; `is_month` marks a day that stands for its month."""

    value: Value
    steps: tuple[CleaningKind, ...] = ()
    objections: tuple[Objection, ...] = ()
    is_approximate: bool = False
    is_month: bool = False

    @property
    def is_plain(self) -> bool:
        """Its value is all there is to say."""
        return not (self.steps or self.objections or self.is_approximate or self.is_month)

    @property
    def shown(self) -> str:
        return show(self.value) + ("（概数）" if self.is_approximate else "")


def show(value: Value) -> str:
    """A value as the list of cleanings prints it."""
    if value is None:
        return NO_VALUE
    if isinstance(value, int | Decimal | str):
        return str(value)
    return f"{value.year}年{value.month}月{value.day}日"


# What `export` puts before a text of a CSV that would begin a formula.
_QUOTED = re.compile(r"'[=+\-@\t\r＝＋－＠]")
_DASHES = "-‐‑‒–—―−－─ーｰ~〜～"
_SAME = product(("", "(", "（"), ("同", "同上"), ("", ")", "）"))
_DITTO = frozenset(("〃", "々", "仝", '"', "”", "″", "“", "''", "〃〃", *map("".join, _SAME)))
_BEFORE_NUMBER = re.compile(r"^(?:延べ?|のべ|計)")
_APPROXIMATE = re.compile(
    r"^(?:約|およそ|おおよそ|おおむね|概ね|概数)|(?:程度|前後|ほど|くらい|ぐらい|\(概数\))$"
)


def is_ditto(text: str) -> bool:
    return text.strip() in _DITTO


def is_dash(text: str) -> bool:
    bare = text.strip()
    return bool(bare) and not bare.strip(_DASHES)


def read_cell(text: str, column: Column, context: ReadContext) -> CellReading:
    """The value of a cell that stands for itself (〃 is resolved before, by the table)."""
    bare = text.strip()
    if bare.startswith("'") and _QUOTED.match(bare):
        plain = read_cell(bare[1:], column, context)
        return replace(plain, steps=(*plain.steps, CleaningKind.QUOTE))
    if not bare:
        reading = CellReading(None)
    elif is_dash(text) and not (column.kind is Kind.TEXT and column.required):
        reading = CellReading(None, (CleaningKind.DASH,))
    else:
        reading = _READERS[column.kind](text, column, context)
    if column.required and reading.value is None and not reading.objections:
        empty = Objection(
            "required", f"{column.label}が空欄です。", f"{column.label}を入力してください。"
        )
        return replace(reading, objections=(empty,))
    return reading


def _refused(code: str, problem: str) -> CellReading:
    """`problem` is a message of the core: what is wrong, then what to do."""
    reason, _, fix = problem.partition("。")
    return CellReading(
        None, objections=(Objection(code, f"{reason}。", fix or "直してください。"),)
    )


# --- numbers ----------------------------------------------------------------------------------


def _read_number(text: str, column: Column, context: ReadContext) -> CellReading:
    steps = [CleaningKind.WIDTH] if has_wide_digits(text) else []
    bare = fold_for_numbers(text)
    approximate = bool(_APPROXIMATE.search(bare))
    if approximate:
        steps.append(CleaningKind.APPROXIMATE)
        bare = _APPROXIMATE.sub("", bare)
    without_prefix = _BEFORE_NUMBER.sub("", bare)
    reading = _number(without_prefix, column)
    if reading.value is None:
        return _refused("number", (reading.problem or "").replace(without_prefix, text.strip()))
    if without_prefix != bare or any(note.startswith(("単位", "「円")) for note in reading.notes):
        steps.append(CleaningKind.UNIT)
    if "," in bare:
        steps.append(CleaningKind.COMMA)
    objections = tuple(_range_objections(reading.value, column))
    value = None if objections else reading.value
    return CellReading(value, tuple(steps), objections, approximate and value is not None)


def _number(bare: str, column: Column) -> Reading[int] | Reading[Decimal]:
    if column.kind is Kind.YEN:
        return read_yen(bare)
    if column.kind is Kind.DECIMAL:
        return read_decimal(bare, units_of(column))
    return read_integer(bare, units_of(column))


def _range_objections(value: int | Decimal, column: Column) -> list[Objection]:
    if value < 0:
        return [
            Objection(
                "negative",
                f"{column.label}に負の数は使えません。",
                "取消しのときは、元の行の値を直してください。",
            )
        ]
    if column.maximum is not None and value > column.maximum:
        most = f"{column.maximum:,}{column.unit}"
        return [
            Objection(
                "maximum", f"{column.label}は{most}までです。", "値を確かめて直してください。"
            )
        ]
    return []


# --- dates ------------------------------------------------------------------------------------

_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?$")


def _read_date(text: str, column: Column, context: ReadContext) -> CellReading:
    steps = [CleaningKind.WIDTH] if has_wide_digits(text) else []
    bare = _TIME.sub("", text.strip())
    if bare != text.strip():
        steps.append(CleaningKind.TIME)
    reading = read_date(bare, excel=True)
    is_month = False
    if reading.value is None:
        month = read_month(bare)
        if month.value is None:
            return _refused("date", reading.problem or "")
        reading, is_month = month, True
        steps.append(CleaningKind.MONTH)
    folded = fold_for_numbers(bare)
    if not folded[0].isdigit():
        steps.append(CleaningKind.ERA)
    elif re.fullmatch(r"\d{5}(\.0+)?", folded):
        steps.append(CleaningKind.SERIAL)
    doubts = [_doubt(warning) for warning in reading.warnings]
    if reading.value and context.period and column.is_key and not is_month:
        first, last = context.period
        if not first <= reading.value <= last:
            reason = f"{day_with_weekday(reading.value)}は報告の期間の外です。"
            fix = f"{show(first)}から{show(last)}までの日付か確かめてください。"
            doubts.append(Objection("period", reason, fix, Level.CONFIRM))
    return CellReading(reading.value, tuple(steps), tuple(doubts), is_month=is_month)


def _doubt(warning: str) -> Objection:
    reason, _, fix = warning.partition("。")
    return Objection("doubt", f"{reason}。", fix, Level.CONFIRM)


# --- codes ------------------------------------------------------------------------------------


def _read_lg_code(text: str, column: Column, context: ReadContext) -> CellReading:
    """五桁 are completed; a leading 0 that a spreadsheet dropped is restored where the sender's
    prefecture says so (岩見沢市 012106 arrives as 12106, which is also 千葉市美浜区)."""
    width = (CleaningKind.WIDTH,) if has_wide_digits(text) else ()
    digits = re.sub(r"\.0+$", "", fold_for_numbers(text))
    restored = _restored_zero(digits, context.prefecture)
    if restored:
        return CellReading(restored, (*width, CleaningKind.LEADING_ZERO))
    reading = read_local_government_code(digits)
    if reading.value is None:
        return _wrong_code(digits, reading.problem or "", context)
    steps = (*width, CleaningKind.CODE5) if len(digits) == 5 else width
    return CellReading(reading.value, steps, tuple(_code_doubts(digits, reading.value, context)))


def _restored_zero(digits: str, prefecture: str | None) -> str | None:
    """The code with its 0 again, if it then is one of the sender's prefecture (01 to 09)."""
    if prefecture is None or not re.fullmatch(r"\d{4,5}", digits):
        return None
    with_zero = f"0{digits}"
    if not with_zero.startswith(prefecture):
        return None
    code = with_zero if len(digits) == 5 else complete_local_government_code(with_zero)
    return code if is_local_government_code(code) else None


def _wrong_code(digits: str, problem: str, context: ReadContext) -> CellReading:
    refused = _refused("lg_code", problem)
    if not re.fullmatch(r"\d{6}", digits):
        return refused
    right = complete_local_government_code(digits[:5])
    name = context.municipalities.get(right)
    if name is None:
        return refused
    named = Objection(
        "lg_code",
        f"{name}のコードは{right}です。",
        f"{right}（{name}）か、別の団体か確かめてください。",
    )
    return replace(refused, objections=(named,))


def _code_doubts(digits: str, code: str, context: ReadContext) -> list[Objection]:
    if context.prefecture is None:
        other = f"0{digits}"
        if len(digits) == 5 and is_local_government_code(other):
            reason = f"{code}のほか、初めの0が落ちた{other}とも読めます。"
            fix = f"{other}のことであれば、6桁の文字で入力し直してください。"
            return [Objection("two_codes", reason, fix, Level.CONFIRM)]
        return []
    if not code.startswith(context.prefecture):
        reason = f"{code}は、提出先の都道府県の団体コードではありません。"
        return [Objection("other_prefecture", reason, "コードを確かめてください。", Level.CONFIRM)]
    return []


# --- words ------------------------------------------------------------------------------------


def _read_text(text: str, column: Column, context: ReadContext) -> CellReading:
    steps = []
    value = text.replace("\r\n", "\n").strip()
    if value != text.replace("\r\n", "\n"):
        steps.append(CleaningKind.SPACES)
    objections = []
    if len(value) > column.max_length:
        reason = f"{column.label}が{len(value)}字あります。"
        objections.append(
            Objection("length", reason, f"{column.max_length}字までに短くしてください。")
        )
    if value not in context.cleared:
        objections += _persons(value, column)
    return CellReading(value, tuple(steps), tuple(objections))


def _persons(value: str, column: Column) -> list[Objection]:
    """A telephone number anywhere; the rest in sentences, and in names that may be no person's."""
    is_asked = column.names_nobody or column.max_length > _SHORT_TEXT
    return [
        Objection(one.code, one.reason, one.fix, Level.CONFIRM)
        for one in questions_about(value, is_name=column.names_nobody and column.is_key)
        if is_asked or one.code == "phone"
    ]


def _read_choice(text: str, column: Column, context: ReadContext) -> CellReading:
    wanted = search_key(text)
    for choice in column.choices:
        if search_key(choice) == wanted:
            steps = () if choice == text else (CleaningKind.CHOICE,)
            return CellReading(choice, steps)
    listed = "、".join(column.choices)
    return CellReading(
        None,
        objections=(
            Objection(
                "choice",
                f"「{text.strip()}」は選択肢にありません。",
                f"{listed}から選んで入力してください。",
            ),
        ),
    )


_READERS: dict[Kind, Callable[[str, Column, ReadContext], CellReading]] = {
    Kind.COUNT: _read_number,
    Kind.DECIMAL: _read_number,
    Kind.YEN: _read_number,
    Kind.DATE: _read_date,
    Kind.LG_CODE: _read_lg_code,
    Kind.TEXT: _read_text,
    Kind.CHOICE: _read_choice,
}
