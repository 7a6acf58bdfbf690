"""A list of members as offices send it: what its table looks like, and what taking it would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.core.identifiers import read_corporate_number
from portal.core.text import search_key
from portal.spreadsheets.api import (
    CellProblem,
    Column,
    Kind,
    Level,
    RowFinding,
    TableReading,
    TableSpec,
    Value,
)

from .matching import Ground, Known, Matcher, read_several, split_words
from .models import Member
from .said import shown
from .states import BodyKind, Field, LifeStage, Side

_SIDES = {
    search_key(word): side
    for side, words in {
        Side.PUBLIC: "行政 官 公 公的 行政機関 官公庁 県 市町村",
        Side.PRIVATE: "民間 民 民間団体 民間企業",
    }.items()
    for word in words.split()
}
_YES = frozenset(map(search_key, ("有", "あり", "○", "〇", "◯", "はい", "1")))
_STAGES = {stage.label: stage.value for stage in LifeStage} | {
    "全世代": LifeStage.ALL.value,
    "全年代": LifeStage.ALL.value,
    "子供": LifeStage.CHILDREN.value,
    "高齢": LifeStage.OLDER.value,
}
_FIELDS = {one.label: one.value for one in Field}
_KINDS = {kind.label: kind.value for kind in BodyKind}


def _number(values: Mapping[str, Value]) -> Iterator[RowFinding]:
    reading = read_corporate_number(str(values.get("corporate_number") or ""))
    if reading.problem:
        yield RowFinding(
            "number", "corporate_number", "法人番号を読み取れません。", reading.problem
        )


def _side(values: Mapping[str, Value]) -> Iterator[RowFinding]:
    text = values.get("side")
    if text and search_key(str(text)) not in _SIDES:
        yield RowFinding(
            "side", "side", "官・民のどちらか分かりません。", "行政か民間に直してください。"
        )


def _email(values: Mapping[str, Value]) -> Iterator[RowFinding]:
    text = str(values.get("contact_email") or "")
    if not text:
        return
    try:
        validate_email(text)
    except ValidationError:
        yield RowFinding(
            "email",
            "contact_email",
            "メールアドレスの形ではありません。",
            "name@example.jp の形に直すか、空欄にしてください。",
        )


def _words(values: Mapping[str, Value]) -> Iterator[RowFinding]:
    for column, label, words in (
        ("fields", "分野", _FIELDS),
        ("life_stages", "ライフステージ", _STAGES),
        ("kind", "種別", _KINDS),
    ):
        _, unknown = read_several(str(values.get(column) or ""), words)
        if unknown:
            yield RowFinding(
                f"unknown_{column}",
                column,
                f"「{'、'.join(unknown)}」は、{label}の一覧にありません。",
                "このまま取り込むと、この語は登録されません。直すときは、様式の選択肢に合わせてください。",
                Level.CONFIRM,
            )


MEMBER_LIST = TableSpec(
    "参画団体の名簿",
    (
        Column(
            "name",
            "団体名",
            aliases=("団体の名称", "名称", "機関名", "構成団体", "参画団体", "団体名称", "会員名"),
            required=True,
            max_length=200,
        ),
        Column("corporate_number", "法人番号", aliases=("法人番号（13桁）",)),
        Column("side", "官・民", aliases=("官民", "官民の別", "官民区分", "区分")),
        Column("kind", "種別", aliases=("団体種別", "団体の種別"), help="、".join(_KINDS)),
        Column("fields", "分野", aliases=("活動分野",), help="、".join(_FIELDS)),
        Column("field", "活動の内容", aliases=("活動内容", "主な活動"), max_length=100),
        Column(
            "life_stages",
            "対象のライフステージ",
            aliases=("ライフステージ", "対象", "対象年代", "対象者"),
            help="、".join(stage.label for stage in LifeStage),
        ),
        Column("areas", "活動する区域", aliases=("区域", "活動地域", "圏域", "地域")),
        Column("has_venue", "居場所", aliases=("居場所の有無",), help="有、無"),
        Column("joined_on", "参画日", Kind.DATE, aliases=("加入日", "入会日", "参加日")),
        Column("representative", "代表者", aliases=("代表者名", "代表"), max_length=100),
        Column("contact_name", "連絡担当者", aliases=("担当者", "担当者名"), max_length=100),
        Column("contact_email", "メールアドレス", aliases=("メール", "Eメール", "E-mail")),
        Column("contact_phone", "電話番号", aliases=("電話", "TEL", "連絡先"), max_length=30),
    ),
    checks=(_number, _side, _email, _words),
)

_COPIED = ("name", "field", "representative", "contact_name", "contact_email", "contact_phone")


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(slots=True)
class Line:
    """One body of the list. `rows` are the rows that say it, `spellings` how they write its name.

    `known` is the member that it is taken for, with the ground; None is a new one.
    """

    rows: list[int]
    spellings: list[str]
    values: dict[str, Any]
    known: Member | None = None
    ground: Ground | None = None
    by_name: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def row(self) -> int:
        return self.rows[0]

    @property
    def rows_said(self) -> str:
        return "、".join(f"{number}行目" for number in self.rows)

    @property
    def is_merged(self) -> bool:
        """Something of it is taken for something else: to be shown before anything is written."""
        return self.known is not None or len(self.rows) > 1


@dataclass(frozen=True, slots=True)
class ListPlan:
    lines: Sequence[Line]
    problems: Sequence[CellProblem]

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.known is None]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.known is not None and line.changes]

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if line.known is not None and not line.changes]

    @property
    def merged(self) -> list[Line]:
        return [line for line in self.lines if line.is_merged]

    @property
    def errors(self) -> int:
        return sum(problem.level is Level.ERROR for problem in self.problems)


def plan_list(
    reading: TableReading,
    known: Iterable[Member],
    *,
    side: str,
    joined_on: date,
    separate: frozenset[int] = frozenset(),
) -> ListPlan:
    """What each row is: a new member, a known one, or the same as an earlier row.

    `separate` are rows that the person calls bodies of their own although the name is known.
    Nothing is merged across two 法人番号 that differ.
    """
    members = Matcher(Known(one, one.name, one.corporate_number) for one in known)
    earlier: Matcher[Line] = Matcher()
    lines: list[Line] = []
    for row in reading.rows:
        if not row.values.get("name"):
            continue
        values = _values(row.values)
        apart = row.number in separate
        seen = None if apart else earlier.find(values["name"], values["corporate_number"])
        if seen is not None:
            _add_spelling(seen.body, row.number, values)
            if seen.ground is Ground.NAME:
                seen.body.by_name.append(row.number)
            continue
        line = Line([row.number], [values["name"]], values)
        match = None if apart else members.find(values["name"], values["corporate_number"])
        if match is not None:
            line.known, line.ground = match.body, match.ground
            if match.ground is Ground.NAME:
                line.by_name.append(row.number)
        lines.append(line)
        earlier.add(Known(line, values["name"], values["corporate_number"]))
    for line in lines:
        _settle(line, side, joined_on)
    return ListPlan(lines, [problem for problem in reading.problems if not _is_own_phone(problem)])


def _is_own_phone(problem: CellProblem) -> bool:
    """A telephone number in the column for telephone numbers is no surprise."""
    return problem.code == "phone" and problem.column_label == "電話番号"


def _values(cells: Mapping[str, Value]) -> dict[str, Any]:
    """Plain values of a row; empty where the list says nothing."""
    text = {key: str(cells.get(key) or "") for key in MEMBER_LIST.by_key}
    kinds, _ = read_several(text["kind"], _KINDS)
    return {
        **{key: text[key].strip() for key in _COPIED},
        "corporate_number": read_corporate_number(text["corporate_number"]).value or "",
        "side": _SIDES.get(search_key(text["side"]), ""),
        "kind": kinds[0] if kinds else "",
        "fields": read_several(text["fields"], _FIELDS)[0],
        "life_stages": read_several(text["life_stages"], _STAGES)[0],
        "areas": split_words(text["areas"]),
        "has_venue": search_key(text["has_venue"]) in _YES,
        "joined_on": cells.get("joined_on"),
    }


def _add_spelling(line: Line, number: int, values: dict[str, Any]) -> None:
    """A second row of one body: what the first leaves empty is taken from it."""
    line.rows.append(number)
    if values["name"] not in line.spellings:
        line.spellings.append(values["name"])
    for key, value in values.items():
        if isinstance(value, list):
            line.values[key] = list(dict.fromkeys([*line.values[key], *value]))
        elif not line.values[key]:
            line.values[key] = value


def _settle(line: Line, side: str, joined_on: date) -> None:
    if line.known is None:
        line.values["side"] = line.values["side"] or side
        line.values["joined_on"] = line.values["joined_on"] or joined_on
        return
    for key, value in line.values.items():
        # A name that was found by its number stays as it is registered; an empty cell says nothing.
        if key == "name" or not value or getattr(line.known, key) == value:
            continue
        after = Member(**{key: value})
        label = str(getattr(Member._meta.get_field(key), "verbose_name", key))
        line.changes.append(Change(label, shown(line.known, key), shown(after, key)))
