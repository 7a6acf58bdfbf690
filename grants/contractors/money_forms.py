"""What is typed about invoices, inspections, payments and other money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from portal.core.actor import Actor
from portal.core.dates import screen_date
from portal.core.money import format_yen
from portal.core.personal import find_personal
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    ReasonField,
    RowForm,
    UploadField,
    YenField,
    row_formset,
    word_messages,
)

from .billing import LineClaim
from .models import Contract, ContractLine, Invoice
from .states import (
    AcceptanceKind,
    AcceptanceResult,
    FundingKind,
    FundingStage,
    IncidentKind,
    InvoiceKind,
    Settlement,
    TaxStatus,
)

_MOST = 999_999_999_999


# A subsidy is paid in estimate or after its amount is fixed; nothing is inspected part by part.
_SUBSIDY_CLAIMS = (
    (InvoiceKind.ADVANCE.value, "概算払"),
    (InvoiceKind.FINAL.value, "精算払"),
    (InvoiceKind.RETURN.value, "戻入（概算払の返納）"),
)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A line of the contract with the box for what is asked for on it; yen."""

    line: ContractLine
    box: BoundField
    left: int


class InvoiceForm(PortalForm):
    """`amount` is never typed: it is the sum of the lines."""

    kind = forms.ChoiceField(
        label="請求の種類", choices=InvoiceKind.choices, widget=forms.RadioSelect
    )
    number = forms.CharField(label="請求書の番号", max_length=60, required=False)
    billed_on = JapaneseDateField(label="請求日")
    tax_amount = YenField(
        label="うち消費税等", required=False, max_value=_MOST, help_text="請求額に含まれる額です。"
    )
    note = LongTextField(label="摘要", max_length=500, rows=3, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        self._by_unit = contract.settlement == Settlement.UNIT
        self._stored: Mapping[int, Any] = kwargs.pop("stored", {})
        super().__init__(*args, **kwargs)
        self._lines: list[ContractLine] = list(contract.lines.with_money().order_by("pk"))
        if contract.tax_status == TaxStatus.EXEMPT:
            del self.fields["tax_amount"]
        if contract.is_subsidy:
            self.fields["kind"].choices = _SUBSIDY_CLAIMS
        for line in self._lines:
            box = self._box(line)
            word_messages(box, str(box.label))
            self.fields[f"line_{line.pk}"] = box

    @classmethod
    def of(cls, invoice: Invoice, data: Any = None) -> InvoiceForm:
        names = ("kind", "number", "billed_on", "tax_amount", "note")
        return cls(
            data,
            contract=invoice.contract,
            version=invoice.version,
            initial={name: getattr(invoice, name) for name in names},
            stored={claim.contract_line_id: claim for claim in invoice.lines.all()},
        )

    def _box(self, line: ContractLine) -> forms.Field:
        stored = self._stored.get(line.pk)
        if self._by_unit:
            return QuantityField(
                label=f"「{line.item}」の数量",
                unit=line.unit,
                places=3,
                required=False,
                initial=stored.quantity if stored else None,
            )
        return YenField(
            label=f"「{line.item}」の請求額",
            required=False,
            max_value=_MOST,
            initial=stored.amount if stored else None,
        )

    @property
    def rows(self) -> list[ClaimRow]:
        return [
            ClaimRow(
                line,
                self[f"line_{line.pk}"],
                line.amount - line.billed - line.payable - line.paid,
            )
            for line in self._lines
        ]

    @property
    def plain_fields(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields if name in self.fields]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["claims"] = {
            line.pk: self._claim(line, values.get(f"line_{line.pk}")) for line in self._lines
        }
        total = sum(claim.amount for claim in values["claims"].values())
        if not self.errors and not total:
            raise forms.ValidationError("請求する額を、内訳に1行以上入力してください。")
        tax = values.get("tax_amount") or 0
        if tax > total and not self.errors:
            self.add_error(
                "tax_amount", f"うち消費税等は、請求額（{format_yen(total)}）以下にしてください。"
            )
        return values

    def _claim(self, line: ContractLine, value: Any) -> LineClaim:
        """By unit price: quantity × price, what is below one yen cut off."""
        if not self._by_unit:
            return LineClaim(value or 0)
        quantity = Decimal(value or 0)
        amount = (quantity * (line.unit_price or 0)).quantize(Decimal(1), ROUND_DOWN)
        return LineClaim(int(amount), quantity)

    @property
    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        names = ("kind", "number", "billed_on", "note")
        return {name: typed[name] for name in names} | {"tax_amount": typed.get("tax_amount") or 0}


class ReceiptForm(PortalForm):
    file = UploadField(label="領収書などの資料", extensions=EXTENSIONS)


class AcceptanceForm(PortalForm):
    """検査調書 (地方自治法234条の2)."""

    kind = forms.ChoiceField(
        label="検査の種類", choices=AcceptanceKind.choices, widget=forms.RadioSelect
    )
    inspected_on = JapaneseDateField(label="検査日")
    inspector = PersonNameField(label="検査員", max_length=100)
    attended_by = forms.CharField(label="立会者", max_length=100, required=False)
    result = forms.ChoiceField(
        label="結果", choices=AcceptanceResult.choices, widget=forms.RadioSelect
    )
    amount = YenField(
        label="合格とした額",
        max_value=_MOST,
        help_text="今回の検査で合格とした分の額です。手直しを求めるときは0円にします。",
    )
    findings = LongTextField(
        label="検査の内容と所見",
        max_length=2000,
        rows=4,
        help_text="仕様書、月報、成果物の何と何を照らしたかを書いてください。",
    )

    replaces = forms.ChoiceField(
        label="改める記録", required=False, help_text="誤って記録した検査を改めるときに選びます。"
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspected_on"].latest = timezone.localdate()
        self.fields["replaces"].choices = [
            ("", "改める記録はない"),
            *(
                (
                    str(one.pk),
                    (
                        f"{screen_date(one.inspected_on)}　{one.get_kind_display()}　"
                        f"{format_yen(one.amount)}"
                    ),
                )
                for one in contract.acceptances.standing()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("result") == AcceptanceResult.REWORK and values.get("amount"):
            self.add_error("amount", "手直しを求めるときは、合格とした額を0円にしてください。")
        return values

    @property
    def values(self) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "replaces"}
        replaced = self.cleaned_data["replaces"]
        return typed | {"replaces_id": int(replaced) if replaced else None}


class CompletionForm(PortalForm):
    """完了届."""

    completed_on = JapaneseDateField(label="完了した日")
    summary = LongTextField(
        label="実施した内容",
        max_length=1000,
        rows=4,
        help_text="件数と内容を書いてください。個人の名前は書かないでください。",
    )
    deliverables = LongTextField(label="成果物", max_length=500, rows=3, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["completed_on"]
        day.earliest, day.latest = contract.starts_on, timezone.localdate()


class IncidentForm(PortalForm):
    """事故報告書. Persons are counted, never named."""

    kind = forms.ChoiceField(
        label="事故の種類", choices=IncidentKind.choices, widget=forms.RadioSelect
    )
    happened_on = JapaneseDateField(label="起きた日")
    where = forms.CharField(label="場所", max_length=200)
    people = QuantityField(label="影響を受けた人数", unit="人", max_value=999_999)
    course = LongTextField(
        label="起きたこと",
        max_length=2000,
        rows=5,
        help_text="個人の名前、住所、電話番号は書かないでください。",
    )
    measures = LongTextField(label="行った対応", max_length=1000, rows=4)
    prevention = LongTextField(label="再発を防ぐ方法", max_length=1000, rows=3, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["happened_on"]
        day.earliest, day.latest = contract.starts_on, timezone.localdate()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in ("course", "measures", "prevention"):
            for one in find_personal(values.get(name) or "")[:1]:
                self.add_error(
                    name, f"{self.fields[name].label}の{one.kind}「{one.text}」を消してください。"
                )
        return values


class FundingForm(PortalForm):
    stage = forms.ChoiceField(
        label="いつの申告か", choices=FundingStage.choices, widget=forms.RadioSelect
    )
    declared_on = JapaneseDateField(label="申告日")
    is_none = forms.BooleanField(
        label="この契約の経費に、他の補助金、助成金、収入を充てていません。", required=False
    )


class FundingRow(RowForm):
    line = forms.ChoiceField(label="経費")
    kind = forms.ChoiceField(label="種類", choices=[("", "選んでください"), *FundingKind.choices])
    name = forms.CharField(label="名称", max_length=100)
    amount = YenField(label="金額", min_value=1, max_value=_MOST)

    def __init__(self, *args: Any, lines: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [("", "選んでください"), *lines.items()]


FundingRows = row_formset(FundingRow, title="他の資金", extra=1, most=40)


class _InvoiceActForm(PortalForm):
    def __init__(self, *args: Any, subject: Invoice, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject


class ReturnForm(_InvoiceActForm):
    reason = ReasonField(label="理由", max_length=1000)


class PaymentForm(_InvoiceActForm):
    paid_on = JapaneseDateField(label="支払日")
    voucher_number = forms.CharField(
        label="支出命令の番号", max_length=60, required=False, help_text="財務会計の番号です。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paid = self.fields["paid_on"]
        paid.earliest, paid.latest = self.subject.contract.signed_on, timezone.localdate()
