"""What is typed about invoices, inspections, payments and other money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from portal.core.actor import Actor
from portal.core.dates import era_year, screen_date
from portal.core.money import format_number, format_yen
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    PersonNameField,
    PortalForm,
    QuantityField,
    RowForm,
    SearchedLineField,
    SearchedReasonField,
    SearchedTextField,
    SearchingForm,
    UploadField,
    YenField,
    row_formset,
    word_messages,
)

from .billing import LineClaim
from .measuring import Count, WorkDone, count, measures_of, named_by_unit, work_between
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
    """A line of the contract with the box for what is asked for on it; yen.

    By unit price also with the box for the number of the records that it is counted by, and what the
    months say of it.
    """

    line: ContractLine
    box: BoundField
    left: int
    measure: BoundField | None = None
    counted: Count | None = None


class InvoiceForm(SearchingForm):
    """`amount` is never typed: it is the sum of the lines.

    Of a contract by unit price the writer says which months it covers and, once for each line, which
    number of the records its quantity is. The confirmed months then propose it; nothing is guessed.
    """

    kind = forms.ChoiceField(
        label="請求の種類", choices=InvoiceKind.choices, widget=forms.RadioSelect
    )
    number = forms.CharField(label="請求書の番号", max_length=60, required=False)
    billed_on = JapaneseDateField(label="請求日")
    tax_amount = YenField(
        label="うち消費税等", required=False, max_value=_MOST, help_text="請求額に含まれる額です。"
    )
    note = SearchedTextField(label="摘要", max_length=500, rows=3, required=False)
    covers_from = forms.ChoiceField(label="対象の最初の月", required=False)
    covers_until = forms.ChoiceField(label="対象の最後の月", required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        self._by_unit = contract.settlement == Settlement.UNIT
        self._stored: Mapping[int, Any] = kwargs.pop("stored", {})
        super().__init__(*args, **kwargs)
        self._contract = contract
        self._lines: list[ContractLine] = list(contract.lines.with_money().order_by("pk"))
        if contract.tax_status == TaxStatus.EXEMPT:
            del self.fields["tax_amount"]
        if contract.is_subsidy:
            self.fields["kind"].choices = _SUBSIDY_CLAIMS
        for line in self._lines:
            box = self._box(line)
            word_messages(box, str(box.label))
            self.fields[f"line_{line.pk}"] = box
        if self._by_unit:
            self._add_measures()
        else:
            del self.fields["covers_from"], self.fields["covers_until"]

    @classmethod
    def of(cls, invoice: Invoice, data: Any = None) -> InvoiceForm:
        names = ("kind", "number", "billed_on", "tax_amount", "note", "covers_from", "covers_until")
        return cls(
            data,
            contract=invoice.contract,
            version=invoice.version,
            initial={name: getattr(invoice, name) for name in names},
            stored={claim.contract_line_id: claim for claim in invoice.lines.all()},
        )

    def proposing(self) -> InvoiceForm:
        """The same page with what the months say in the boxes that were left empty; not judged yet."""
        self.forget_errors()
        data: QueryDict = self.data.copy()
        for row in self.rows:
            recorded = row.counted.recorded if row.counted else None
            if recorded is not None and not data.get(row.box.html_name, "").strip():
                data[row.box.html_name] = format_number(recorded)
        self.data = data
        self.forget_errors()
        return self

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

    def _add_measures(self) -> None:
        today = timezone.localdate()
        begun = [(first, last) for first, last in self._contract.periods if first <= today]
        for name, days in (
            ("covers_from", [first for first, _ in begun]),
            ("covers_until", [last for _, last in begun]),
        ):
            months = [(day.isoformat(), f"{era_year(day)}{day.month}月") for day in days]
            self.fields[name].choices = [("", "選んでください"), *months]
        found = measures_of(self._contract)
        self._measures = {one.key: one for one in found}
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in found:
            groups.setdefault(one.activity, []).append((one.key, one.label))
        for line in self._lines:
            known = line.measure if line.measure in self._measures else ""
            box = forms.ChoiceField(
                label=f"「{line.item}」の数量とする実績",
                choices=[("", "決めていない"), *groups.items()],
                required=False,
                initial=known or named_by_unit(line, found),
            )
            word_messages(box, str(box.label))
            self.fields[f"measure_{line.pk}"] = box

    @property
    def work(self) -> list[WorkDone]:
        """What the months say that this invoice covers; nothing until they are chosen."""
        if not self._by_unit:
            return []
        if not hasattr(self, "_work"):
            first, last = self._month("covers_from"), self._month("covers_until")
            whole = first is not None and last is not None
            self._work = work_between(self._contract, first, last) if whole else []  # type: ignore[arg-type]  # both are there
        return self._work

    @property
    def is_by_unit(self) -> bool:
        return self._by_unit

    @property
    def has_months(self) -> bool:
        return bool(self._month("covers_from") and self._month("covers_until"))

    def _month(self, name: str) -> date | None:
        if name not in self.fields:
            return None
        value = self[name].value()
        known = {key for key, _ in self.fields[name].choices}
        text = value.isoformat() if isinstance(value, date) else str(value or "")
        return date.fromisoformat(text) if text and text in known else None

    @property
    def rows(self) -> list[ClaimRow]:
        return [self._row(line) for line in self._lines]

    def _row(self, line: ContractLine) -> ClaimRow:
        box = self[f"line_{line.pk}"]
        left = line.amount - line.billed - line.payable - line.paid
        if not self._by_unit:
            return ClaimRow(line, box, left)
        measure = self[f"measure_{line.pk}"]
        asked = self.fields[box.name].read(str(box.value() or "")).value
        return ClaimRow(
            line, box, left, measure, count(self._measures.get(measure.value()), self.work, asked)
        )

    @property
    def plain_fields(self) -> list[BoundField]:
        names = ("kind", "number", "billed_on", "tax_amount", "note", "kept_words")
        return [self[name] for name in names if name in self.fields]

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
        first, last = values.get("covers_from") or "", values.get("covers_until") or ""
        if bool(first) != bool(last):
            missing = "covers_until" if first else "covers_from"
            self.add_error(missing, "対象の最初の月と最後の月を、両方選んでください。")
        elif last < first:
            self.add_error("covers_until", "対象の最後の月は、最初の月以後にしてください。")
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
        found = {name: typed[name] for name in names}
        found |= {"tax_amount": typed.get("tax_amount") or 0}
        if self._by_unit:
            found |= {name: self._month(name) for name in ("covers_from", "covers_until")}
        return found

    @property
    def measures(self) -> dict[int, str]:
        """The chosen number of the records by the pk of the line; of other contracts nothing."""
        if not self._by_unit:
            return {}
        return {line.pk: self.cleaned_data[f"measure_{line.pk}"] for line in self._lines}


class ReceiptForm(PortalForm):
    file = UploadField(label="領収書などの資料", extensions=EXTENSIONS)


class AcceptanceForm(SearchingForm):
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
    findings = SearchedTextField(
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
        others = ("replaces", "kept_words")
        typed = {name: value for name, value in self.cleaned_data.items() if name not in others}
        replaced = self.cleaned_data["replaces"]
        return typed | {"replaces_id": int(replaced) if replaced else None}


class CompletionForm(SearchingForm):
    """完了届. The figures of the confirmed months are printed with it; the writer adds the rest."""

    completed_on = JapaneseDateField(label="完了した日")
    summary = SearchedTextField(
        label="実施した内容",
        max_length=1000,
        rows=4,
        help_text="上の実績に加えることを書いてください。個人の名前は書かないでください。",
    )
    deliverables = SearchedTextField(label="成果物", max_length=500, rows=3, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["completed_on"]
        day.earliest, day.latest = contract.starts_on, timezone.localdate()


class IncidentForm(SearchingForm):
    """事故報告書. Persons are counted, never named."""

    kind = forms.ChoiceField(
        label="事故の種類", choices=IncidentKind.choices, widget=forms.RadioSelect
    )
    happened_on = JapaneseDateField(label="起きた日")
    where = SearchedLineField(label="場所", max_length=200)
    people = QuantityField(label="影響を受けた人数", unit="人", max_value=999_999)
    course = SearchedTextField(
        label="起きたこと",
        max_length=2000,
        rows=5,
        help_text="個人の名前、住所、電話番号は書かないでください。",
    )
    measures = SearchedTextField(label="行った対応", max_length=1000, rows=4)
    prevention = SearchedTextField(label="再発を防ぐ方法", max_length=1000, rows=3, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["happened_on"]
        day.earliest, day.latest = contract.starts_on, timezone.localdate()


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


class _InvoiceActForm(SearchingForm):
    def __init__(self, *args: Any, subject: Invoice, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject


class ReturnForm(_InvoiceActForm):
    reason = SearchedReasonField(label="理由", max_length=1000)


class PaymentForm(_InvoiceActForm):
    paid_on = JapaneseDateField(label="支払日")
    voucher_number = forms.CharField(
        label="支出命令の番号", max_length=60, required=False, help_text="財務会計の番号です。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paid = self.fields["paid_on"]
        paid.earliest, paid.latest = self.subject.contract.signed_on, timezone.localdate()
