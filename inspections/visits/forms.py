from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from grants.awards.api import Award, NumberedForm
from grants.contractors.api import Contract
from portal.access.api import Role
from portal.accounts.api import Membership
from portal.core.actor import Actor
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    RowForm,
    UploadField,
    YenField,
    row_formset,
)

from .models import Visit
from .rules import item_reasons
from .slots import drawing_of, drawn_without_item
from .states import Authority, ItemResult, Presence, VisitKind

# As narrow as 有 and 無 beside it: six of them stand in a row.
_NOT_YET = ("", "―")
_PAPERS = ("contract_paper", "acceptance_paper", "invoice_paper", "payment_paper")
_MOST = 999_999_999_999
_MOST_ITEMS = 400
_CONTRACT = "contract"


class _AwardField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Award) -> str:
        return f"{obj.grantee.name}　{obj.programme.year_label}"


class _ContractField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Contract) -> str:
        return f"{obj.contractor.grantee.name}　{obj.contractor.name}　{obj.title}"


class VisitForm(PortalForm):
    """Of an award, or of one contract or indirect subsidy under it."""

    award = _AwardField(
        label="交付決定", queryset=Award.objects.none(), empty_label="選んでください"
    )
    contract = _ContractField(
        label="委託先・補助先の契約",
        queryset=Contract.objects.none(),
        required=False,
        empty_label="委託先・補助先には行かない",
    )
    contract_article = forms.CharField(
        label="立入りを定める契約の条",
        max_length=40,
        required=False,
        help_text="例：16条。受託者には適正化法23条が及ばないため、委託先に行くときに入力します。",
    )
    kind = forms.ChoiceField(
        label="種別",
        choices=VisitKind.choices,
        widget=forms.RadioSelect,
        help_text="抜打検査は、前もって通知しません。",
    )
    planned_on = JapaneseDateField(label="検査の予定日")
    place = forms.CharField(label="場所", max_length=200)  # type: ignore[assignment]  # a field here
    scope = LongTextField(label="検査の対象", max_length=2000, rows=4)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awards = Award.objects.for_user(actor).select_related("grantee", "programme")
        self.fields["award"].queryset = awards.order_by(
            "-programme__fiscal_year", "grantee__prefecture_id"
        )
        contracts = Contract.objects.for_user(actor).select_related("contractor__grantee")
        self.fields["contract"].queryset = contracts.order_by(
            "contractor__grantee__prefecture_id", "title"
        )

    def clean_planned_on(self) -> Any:
        day = self.cleaned_data["planned_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("検査の予定日は、今日以後の日付にしてください。")
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        award, contract = values.get("award"), values.get("contract")
        if contract is None:
            values["contract_article"] = ""
            return values
        if award and contract.award_id != award.pk:
            self.add_error("contract", "選んだ交付決定による契約を選んでください。")
        if contract.kind != _CONTRACT:
            values["contract_article"] = ""
        elif not values.get("contract_article"):
            self.add_error(
                "contract_article",
                "委託先に行くには、契約の条が要ります。契約書で確かめて入力してください。",
            )
        return values


class OutsideForm(PortalForm):
    """An inspection by 会計検査院, or by a prefecture's own 監査委員, and what came of it."""

    award = _AwardField(
        label="交付決定", queryset=Award.objects.none(), empty_label="選んでください"
    )
    authority = forms.ChoiceField(
        label="検査した機関",
        choices=[one for one in Authority.choices if one[0] != Authority.CABINET_OFFICE],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label="種別",
        choices=[one for one in VisitKind.choices if one[0] != VisitKind.UNANNOUNCED],
        widget=forms.RadioSelect,
    )
    held_on = JapaneseDateField(label="検査日")
    place = forms.CharField(label="場所", max_length=200)  # type: ignore[assignment]  # a field here
    scope = LongTextField(label="検査の対象", max_length=2000, rows=3)
    summary = LongTextField(
        label="検査の結果",
        max_length=4000,
        rows=5,
        help_text="報告書の題名と日付、指摘の概要を書いてください。指摘は、登録の後に1件ずつ書きます。",
    )
    file = UploadField(label="報告書などのファイル", extensions=EXTENSIONS, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awards = Award.objects.for_user(actor).select_related("grantee", "programme")
        self.fields["award"].queryset = awards.order_by(
            "-programme__fiscal_year", "grantee__prefecture_id"
        )
        self.fields["held_on"].latest = timezone.localdate()


class _PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return str(obj.user.name)


class InspectorRow(RowForm):
    membership = _PersonField(
        label="検査職員", queryset=Membership.objects.none(), empty_label="選んでください"
    )
    card_number = forms.CharField(label="証票番号", max_length=40)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = people


_InspectorRows = row_formset(InspectorRow, title="検査職員", extra=1, least=1, most=20)


class InspectorRows(_InspectorRows):  # type: ignore[valid-type]  # its base is made at run time
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        chosen = [row["membership"].pk for row in self.filled]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError("同じ検査職員が2行にあります。1行を削除してください。")

    def team(self) -> list[tuple[UUID, str]]:
        return [(row["membership"].user_id, row["card_number"]) for row in self.filled]


def inspector_rows(actor: Actor, data: Any = None, visit: Visit | None = None) -> Any:
    """The team, with the office's 検査職員 to choose from."""
    people = (
        Membership.objects.in_force()
        .filter(organisation_id=actor.organisation_id, role=Role.INSPECTOR)
        .select_related("user")
        .order_by("user__name", "id")
    )
    initial = None
    if visit is not None and data is None:
        by_user = {one.user_id: one.pk for one in people}
        initial = [
            {"membership": by_user.get(one.user_id), "card_number": one.card_number}
            for one in visit.team.all()
        ]
    return InspectorRows(data, initial=initial, prefix="team", form_kwargs={"people": people})


class RecordForm(PortalForm):
    """Everything may be saved half written; what is missing is said when the record is ended."""

    held_on = JapaneseDateField(label="検査日", required=False)
    hours = forms.CharField(
        label="時間", max_length=100, required=False, help_text="例：10時00分から12時10分まで"
    )
    cards_shown = LongTextField(
        label="証票の提示",
        max_length=500,
        rows=2,
        required=False,
        help_text="いつ、だれに提示したか。例：10時02分　地域福祉課　見本 花子",
    )
    present = LongTextField(label="立ち会った人", max_length=500, rows=2, required=False)
    sampling = forms.CharField(label="抽出の方法", max_length=200, required=False)
    debriefed_on = JapaneseDateField(label="講評日", required=False)
    summary = LongTextField(
        label="検査の結果",
        max_length=4000,
        rows=5,
        required=False,
        help_text="結果の通知に書く文です。",
    )
    file = UploadField(label="写真・書類", extensions=EXTENSIONS, required=False)

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("検査日は、今日以前の日付にしてください。")
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        held, debriefed = values.get("held_on"), values.get("debriefed_on")
        if held and debriefed and debriefed < held:
            self.add_error("debriefed_on", "講評日は、検査日以後の日付にしてください。")
        return values


class _PaperField(forms.ChoiceField):
    """Whether a document was there; empty until somebody looked."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, choices=[_NOT_YET, *Presence.choices], required=False)


class ItemRow(RowForm):
    line_key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    what = forms.CharField(label="調べたもの", max_length=200)
    amount = YenField(label="金額", max_value=_MOST)
    contract_paper = _PaperField(label="契約")
    acceptance_paper = _PaperField(label="検収")
    invoice_paper = _PaperField(label="請求")
    payment_paper = _PaperField(label="支払")
    result = forms.ChoiceField(
        label="結果", choices=[_NOT_YET, *ItemResult.choices], required=False
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        presences = tuple(values.get(name, "") for name in _PAPERS)
        for reason in item_reasons(values.get("result", ""), presences):
            self.add_error("result", reason)
        return values


class AskedRow(RowForm):
    asked_by = forms.CharField(label="質問した人", max_length=60)
    question = forms.CharField(label="質問", max_length=500)
    answered_by = forms.CharField(label="答えた人", max_length=100)
    answer = forms.CharField(label="答え", max_length=1000)


ItemRows = row_formset(ItemRow, title="調べたもの", extra=1, most=_MOST_ITEMS)
AskedRows = row_formset(AskedRow, title="質問と答え", extra=1, most=100)


def record_forms(visit: Visit, data: Any = None, files: Any = None) -> tuple[Any, Any, Any]:
    """The record, the items and the questions, as they stand or as they were typed.

    What was drawn and is not among the items yet follows them, for the team to look at.
    """
    drawing = drawing_of(visit)
    initial = {name: getattr(visit, name) for name in RecordForm.base_fields if name != "file"}
    if drawing is not None:
        initial["sampling"] = initial["sampling"] or drawing.method
    # Beside what was typed, stored rows would make unchanged ones look empty.
    is_typed = data is not None
    return (
        RecordForm(data, files, version=visit.version, initial=initial),
        ItemRows(data, initial=None if is_typed else _items_of(visit), prefix="items"),
        AskedRows(data, initial=None if is_typed else _asked_of(visit), prefix="questions"),
    )


def _items_of(visit: Visit) -> list[dict[str, Any]]:
    names = ("line_key", "what", "amount", *_PAPERS, "result")
    stored = [{name: getattr(item, name) for name in names} for item in visit.items.all()]
    drawn = [
        {"line_key": line.key, "what": line.what, "amount": line.amount}
        for line in drawn_without_item(visit)
    ]
    return stored + drawn


def _asked_of(visit: Visit) -> list[dict[str, Any]]:
    names = [name for name in AskedRow.base_fields if name != "uid"]
    return [{name: getattr(one, name) for name in names} for one in visit.questions.all()]


class IssueForm(NumberedForm):
    confirmed = forms.BooleanField(label="下の内容を確かめました。")
