from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from grants.kinds.application.forms import NumberedForm
from grants.plans.api import OtherFunding
from grants.settlements.api import ACCOUNTS, ReportPart
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    QuantityField,
    UploadField,
    YenField,
)

# Far above any line, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999
MAX_FIGURE = 99_999_999_999


class FinaliseForm(NumberedForm):
    confirmed = forms.BooleanField(label="減額、再計算した額、確定額を確かめました。")


class BasicsForm(PortalForm):
    completed_on = JapaneseDateField(label="事業が完了した日", required=False)
    summary = LongTextField(
        label="事業全体の成果",
        max_length=4000,
        rows=8,
        required=False,
        help_text="目指す姿にどれだけ近づいたか。提出するときに必要です。",
    )


class TextForm(PortalForm):
    text = LongTextField(
        label="実施した内容と成果",
        max_length=4000,
        rows=8,
        required=False,
        help_text="孤独・孤立の解消や予防に、どう役立ったか。提出するときに必要です。",
    )


class VersionForm(PortalForm):
    """A page whose rows are all there is."""


class LineForm(PortalForm):
    use_required_attribute = False
    spent = YenField(label="支出済額", max_value=MAX_YEN, required=False)
    expected = YenField(label="支払見込額", max_value=MAX_YEN, required=False)
    other_funding = forms.ChoiceField(
        label="他の国庫補助",
        choices=[("", "選んでください"), *OtherFunding.choices],
        required=False,
    )
    other_funding_name = forms.CharField(label="その名称", max_length=100, required=False)
    note = forms.CharField(label="備考", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["expected"] = values.get("expected") or 0
        if values.get("other_funding") == OtherFunding.EXISTS and not values.get(
            "other_funding_name"
        ):
            self.add_error(
                "other_funding_name", f"{self.place}の国庫補助の名称を入力してください。"
            )
        return values


class ResultForm(PortalForm):
    use_required_attribute = False
    actual = QuantityField(label="実績", places=1, max_value=MAX_FIGURE, required=False)
    note = forms.CharField(label="説明", max_length=200, required=False)


class IncomeForm(PortalForm):
    use_required_attribute = False
    amount = YenField(label="収入済額", max_value=MAX_YEN, required=False)


class EvidenceForm(PortalForm):
    file = UploadField(
        label="ファイル",
        extensions=EXTENSIONS,
        help_text="契約書、検査調書、領収書、成果物など。",
    )
    paper = forms.ChoiceField(
        label="書類の種類",
        choices=(
            ("attachment:evidence", "証拠書類"),
            (ACCOUNTS, "歳入歳出決算書（又は決算見込書）の抄本"),
        ),
        initial="attachment:evidence",
        widget=forms.RadioSelect,
    )
    line = forms.ChoiceField(
        label="どの明細の証拠か",
        required=False,
        help_text="選ぶと、審査でその明細の横に並びます。契約と請求の資料は、契約のある明細の横に自動で並びます。",
    )

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [("", "報告の全体"), *lines]

    def clean_line(self) -> UUID | None:
        typed = self.cleaned_data["line"]
        return UUID(typed) if typed else None


def row_forms(form_class: type[PortalForm], rows: Any, data: Any = None) -> list[PortalForm]:
    """One form a stored row, named by its uid; `row` is what stands beside it."""
    found = []
    for number, row in enumerate(rows, start=1):
        first = {name: getattr(row, name) for name in form_class.base_fields}
        if first.get("expected") == 0:
            first["expected"] = None
        form = form_class(data, prefix=str(row.uid), initial=first, place=f"{number}行目")
        form.row = row
        found.append(form)
    return found


def head_form(part: ReportPart, data: Any = None) -> PortalForm:
    """What stands above the rows of a page."""
    if part.key == "basics":
        report = part.report
        first = {"completed_on": report.completed_on, "summary": report.summary}
        return BasicsForm(data, initial=first, version=part.version)
    if part.key == "incomes":
        return VersionForm(data, version=part.version)
    return TextForm(data, initial={"text": part.text}, version=part.version)
