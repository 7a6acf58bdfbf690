from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from grants.awards.api import Award, NumberedForm
from grants.revocations.api import RevocationGround
from inspections.findings.api import Finding
from portal.core.actor import Actor
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReasonField,
    UploadField,
    YenField,
)

from .counting import proposal_of, standing_of
from .models import Order
from .rules import basis_reasons
from .states import Basis, OrderKind

_FIELDS = ("title", "basis", "kind", "follows", "content", "reason", "due_on")
# 10条1項 is a change of circumstances, and never follows an order that was not kept.
_GROUNDS = [one for one in RevocationGround.choices if one[0] != RevocationGround.CHANGED]


class _AwardField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Award) -> str:
        return f"{obj.grantee.name}　{obj.programme.year_label}"


class _FindingsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Finding) -> str:
        return f"{obj}　{obj.citation}"


class _OrderField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Order) -> str:
        return f"{obj.document_number}　{obj.title}"


class StartForm(PortalForm):
    """To whom: an order is of one award."""

    award = _AwardField(
        label="交付決定", queryset=Award.objects.none(), empty_label="選んでください"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awards = Award.objects.for_user(actor).in_force().select_related("grantee", "programme")
        self.fields["award"].queryset = awards.order_by(
            "-programme__fiscal_year", "grantee__prefecture_id"
        )


class OrderForm(PortalForm):
    title = forms.CharField(label="件名", max_length=100)
    findings = _FindingsField(
        label="もとになる指摘",
        queryset=Finding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="認めた指摘から選びます。指摘によらない命令では、選びません。",
    )
    basis = forms.ChoiceField(
        label="根拠",
        choices=Basis.choices,
        widget=forms.RadioSelect,
        help_text="適正化法13条、16条による命令では、同法25条の不服の申出の期間を示します。"
        "要領5(2)だけによる命令では、示しません。",
    )
    kind = forms.ChoiceField(label="種類", choices=OrderKind.choices, widget=forms.RadioSelect)
    follows = _OrderField(
        label="履行されなかった命令",
        queryset=Order.objects.none(),
        required=False,
        empty_label="選ばない",
        help_text="一時停止を命ずるときに選びます（適正化法13条2項）。",
    )
    content = LongTextField(label="命ずる事項", max_length=4000, rows=5)
    reason = ReasonField(label="理由（適正化法21条の2）", max_length=2000)
    due_on = JapaneseDateField(label="履行の期限")

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.award = award
        today = timezone.localdate()
        upheld = Finding.objects.upheld().filter(visit__award=award).select_related("visit")
        self.fields["findings"].queryset = upheld.order_by("visit_id", "number")
        self.fields["due_on"].earliest = today + timedelta(days=1)
        self.fields["due_on"].initial = today + timedelta(days=30)
        earlier = Order.objects.not_kept(award.pk)
        if earlier.exists():
            self.fields["follows"].queryset = earlier
            return
        del self.fields["follows"]
        for name in ("basis", "kind"):
            kept = [one for one in self.fields[name].choices if one[0] != Basis.SUSPEND]
            self.fields[name].choices = kept

    @classmethod
    def of(cls, order: Order, data: Any = None) -> OrderForm:
        initial = {name: getattr(order, name) for name in _FIELDS}
        initial["findings"] = list(order.findings.values_list("pk", flat=True))
        return cls(data, award=order.award, version=order.version, initial=initial)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values.setdefault("follows", None)
        if values.get("basis") and values.get("kind"):
            standing, has_earlier = standing_of(self.award), values["follows"] is not None
            for reason in basis_reasons(
                values["basis"], values["kind"], standing, has_earlier=has_earlier
            ):
                self.add_error("basis", reason)
        return values


class ReportForm(PortalForm):
    report = LongTextField(label="行った措置", max_length=4000, rows=6, required=False)
    file = UploadField(label="履行の証拠", extensions=EXTENSIONS, required=False)

    @classmethod
    def of(cls, order: Order, data: Any = None, files: Any = None) -> ReportForm:
        return cls(data, files, version=order.version, initial={"report": order.report})


class IssueForm(NumberedForm):
    confirmed = forms.BooleanField(label="根拠、命ずる事項、理由、期限を確かめました。")


class _SubjectForm(PortalForm):
    def __init__(self, *args: Any, subject: Order, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class ReasonForm(_SubjectForm):
    reason = ReasonField(label="理由")


class CheckForm(_SubjectForm):
    reason = ReasonField(label="確認したこと")


class AskAgainForm(_SubjectForm):
    reason = ReasonField(label="理由")
    due_on = JapaneseDateField(label="履行の期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["due_on"].initial = today + timedelta(days=30)
        self.fields["due_on"].earliest = today + timedelta(days=1)


class EscalateForm(NumberedForm):
    """What the findings of the order come to is proposed, and may be changed."""

    ground = forms.ChoiceField(label="根拠", choices=_GROUNDS, widget=forms.RadioSelect)
    after = YenField(
        label="取消し後の決定額",
        help_text="一部の取消しでは、残る額。全部を取り消すときは、0円。",
    )
    provision = LongTextField(label="違反した法令、条件、処分", max_length=1000, rows=4)
    reason = ReasonField(label="理由（適正化法21条の2）", max_length=2000)
    field_order = ("ground", "after", "provision", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order: Order = self.subject
        cited = [finding.citation for finding in order.findings.order_by("visit_id", "number")]
        self.fields["after"].initial = proposal_of(order).after
        self.fields["ground"].initial = RevocationGround.BODY
        self.fields["provision"].initial = "\n".join(
            [f"{order.document_number}の命令（{order.article}）を履行しない。", *cited]
        )
        self.fields["reason"].initial = f"{order.check_note}\n{order.reason}"
