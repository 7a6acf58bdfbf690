"""Tables that leave the portal as XLSX or CSV; amounts are yen."""

from __future__ import annotations

from collections.abc import Iterable

from portal.spreadsheets.api import ExportSheet, write_csv, write_xlsx

from .comparison import Comparison
from .models import Scenario, ScenarioRow

_HEADER = (
    "団体コード",
    "都道府県",
    "回答の状態",
    "取組の数",
    "総事業費（円）",
    "寄附金その他の収入（円）",
    "対象経費（円）",
    "希望額（円）",
    "前年度の決定額（円）",
    "増減（円）",
)


def _rows(found: Comparison) -> list[tuple[str | int | None, ...]]:
    rows: list[tuple[str | int | None, ...]] = [
        (
            one.grantee.prefecture_id,
            one.grantee.name,
            "未回答" if one.filing is None else one.filing.get_state_display(),
            one.count,
            one.total,
            one.income,
            one.eligible,
            one.wish,
            one.last_year,
            one.difference,
        )
        for one in found.answers
    ]
    sums = found.sums
    names = ("count", "total", "income", "eligible", "wish", "last_year")
    rows.append(("", "合計", "", *(sums[name] for name in names), None))
    return rows


def comparison_csv(found: Comparison) -> bytes:
    return write_csv(_HEADER, _rows(found))


def comparison_xlsx(found: Comparison) -> bytes:
    """The table, and each body's amounts by activity type on a second sheet."""
    by_type = [
        (
            one.grantee.prefecture_id,
            one.grantee.name,
            row.title,
            row.count,
            row.total,
            row.income,
            row.eligible,
            row.wish,
        )
        for one in found.answered
        for row in one.rows
    ]
    header = (*_HEADER[:2], "取組", *_HEADER[3:8])
    return write_xlsx(
        [
            ExportSheet(str(found.survey), _HEADER, _rows(found)),
            ExportSheet("取組ごと", header, by_type),
        ]
    )


def scenario_xlsx(scenario: Scenario, rows: Iterable[ScenarioRow]) -> bytes:
    header = (*_HEADER[:2], "希望額（円）", "手で決めた額（円）", "配分額（円）", "増減（円）")
    lines: list[tuple[str | int | None, ...]] = [
        (
            row.grantee.prefecture_id,
            row.grantee.name,
            row.wish,
            row.fixed,
            row.amount,
            None if row.wish is None else row.amount - row.wish,
        )
        for row in rows
    ]
    return write_xlsx([ExportSheet(f"配分案{scenario.number}", header, lines)])
