"""Where the table is in a sheet: its header row, its columns, and the rows that are not data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from portal.core.text import fold_signs

from .cleaning import is_dash, is_ditto
from .columns import Column, TableSpec, units_of
from .workbook import Sheet, column_name

# A header further down than this is no header of an office's form.
_SEARCHED_ROWS = 60
# How much of what is required a row must name before it is taken for the header.
_SHARE = 0.6

_BRACKETS = re.compile(r"[()\[\]{}<>「」『』【】〔〕〈〉]")
_LAST_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
_NOISE = re.compile(r"[\s・_:.,、。*※/|-]|必須|任意")


@lru_cache(maxsize=8192)
def fold_header(text: str) -> str:
    """A header without width, brackets, line breaks and marks, so that 団体ｺｰﾄﾞ is 団体コード."""
    folded = fold_signs(unicodedata.normalize("NFKC", text)).casefold()
    return _NOISE.sub("", _BRACKETS.sub("", folded))


class DropReason(StrEnum):
    TITLE = "表題など"
    EMPTY = "空の行"
    TOTAL = "合計の行"
    NOTE = "注記"
    UNIT = "単位の表示"
    HEADER = "見出しの繰返し"
    UNFILLED = "記入のない行"


@dataclass(frozen=True, slots=True)
class DroppedRow:
    """A row that was not read as data, so that the sender can see that nothing was lost."""

    number: int
    reason: DropReason
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` maps the key of each column found to its place, from 1.

    `unknown` are headers that nothing is known of; `repeated` are second columns with one meaning.
    """

    sheet: Sheet
    header_row: int
    header_height: int
    columns: dict[str, int]
    unknown: tuple[tuple[int, str], ...]
    repeated: tuple[tuple[int, str], ...]
    missing: tuple[Column, ...]

    @property
    def first_row(self) -> int:
        return self.header_row + self.header_height

    def header(self, place: int) -> str:
        """The name of a column as it stands in the file, of both rows where there are two."""
        return _headers(self.sheet, self.header_row, self.header_height)[place - 1]


def find_layout(sheet: Sheet, spec: TableSpec) -> Layout | None:
    """The row, or the two rows together, that name most columns; None below 60% of the required."""
    best: Layout | None = None
    for number in range(1, min(len(sheet.rows), _SEARCHED_ROWS) + 1):
        for height in (1, 2):
            layout = _layout_at(sheet, spec, number, height)
            if layout and (best is None or len(layout.columns) > len(best.columns)):
                best = layout
    return best


def _layout_at(sheet: Sheet, spec: TableSpec, number: int, height: int) -> Layout | None:
    headers = _headers(sheet, number, height)
    found: dict[str, int] = {}
    repeated = []
    places = _match(headers, spec.columns)
    for place, column in sorted(places.items()):
        if column.key in found:
            repeated.append((place, headers[place - 1]))
        else:
            found[column.key] = place
    missing = tuple(column for column in spec.required if column.key not in found)
    if not found or len(spec.required) - len(missing) < _SHARE * len(spec.required):
        return None
    unknown = tuple(
        (place, text)
        for place, text in enumerate(headers, start=1)
        if text.strip() and place not in places
    )
    return Layout(sheet, number, height, found, unknown, tuple(repeated), missing)


def _headers(sheet: Sheet, number: int, height: int) -> list[str]:
    upper = sheet.rows[number - 1]
    if height == 1 or number >= len(sheet.rows):
        return list(upper)
    lower = sheet.rows[number]
    texts = []
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        texts.append(above if above == below else f"{above}{below}")
    return texts


def _match(headers: Sequence[str], columns: tuple[Column, ...]) -> dict[int, Column]:
    """Exact names first; only then names that carry a unit in brackets at their end."""
    names: dict[str, Column] = {}
    for column in columns:
        for alias in (column.label, column.header, *column.aliases):
            names.setdefault(fold_header(alias), column)
    found: dict[int, Column] = {}
    for place, text in enumerate(headers, start=1):
        exact = names.get(fold_header(text)) if text.strip() else None
        if exact:
            found[place] = exact
    taken = {column.key for column in found.values()}
    for place, text in enumerate(headers, start=1):
        bare = names.get(fold_header(_LAST_BRACKETS.sub("", _narrow(text))))
        bracketed = _LAST_BRACKETS.search(_narrow(text))
        if place in found or bare is None or bracketed is None or bare.key in taken:
            continue
        if bracketed[1] in units_of(bare):
            found[place] = bare
            taken.add(bare.key)
    return found


