"""What is typed about an indirect subsidy (要領2(4)): its decision, and the fixing of its amount."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

from django import forms

from portal.core.money import format_yen
from portal.core.text import fold_for_numbers
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    SearchedTextField,
    YenField,
)

from .forms import ContractForm
from .models import Contract
from .money_forms import AcceptanceForm
from .rules import PlannedActivityTerms
from .states import (
    AcceptanceKind,
    AcceptanceResult,
    ContractKind,
    Settlement,
    SubsidyBasis,
    TaxStatus,
)


class SubsidyForm(ContractForm):
    """No method of procurement: a subsidy is asked for and decided, not let."""

    KIND: ClassVar[str] = ContractKind.SUBSIDY

    title = forms.CharField(label="補助事業の名称", max_length=200)
    number = forms.CharField(label="交付決定の番号", max_length=60, required=False)
    amount = YenField(label="交付決定額", min_value=1, max_value=999_999_999_999)
    signed_on = JapaneseDateField(label="交付決定の日")
    rules_name = forms.CharField(
        label="交付要綱",
        max_length=200,
        required=False,
        help_text="都道府県が定めた、この補助の要綱の名称です。",
    )
    rules_on = JapaneseDateField(label="交付要綱の日付", required=False)
    applied_on = JapaneseDateField(label="交付申請の日", required=False)
    subsidy_basis = forms.ChoiceField(
        label="補助の額",
        choices=SubsidyBasis.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="要綱のとおりに選んでください。補助率によるときは、精算に領収書などを求めます。",
    )
    subsidy_rate = forms.CharField(
        label="補助率", max_length=20, required=False, help_text="例：1/2、10/10"
    )
    selection_reason = LongTextField(
        label="交付先の選定の経過と理由",
        max_length=2000,
        rows=4,
        required=False,
        help_text="都道府県が責任を持って選定したことが分かるように書いてください（要領2(2)）。",
    )
    method = ground = ground_reason = settlement = tax_status = None  # type: ignore[assignment]

    @staticmethod
    def offers(activity: PlannedActivityTerms) -> bool:
        """要領2(4): ⑦ and ⑧ alone."""
        return activity.may_subsidise

    def clean_subsidy_rate(self) -> str:
        text = fold_for_numbers(self.cleaned_data["subsidy_rate"]).replace(" ", "")
        if not text:
            return ""
        try:
            is_share = 0 < Fraction(text) <= 1
        except (ValueError, ZeroDivisionError):
            is_share = False
        if not is_share:
            raise forms.ValidationError(
                "補助率は「1/2」のように、0より大きく1以下で入力してください。"
            )
        return text

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        basis, rate = values.get("subsidy_basis"), values.get("subsidy_rate")
        if basis == SubsidyBasis.RATE and not rate and "subsidy_rate" not in self.errors:
            self.add_error("subsidy_rate", "補助率を入力してください。")
        if basis == SubsidyBasis.FIXED and rate:
            self.add_error("subsidy_rate", "定額のときは、補助率を空欄にしてください。")
        applied, decided = values.get("applied_on"), values.get("signed_on")
        if applied and decided and decided < applied:
            self.add_error("signed_on", "交付決定の日は、交付申請の日以後の日付にしてください。")
        return values

    @property
    def values(self) -> dict[str, Any]:
        """By a rate, what was spent is looked into; a fixed amount is paid as decided."""
        by_rate = self.cleaned_data["subsidy_basis"] == SubsidyBasis.RATE
        return super().values | {
            "method": "",
            "ground": "",
            "ground_reason": "",
            "settlement": Settlement.ACTUAL if by_rate else Settlement.FIXED,
            "tax_status": TaxStatus.EXEMPT,
        }


class FixingForm(AcceptanceForm):
    """額の確定調書: on the 実績報告, within what was decided."""

    reported_on = JapaneseDateField(label="実績報告を受けた日")
    inspected_on = JapaneseDateField(label="額を確定した日")
    inspector = PersonNameField(label="審査した者", max_length=100)
    amount = YenField(label="確定額", max_value=999_999_999_999)
    findings = SearchedTextField(
        label="審査の内容",
        max_length=2000,
        rows=4,
        help_text="実績報告、領収書、月報の何と何を照らしたかを書いてください。",
    )
    kind = result = attended_by = None  # type: ignore[assignment]

    field_order = ("reported_on", "inspected_on", "inspector", "amount", "findings", "replaces")

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, contract=contract, **kwargs)
        self._decided = contract.amount
        self.fields[
            "amount"
        ].help_text = f"交付決定額（{format_yen(contract.amount)}）以下の額です。"

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if (values.get("amount") or 0) > self._decided:
            self.add_error(
                "amount", f"確定額は、交付決定額（{format_yen(self._decided)}）以下にしてください。"
            )
        reported, fixed = values.get("reported_on"), values.get("inspected_on")
        if reported and fixed and fixed < reported:
            self.add_error(
                "inspected_on", "額を確定した日は、実績報告を受けた日以後にしてください。"
            )
        return values

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {
            "kind": AcceptanceKind.COMPLETION,
            "result": AcceptanceResult.PASSED,
            "attended_by": "",
        }
