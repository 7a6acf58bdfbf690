from __future__ import annotations

from typing import Any

from django import forms

from grants.awards.api import Award
from grants.changes.api import ProgressReport
from portal.accounts.api import Organisation
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    QuantityField,
    ReasonField,
    YenField,
)

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class SummaryForm(PortalForm):
    summary = LongTextField(label="事業全体の状況", max_length=2000, rows=4, required=False)


class RowForm(PortalForm):
    use_required_attribute = False
    direct = YenField(label="直営の支出", max_value=MAX_YEN, required=False)
    expected = YenField(label="支出見込額", max_value=MAX_YEN, required=False)
    percent = QuantityField(label="進捗率", places=0, max_value=100, required=False)
    is_late = forms.BooleanField(label="遅れている", required=False)
    reason = forms.CharField(label="遅れている理由と対応", max_length=500, required=False)

    def clean_percent(self) -> int | None:
        typed = self.cleaned_data["percent"]
        return None if typed is None else int(typed)


def row_forms(report: ProgressReport, data: Any = None) -> list[RowForm]:
    """One form a stored row, named by its uid; `row` is what stands beside it."""
    found = []
    for number, row in enumerate(report.rows.all(), start=1):
        first = {name: getattr(row, name) for name in RowForm.base_fields}
        form = RowForm(data, prefix=str(row.uid), initial=first, place=f"{number}行目")
        form.row = row
        found.append(form)
    return found


class CallForm(PortalForm):
    grantee = forms.ModelChoiceField(
        label="対象",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="交付決定を受けたすべての団体",
    )
    as_of = JapaneseDateField(label="基準日")
    due_on = JapaneseDateField(label="提出の期限")
    reason = ReasonField(label="求める理由", max_length=1000)

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awarded = Award.objects.in_force().filter(programme=programme).values("grantee_id")
        bodies = Organisation.objects.filter(pk__in=awarded)
        self.fields["grantee"].queryset = bodies.order_by("prefecture_id")