def _narrow(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


_TOTAL = re.compile(r"(総?合計|総計|小計|計|月計|年計|累計|total|subtotal)")
# What every one of them has, so that most rows need no closer look.
_MAY_SUM = re.compile(r"[計tTｔＴ]")
_CUMULATIVE = ("累計", "年計")
_NOTE = re.compile(r"^(※|\*|注[\d)）:：.]|注意|\(注|（注|備考[:：]|記入|記載)")
_UNIT = re.compile(r"^[(（]?\s*単位\s*[:：]")


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of sums: of all rows above it, of those since the last one (小計), or of other months
    too (累計), which cannot be checked here."""

    number: int
    is_subtotal: bool
    is_cumulative: bool


@dataclass(frozen=True, slots=True)
class SortedRows:
    data: tuple[int, ...]
    totals: tuple[TotalRow, ...]
    dropped: tuple[DroppedRow, ...]


def sort_rows(layout: Layout, spec: TableSpec) -> SortedRows:
    """Which rows are data, which are sums, and which are neither."""
    judge = _RowJudge(layout, spec)
    data: list[int] = []
    totals: list[TotalRow] = []
    dropped: list[DroppedRow] = []
    for number, cells in layout.sheet.numbered():
        if layout.header_row <= number < layout.first_row:
            continue
        reason = judge.drop_reason(number, cells)
        if reason is None:
            data.append(number)
            continue
        dropped.append(DroppedRow(number, reason, _summary(cells)))
        if reason is DropReason.TOTAL:
            word = judge.total_word(cells)
            totals.append(TotalRow(number, word in ("小計", "subtotal"), word in _CUMULATIVE))
    return SortedRows(tuple(data), tuple(totals), tuple(dropped))


class _RowJudge:
    """Tells rows of data from others; knows which places hold numbers and which must be filled."""

    def __init__(self, layout: Layout, spec: TableSpec) -> None:
        self.layout = layout
        found = [(place, spec.by_key[key]) for key, place in layout.columns.items()]
        self.number_places = {place for place, column in found if column.kind.is_number}
        self.content_places = [
            place
            for place, column in found
            if column.required or column.is_key or column.is_content or column.kind.is_number
        ]
        headers = _headers(layout.sheet, layout.header_row, layout.header_height)
        # From the last place: what numbers and names a row comes first, and is new in every one.
        places = sorted((place for place, _ in found), reverse=True)
        self.header = {place: fold_header(headers[place - 1]) for place in places}

    def drop_reason(self, number: int, cells: tuple[str, ...]) -> DropReason | None:
        first = next((text for cell in cells if (text := cell.strip())), "")
        if not first:
            return DropReason.EMPTY
        if _UNIT.match(first) and _different(cells) == 1:
            return DropReason.UNIT
        if number < self.layout.header_row:
            return DropReason.TITLE
        if self.layout.sheet.is_typed:
            return None if self._has_content(number, cells) else DropReason.UNFILLED
        if self.total_word(cells):
            return DropReason.TOTAL
        # A record may begin with such a word too; a note stands alone, or was merged across.
        if _NOTE.match(first) and _different(cells) <= 2:
            return DropReason.NOTE
        if self._repeats_header(cells):
            return DropReason.HEADER
        return None if self._has_content(number, cells) else DropReason.UNFILLED

    def total_word(self, cells: tuple[str, ...]) -> str | None:
        """The word for a sum, where a row has it in place of a name."""
        if not _MAY_SUM.search("\n".join(cells)):
            return None
        for place, cell in enumerate(cells, start=1):
            if cell and len(cell) < 12 and place not in self.number_places:
                match = _TOTAL.fullmatch(fold_header(cell))
                if match:
                    return match[1]
        return None

    def _repeats_header(self, cells: tuple[str, ...]) -> bool:
        return all(
            place <= len(cells) and fold_header(cells[place - 1]) == text
            for place, text in self.header.items()
        )

    def _has_content(self, number: int, cells: tuple[str, ...]) -> bool:
        """A row with its number alone, dittos, lines or what a merge lent it, nobody filled in."""
        for place in self.content_places:
            text = cells[place - 1] if place <= len(cells) else ""
            if not text.strip() or (number, place) in self.layout.sheet.filled:
                continue
            if not is_ditto(text) and not is_dash(text):
                return True
        return False


def _different(cells: tuple[str, ...]) -> int:
    """How many texts a row holds that are not the same."""
    return len({text for cell in cells if (text := cell.strip())})


def _summary(cells: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))[:80]


def place_name(place: int, text: str) -> str:
    """「備考２」（N列）."""
    return f"「{' '.join(text.split())}」（{column_name(place)}列）"
