"""What is typed about contractors, checks, contracts and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils import timezone

from grants.awards.api import Award
from portal.access.api import Role
from portal.accounts.api import Membership
from portal.core.actor import Actor
from portal.core.identifiers import read_corporate_number, read_invoice_number
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    ReadingField,
    ReasonField,
    UploadField,
    YenField,
)

from .models import Contract, Contractor
from .rules import PlannedActivityTerms, finding_reasons, papers_missing, papers_there
from .states import (
    BodyType,
    CheckKind,
    CheckPaper,
    CheckResult,
    ContractKind,
    Ground,
    Interval,
    Method,
    Settlement,
    TaxStatus,
)

_CHECK_LASTS = timedelta(days=364)


class ContractorForm(PortalForm):
    """`corporate_number` is asked once: afterwards it names the body and does not change."""

    name = forms.CharField(label="名称", max_length=200)
    kana = forms.CharField(label="よみ", max_length=200, help_text="ひらがなで入力してください。")
    body_type = forms.ChoiceField(
        label="団体の種類", choices=[("", "選んでください"), *BodyType.choices]
    )
    corporate_number = ReadingField(
        label="法人番号",
        reader=read_corporate_number,
        required=False,
        help_text="13桁。法人番号のない団体は、空欄のままにしてください。",
    )
    representative = PersonNameField(label="代表者の氏名", max_length=100)
    address = forms.CharField(label="所在地", max_length=300)
    registered_number = ReadingField(
        label="登録番号",
        reader=read_invoice_number,
        required=False,
        help_text="適格請求書発行事業者の番号。Tと13桁。登録のない団体は、空欄のままにしてください。",
    )

    _OWN = ("name", "kana", "body_type", "representative", "address", "registered_number")

    def __init__(
        self, *args: Any, is_new: bool = True, known_number: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known_number = known_number
        if not is_new:
            del self.fields["corporate_number"]

    def clean(self) -> dict[str, Any]:
        """消費税法57条の2: a corporation's 登録番号 is T before its 法人番号."""
        values = super().clean() or self.cleaned_data
        values["registered_number"] = values.get("registered_number") or ""
        number = values.get("corporate_number") or self.known_number
        if number and values["registered_number"] not in ("", f"T{number}"):
            self.add_error(
                "registered_number",
                f"法人番号と合いません。この団体の登録番号は「T{number}」です。番号を確かめてください。",
            )
        return values

    @classmethod
    def of(cls, contractor: Contractor, data: Any = None) -> ContractorForm:
        return cls(
            data,
            is_new=False,
            known_number=contractor.organisation.corporate_number or "",
            version=contractor.version,
            initial={name: getattr(contractor, name) for name in cls._OWN},
        )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._OWN}


