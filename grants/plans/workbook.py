"""The plan's tables as a workbook: its columns, what it holds, and how a returned one differs.

A row is known by its 行ID. A cell that comes back as it went out is the stored value, whatever a
reader would make of its text; so a workbook that nobody changed changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from grants.activities.api import get_activity_type
from grants.programmes.api import Terms
from portal.core.dates import screen_datetime
from portal.spreadsheets.api import (
    Column,
    FilledTable,
    Kind,
    RowFinding,
    TableSpec,
    TemplateAbout,
    Value,
    write_form,
)

from .models import MAX_YEN, PlanRevision
from .states import Delivery, OtherFunding, Tax

FORM, VERSION = "年間計画の表", "1"
SHEETS = {"lines": "積算内訳", "indicators": "指標", "incomes": "収入"}
_MAX_PRICE = 99_999_999_999
_ELIGIBLE = {"対象": True, "対象外": False}
_PLATFORM = "PF 地方版官民連携プラットフォーム"


@dataclass(frozen=True, slots=True)
class StoredRow:
    """`values` as the database has them, by column; `section` is part of them."""

    uid: UUID
    values: Mapping[str, Any]


@dataclass
class PlanTable:
    """One sheet. `meanings` turns what a list offers into what is stored, by column."""

    name: str
    columns: tuple[Column, ...]
    meanings: Mapping[str, Mapping[str, Any]]
    rows: tuple[StoredRow, ...]
    by_uid: dict[str, StoredRow] = field(init=False)

    def __post_init__(self) -> None:
        self.by_uid = {str(row.uid): row for row in self.rows}

    @property
    def sheet(self) -> str:
        return SHEETS[self.name]

    def spec(self) -> TableSpec:
        """With checks that remember: made anew for each reading."""
        return TableSpec(FORM, self.columns, VERSION, (_Uids(self.by_uid), _CHECKS[self.name]))

    def exported(self, row: StoredRow) -> dict[str, Any]:
        """What a cell of the workbook holds: words in place of codes, numbers as numbers."""
        return {
            "uid": str(row.uid),
            **{key: self._out(key, value) for key, value in row.values.items()},
        }

    def _out(self, key: str, value: Any) -> Any:
        if key in self.meanings:
            words = {stored: word for word, stored in self.meanings[key].items()}
            return words.get(value, value)
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else value.normalize()
        return value

    def shown(self, key: str, value: Any) -> str:
        found = self._out(key, value)
        return "" if found is None else f"{found:,}" if isinstance(found, int) else str(found)

    def by_keys(self) -> list[str]:
        return [column.key for column in self.columns if column.key != "uid"]

    def is_number(self, key: str) -> bool:
        return next(column for column in self.columns if column.key == key).kind.is_number

    def label(self, key: str) -> str:
        return next(column.label for column in self.columns if column.key == key)


UID_CODES = frozenset({"unknown_uid", "repeated_uid"})


class _Uids:
    """A 行ID is one that this plan knows, and stands once."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known, self._seen = frozenset(known), set[str]()

    def __call__(self, values: Mapping[str, Value]) -> Iterator[RowFinding]:
        uid = values.get("uid")
        if not uid:
            return
        if str(uid) not in self._known:
            fix = "新しい行や、画面で削除した行を戻すときは、行IDを空欄にしてください。"
            yield RowFinding("unknown_uid", "uid", "この計画にない行IDです。", fix)
        elif str(uid) in self._seen:
            fix = "写して作った行は、行IDを空欄にしてください。"
            yield RowFinding("repeated_uid", "uid", "同じ行IDの行が2つあります。", fix)
        self._seen.add(str(uid))


def _line_check(values: Mapping[str, Value]) -> Iterator[RowFinding]:
    quantity, price = values.get("quantity"), values.get("unit_price")
    if not isinstance(quantity, int | Decimal) or not isinstance(price, int):
        return
    if quantity * price > MAX_YEN:
        fix = "数量か単価を確かめてください。"
        yield RowFinding("too_much", "unit_price", "金額が大きすぎます。", fix)


def _indicator_check(values: Mapping[str, Value]) -> Iterator[RowFinding]:
    target = values.get("target")
    if isinstance(target, Decimal) and target != round(target, 1):
        fix = "小数点より下は1桁までにしてください。"
        yield RowFinding("places", "target", "目標の桁が細かすぎます。", fix)


def _no_check(values: Mapping[str, Value]) -> Iterator[RowFinding]:
    return iter(())


_CHECKS = {"lines": _line_check, "indicators": _indicator_check, "incomes": _no_check}
_UID = Column(
    "uid", "行ID", is_locked=True, help="変更しないでください。新しい行は空欄にしてください"
)


def _text(key: str, label: str, most: int, *, content: bool = False) -> Column:
    return Column(key, label, max_length=most, is_content=content)


def _choice(key: str, label: str, choices: Iterable[str], **more: Any) -> Column:
    return Column(key, label, Kind.CHOICE, choices=tuple(choices), **more)


def section_labels(revision: PlanRevision) -> dict[str, str]:
    """Section key → how the workbook calls it; no two are called the same."""
    labels = {"platform": _PLATFORM}
    for activity in revision.activities.all():
        kind = get_activity_type(activity.type_code)
        name = f"（{activity.name[:30]}）" if activity.name else ""
        label = f"{kind.mark} {kind.short_name}{name}"
        number = sum(taken.startswith(label) for taken in labels.values())
        labels[f"activity:{activity.uid}"] = f"{label}{number + 1}" if number else label
    return labels


