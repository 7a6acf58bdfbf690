"""The register as a file. No text becomes a formula: `portal.spreadsheets` sees to it."""

from __future__ import annotations

from collections.abc import Iterable

from portal.spreadsheets.api import ExportValue, write_csv

from .register import Row

_HEADER = (
    *("都道府県", "台帳番号", "区分", "財産の名称", "規格", "数量", "単価", "金額", "取得日"),
    *(
        "積算の明細",
        "契約",
        "保管する者",
        "保管場所",
        "補助率",
        "処分制限期間（年）",
        "処分制限の最後の日",
    ),
    *("状態", "処分の種類", "処分の日", "最後の現物確認", "結果", "備考"),
)


def as_csv(rows: Iterable[Row]) -> bytes:
    return write_csv(_HEADER, [_line(row) for row in rows])


def _line(row: Row) -> tuple[ExportValue, ...]:
    asset, check = row.asset, row.last_check
    return (
        asset.grantee.name,
        asset.shown_number,
        asset.class_name,
        asset.name,
        asset.specification,
        asset.quantity,
        int(asset.unit_price),
        int(asset.amount),
        asset.acquired_on,
        asset.line,
        asset.contract.title if asset.contract else "",
        asset.keeper_name,
        asset.location,
        asset.rate,
        asset.years,
        row.ends_on,
        asset.get_state_display(),
        asset.get_disposal_kind_display() if asset.disposal_kind else "",
        asset.disposed_on,
        check.checked_on if check else None,
        check.get_result_display() if check else "",
        asset.note,
    )