class CheckForm(PortalForm):
    """`asked`: by ground, what a negative finding must rest on."""

    _FIELDS: ClassVar[Mapping[str, str]] = {
        CheckPaper.PLEDGE: "pledged_on",
        CheckPaper.EVIDENCE: "source",
    }

    kind = forms.ChoiceField(
        label="確認すること", choices=CheckKind.choices, widget=forms.RadioSelect
    )
    result = forms.ChoiceField(label="結果", choices=CheckResult.choices, widget=forms.RadioSelect)
    pledged_on = JapaneseDateField(
        label="誓約書の日付", required=False, help_text="例：2026年4月1日、R8.4.1"
    )
    pledge = UploadField(label="誓約書", extensions=EXTENSIONS, required=False)
    reviewer = PersonNameField(label="確認した者", max_length=100)
    reviewed_on = JapaneseDateField(label="確認した日")
    expires_on = JapaneseDateField(label="有効期限")
    reason = LongTextField(
        label="確認の方法と理由",
        max_length=1000,
        rows=4,
        help_text="定款の目的、活動の実績、照会の結果など、何を見て判断したかを書いてください。",
    )
    source = forms.CharField(
        label="確認の出所",
        max_length=300,
        required=False,
        help_text="何によって確かめたか。例：定款3条、令和8年3月20日付けの県警の回答",
    )
    evidence = UploadField(label="資料", extensions=EXTENSIONS, required=False)

    def __init__(self, *args: Any, asked: Mapping[str, frozenset[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = asked
        today = timezone.localdate()
        self.fields["reviewed_on"].latest = today
        self.fields["expires_on"].initial = today + _CHECK_LASTS

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        reviewed, expires = values.get("reviewed_on"), values.get("expires_on")
        if reviewed and expires and expires < reviewed:
            self.add_error("expires_on", "有効期限は、確認した日以後の日付にしてください。")
        kind, result = values.get("kind"), values.get("result")
        if kind and result:
            there = papers_there(
                values.get("pledged_on"), values.get("evidence"), values.get("source") or ""
            )
            missing = papers_missing(self._asked[kind], there)
            for paper, reason in finding_reasons(kind, result, missing):
                if self._FIELDS[paper] not in self.errors:
                    self.add_error(self._FIELDS[paper], reason)
        return values


class ContractForm(PortalForm):
    """The activities to choose are those of the plan that the award put in force."""

    KIND: ClassVar[str] = ContractKind.CONTRACT
    _REFERENCES = ("activities", "taken_over_from")

    title = forms.CharField(label="契約の名称", max_length=200)
    number = forms.CharField(label="契約番号", max_length=60, required=False)
    activities = forms.MultipleChoiceField(label="対象の取組", widget=forms.CheckboxSelectMultiple)
    amount = YenField(label="契約額", min_value=1, max_value=999_999_999_999)
    signed_on = JapaneseDateField(label="契約日")
    starts_on = JapaneseDateField(label="期間の初日")
    ends_on = JapaneseDateField(label="期間の末日")
    method = forms.ChoiceField(label="契約の方法", choices=Method.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label="随意契約の号",
        choices=[("", "随意契約でない"), *Ground.choices],
        required=False,
        help_text="地方自治法施行令167条の2第1項の各号。随意契約のときに選びます。",
    )
    ground_reason = LongTextField(
        label="競争によらない理由", max_length=1000, rows=3, required=False
    )
    selection_reason = LongTextField(
        label="選定の経過と理由",
        max_length=2000,
        rows=4,
        required=False,
        help_text="都道府県が責任を持って選定したことが分かるように書いてください（要領2(2)）。",
    )
    settlement = forms.ChoiceField(
        label="精算方式",
        choices=Settlement.choices,
        widget=forms.RadioSelect,
        initial=Settlement.FIXED,
        help_text="領収書などを求めるのは、概算契約の精算のときだけです。",
    )
    tax_status = forms.ChoiceField(
        label="消費税",
        choices=TaxStatus.choices,
        widget=forms.RadioSelect,
        initial=TaxStatus.TAXABLE,
    )
    taken_over_from = forms.ChoiceField(
        label="引き継ぐ契約",
        required=False,
        help_text="年度の途中で解除した契約の業務を引き継ぐときに選びます。",
    )
    report_interval = forms.TypedChoiceField(
        label="報告の間隔",
        choices=Interval.choices,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Interval.MONTHLY,
        help_text="四半期などは、4月から数えます。",
    )
    due_day = QuantityField(
        label="月報の提出期限",
        unit="日",
        min_value=1,
        max_value=28,
        help_text="対象の最後の月の翌月の何日までに提出するかを、契約書のとおりに入力してください。",
    )
    final_due_on = JapaneseDateField(
        label="最後の月報の期限",
        required=False,
        help_text="年度末の検査に間に合うように早めるときに入力します。例：2027年3月31日",
    )
    same_person_may_submit = forms.BooleanField(
        label="実績を入力した人が、責任者として提出してもよい",
        required=False,
        help_text="契約書で認めている場合だけ選んでください。",
    )

    @staticmethod
    def offers(activity: PlannedActivityTerms) -> bool:
        """Whether it may be carried out so; a contract may be for any part of the plan (要領2(2))."""
        return True

    def __init__(
        self,
        *args: Any,
        activities: Iterable[PlannedActivityTerms],
        terminated: Iterable[Contract] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activities"].choices = [
            (str(activity.uid), f"{activity.title}　{activity.name}")
            for activity in activities
            if self.offers(activity)
        ]
        self.fields["taken_over_from"].choices = [
            ("", "引継ぎでない"),
            *((str(c.pk), f"{c.title}（{c.contractor.name}）") for c in terminated),
        ]

    @classmethod
    def of(
        cls,
        contract: Contract,
        activities: Iterable[PlannedActivityTerms],
        terminated: Iterable[Contract],
        data: Any = None,
    ) -> ContractForm:
        names = [name for name in cls.base_fields if name not in cls._REFERENCES]
        initial = {name: getattr(contract, name) for name in names}
        initial["activities"] = [str(a.activity_uid) for a in contract.activities.all()]
        initial["taken_over_from"] = str(contract.taken_over_from_id or "")
        return cls(
            data,
            activities=activities,
            terminated=terminated,
            version=contract.version,
            initial=initial,
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "期間の末日は、初日以後の日付にしてください。")
        last_due = values.get("final_due_on")
        if ends and last_due and last_due < ends:
            self.add_error("final_due_on", "最後の月報の期限は、期間の末日以後にしてください。")
        if values.get("method") and values["method"] != Method.NEGOTIATED and values.get("ground"):
            self.add_error("ground", "号は、契約の方法が随意契約のときだけ選んでください。")
        return values

    @property
    def uids(self) -> list[UUID]:
        return [UUID(text) for text in self.cleaned_data["activities"]]

    @property
    def values(self) -> dict[str, Any]:
        names = [name for name in self.base_fields if name not in self._REFERENCES]
        chosen = self.cleaned_data["taken_over_from"]
        return {name: self.cleaned_data[name] for name in names} | {
            "kind": self.KIND,
            "taken_over_from_id": UUID(chosen) if chosen else None,
        }


class AwardForm(PortalForm):
    """Under which award, where more than one year is in force."""

    award = forms.ChoiceField(label="交付決定", widget=forms.RadioSelect)

    def __init__(self, *args: Any, awards: Iterable[Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = [(str(award.pk), str(award)) for award in awards]


class EvidenceForm(PortalForm):
    """`asked`: the papers that the method asks for; a file may hold several, or be beside them."""

    file = UploadField(label="資料", extensions=EXTENSIONS)
    names = forms.MultipleChoiceField(
        label="この資料に含まれるもの",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="契約の方法ごとに求めている資料です。ほかの資料のときは、選ばないでください。",
    )

    def __init__(self, *args: Any, asked: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = [(name, name) for name in asked]
        if not self.fields["names"].choices:
            del self.fields["names"]


class EstimateForm(PortalForm):
    name = forms.CharField(label="見積りを出した者", max_length=200)
    amount = YenField(label="見積額", min_value=1, max_value=999_999_999_999)
    given_on = JapaneseDateField(label="見積書の日付")
    is_chosen = forms.BooleanField(label="契約の相手方とした見積りです", required=False)
    file = UploadField(label="見積書", extensions=EXTENSIONS, required=False)


class EstimateReasonsForm(PortalForm):
    single_estimate_reason = LongTextField(
        label="一者見積の理由",
        max_length=1000,
        rows=3,
        required=False,
        help_text="見積書を1者だけから取ったときに書いてください。",
    )
    dearer_reason = LongTextField(
        label="最も低い見積りによらない理由",
        max_length=1000,
        rows=3,
        required=False,
        help_text="最も低い見積りの者と契約しないときに書いてください。",
    )


class InviteForm(PortalForm):
    name = PersonNameField(label="氏名", max_length=100)
    email = forms.EmailField(
        label="メールアドレス",
        help_text="団体の連絡先を入力してください。どのドメインでも使えます。",
    )
    role = forms.ChoiceField(
        label="役割",
        choices=[(r.value, r.label) for r in (Role.RESPONSIBLE, Role.RECORDER)],
        widget=forms.RadioSelect,
    )


class AddPersonForm(PortalForm):
    membership = forms.ChoiceField(label="加える人")

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = [
            ("", "選んでください"),
            *((str(m.pk), f"{m.user.name}（{m.get_role_display()}）") for m in members),
        ]


class TransitionForm(PortalForm):
    def __init__(self, *args: Any, subject: Contract, actor: Actor, **kwargs: Any) -> None:
        self.subject, self.actor = subject, actor
        super().__init__(*args, **kwargs)


class ConcludeForm(TransitionForm):
    """要領2(2): the prefecture answers for the selection and for what is carried out."""

    is_answered_for = forms.BooleanField(
        label="委託先の選定と事業の実施に責任を持ち、除外団体でないことを確かめました。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_answered_for"].label = self.subject.words.answered_for


class ReasonForm(TransitionForm):
    reason = ReasonField(label="理由", max_length=1000)
