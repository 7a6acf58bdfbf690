from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from grants.activities.api import ACTIVITY_TYPES, PLATFORM, get_activity_type
from grants.filings.api import attachments_of
from grants.income.api import IncomeReport, Kind, Side
from portal.ui.api import LongTextField, PortalForm, RowForm, YenField, row_formset

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999
_CHOOSE = ("", "選ぶ")


class ReportForm(PortalForm):
    is_nothing = forms.BooleanField(
        label="この年度に、交付の対象の事業による収入はなかった", required=False
    )
    summary = LongTextField(
        label="説明",
        max_length=2000,
        rows=4,
        required=False,
        help_text="収入の増減の理由や、翌年度の見込みなど。",
    )


class _Line(RowForm):
    activity = forms.ChoiceField(label="取組")
    what = forms.CharField(label="内容", max_length=200)
    amount = YenField(label="金額（税込み）", min_value=1, max_value=MAX_YEN)
    evidence = forms.ChoiceField(label="証拠書類", required=False)

    def __init__(
        self, *args: Any, activities: Mapping[str, str], files: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [_CHOOSE, *activities.items()]
        self.fields["evidence"].choices = [("", "なし"), *files.items()]


class IncomeRow(_Line):
    kind = forms.ChoiceField(label="種類", choices=[_CHOOSE, *Kind.choices])
    field_order = ["kind", "activity", "what", "amount", "evidence"]


class CostRow(_Line):
    reason = forms.CharField(label="控除する理由", max_length=300)
    field_order = ["activity", "what", "reason", "amount", "evidence"]


IncomeRows = row_formset(IncomeRow, title="収入", extra=2, most=100)
CostRows = row_formset(CostRow, title="必要経費", extra=1, most=100)


def rows_of(report: IncomeReport, data: Any = None) -> tuple[Any, Any]:
    """Both tables, with what is kept or with what was typed."""
    kwargs = {"activities": _activities(report), "files": _files(report)}

    def table(rows: Any, prefix: str, side: Side) -> Any:
        kept = _kept(report, side) if data is None else None
        return rows(data, prefix=prefix, form_kwargs=kwargs, initial=kept)

    return table(IncomeRows, "incomes", Side.INCOME), table(CostRows, "costs", Side.COST)


def lines_of(rows: Any) -> list[dict[str, Any]]:
    """Only after is_valid(). A row whose uid is missing or was sent twice gets a new one."""
    seen: set[Any] = {None}
    found = []
    for row in rows.filled:
        line = {name: value for name, value in row.items() if name not in ("uid", "evidence")}
        if row["uid"] not in seen:
            line["uid"] = row["uid"]
            seen.add(row["uid"])
        found.append(line | {"evidence_id": row["evidence"] or None})
    return found


def _kept(report: IncomeReport, side: Side) -> list[dict[str, Any]]:
    names = ("uid", "activity", "what", "amount", "evidence_id")
    own = "kind" if side == Side.INCOME else "reason"
    found = report.lines.filter(side=side).values(*names, own)
    return [{**one, "evidence": str(one["evidence_id"] or "")} for one in found]


def _activities(report: IncomeReport) -> dict[str, str]:
    """The platform, and those of the plan."""
    planned = set(report.award.revision.activities.values_list("type_code", flat=True))
    codes = [PLATFORM.code, *(one.code for one in ACTIVITY_TYPES if one.code in planned)]
    return {code: get_activity_type(code).title for code in dict.fromkeys(codes)}


def _files(report: IncomeReport) -> dict[str, str]:
    return {str(one.pk): one.title for one in attachments_of(report.filing)}