def plan_tables(revision: PlanRevision, terms: Terms) -> dict[str, PlanTable]:
    """The tables of a revision that came `with_everything()`; no further query."""
    labels = section_labels(revision)
    sections = {label: key for key, label in labels.items()}
    return {
        "lines": _lines(revision, terms, sections),
        "indicators": _indicators(
            revision, {label: key for label, key in sections.items() if key != "platform"}
        ),
        "incomes": PlanTable(
            "incomes",
            (
                _UID,
                _text("label", "収入の内容", 100, content=True),
                Column("amount", "金額", Kind.YEN, unit="円", maximum=_MAX_PRICE),
            ),
            {},
            tuple(
                StoredRow(i.uid, {"label": i.label, "amount": i.amount})
                for i in revision.incomes.all()
            ),
        ),
    }


def _lines(revision: PlanRevision, terms: Terms, sections: dict[str, str]) -> PlanTable:
    meanings: dict[str, dict[str, Any]] = {
        "section": dict(sections),
        "category_code": {f"{c.code} {c.name}": c.code for c in terms.categories},
        "delivery": {label: value for value, label in Delivery.choices},
        "tax": {label: value for value, label in Tax.choices},
        "is_eligible": dict(_ELIGIBLE),
        "other_funding": {label: value for value, label in OtherFunding.choices},
    }
    columns = (
        _UID,
        _choice("section", "項目", meanings["section"], required=True),
        _choice("category_code", "節", meanings["category_code"]),
        _text("item", "細目", 100, content=True),
        _text("basis", "積算の根拠", 200),
        _choice("delivery", "実施方法", meanings["delivery"]),
        Column("quantity", "数量", Kind.DECIMAL, maximum=999_999_999),
        _text("unit", "単位", 20),
        Column("unit_price", "単価", Kind.YEN, unit="円", maximum=_MAX_PRICE),
        _choice("tax", "消費税", meanings["tax"]),
        _choice("is_eligible", "対象経費", meanings["is_eligible"]),
        _choice("other_funding", "他の国庫補助", meanings["other_funding"]),
        _text("other_funding_name", "他の国庫補助の名称", 100),
    )
    names = [column.key for column in columns if column.key not in ("uid", "section")]
    rows = [
        StoredRow(
            line.uid,
            {
                "section": f"activity:{line.activity_uid}" if line.activity_uid else "platform",
                **{name: getattr(line, name) for name in names},
            },
        )
        for line in revision.lines.all()
    ]
    order = {key: n for n, key in enumerate(sections.values())}
    rows.sort(key=lambda row: order.get(row.values["section"], len(order)))
    return PlanTable("lines", columns, meanings, tuple(rows))


def _indicators(revision: PlanRevision, sections: dict[str, str]) -> PlanTable:
    columns = (
        _UID,
        _choice("section", "項目", sections, required=True),
        _text("label", "指標", 100, content=True),
        Column("target", "目標", Kind.DECIMAL, maximum=99_999_999_999),
        _text("unit", "単位", 20),
        _text("basis", "根拠", 200),
    )
    rows = tuple(
        StoredRow(
            one.uid,
            {
                "section": f"activity:{activity.uid}",
                "label": one.label,
                "target": one.target,
                "unit": one.unit,
                "basis": one.basis,
            },
        )
        for activity in revision.activities.all()
        for one in activity.indicators.all()
    )
    return PlanTable("indicators", columns, {"section": sections}, rows)


def write_workbook(revision: PlanRevision, terms: Terms, issued_at: datetime) -> bytes:
    """An XLSX that holds the tables as they are, and says what it is."""
    tables = plan_tables(revision, terms)
    about = TemplateAbout(
        FORM,
        VERSION,
        terms.year_label,
        revision.plan.grantee.name,
        screen_datetime(issued_at),
        str(revision),
        f"{revision.pk}/{saves_of(revision)}",
    )
    filled = [
        FilledTable(table.sheet, table.spec(), [table.exported(row) for row in table.rows])
        for table in tables.values()
    ]
    return write_form(filled, about)


def saves_of(revision: PlanRevision) -> int:
    """How often anything of it was saved: tells whether a workbook is older than the plan."""
    return sum(section.version for section in revision.sections.all())


def refusal(about: TemplateAbout | None, revision: PlanRevision, terms: Terms) -> str | None:
    """Why a workbook is not one for this revision; None when it is."""
    again = "この画面から様式をダウンロードして、転記してください。"
    if about is None or about.title != FORM:
        return (
            f"この計画の様式ではありません（「この様式について」のシートを確かめました）。{again}"
        )
    if about.body != revision.plan.grantee.name:
        return f"このファイルは、{about.body}の様式です。{again}"
    if about.fiscal_year != terms.year_label:
        return (
            f"このファイルは、{about.fiscal_year}の様式です。"
            f"{terms.year_label}の様式をダウンロードして、転記してください。"
        )
    if about.version != VERSION:
        return f"様式の版が違います（ファイルは{about.version}、いまは{VERSION}）。{again}"
    if about.subject_key.partition("/")[0] != str(revision.pk):
        return f"このファイルは、別の版（{about.subject}）の様式です。{again}"
    return None


def is_older(about: TemplateAbout, revision: PlanRevision) -> bool:
    """Whether something was saved on the screen since the workbook was made."""
    return about.subject_key.partition("/")[2] != str(saves_of(revision))
