"""What each transition of an application asks of the person who does it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from grants.approvals.api import Route
from grants.awards.api import NumberedForm
from grants.filings.api import Filing, latest_version
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


class TransitionForm(PortalForm):
    def __init__(self, *args: Any, subject: Filing, actor: Actor, **kwargs: Any) -> None:
        self.subject, self.actor = subject, actor
        super().__init__(*args, **kwargs)


class RouteField(forms.ModelChoiceField):
    """With the names of those it goes through."""

    def label_from_instance(self, obj: Route) -> str:
        return f"{obj.name}（{'→'.join(s.membership.user.name for s in obj.seats.all())}）"


class RequestForm(TransitionForm):
    route = RouteField(
        label="決裁経路",
        queryset=Route.objects.none(),
        empty_label="選んでください",
        help_text="だれの承認と合議を経て提出するか。経路は県管理者が決めます。",
    )
    note = LongTextField(
        label="決裁者への説明",
        max_length=1000,
        required=False,
        rows=3,
        help_text="前の版から変えた点など。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        routes = Route.objects.for_user(self.actor).in_use().with_seats().order_by("name")
        if not routes:
            # Any 決裁者 of the office decides.
            del self.fields["route"]
            return
        self.fields["route"].queryset = routes
        if len(routes) == 1:
            self.fields["route"].initial = routes[0]


class ReasonForm(TransitionForm):
    reason = ReasonField(label="理由", max_length=1000)


class WithdrawAwardForm(ReasonForm):
    """What the 取下書 says (適正化法9条1項)."""

    reason = ReasonField(
        label="取下げの理由",
        max_length=1000,
        help_text="決定の内容か、付された条件の、どこに不服があるか。取下書にこのまま載ります。",
    )
    document_number = forms.CharField(
        label="県の文書番号",
        max_length=80,
        required=False,
        help_text="取下書に番号を付けるときだけ。例：8地福第123号",
    )


class DecidedForm(NumberedForm):
    """庁内決裁済み: the paper that shows it goes along."""

    paper = UploadField(
        label="決裁文書", extensions=EXTENSIONS, help_text="決裁の済んだ起案文書。PDFなど。"
    )


class BeginReviewForm(TransitionForm):
    no_conflict = forms.BooleanField(label="この申請と利害関係がないことを確かめました。")


class ReturnForm(TransitionForm):
    answer_due = JapaneseDateField(label="回答の期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.subject.programme.terms().answer_days
        self.fields["answer_due"].initial = timezone.localdate() + timedelta(days=days)

    def clean_answer_due(self) -> Any:
        due = self.cleaned_data["answer_due"]
        if due <= timezone.localdate():
            raise forms.ValidationError("回答の期限は、明日以後の日付にしてください。")
        return due


class OpinionForm(TransitionForm):
    opinion = LongTextField(
        label="審査担当の意見",
        max_length=2000,
        rows=4,
        help_text="決定権者が読みます。開示請求の対象になることがあります。",
    )


class DecideForm(NumberedForm):
    amount = YenField(label="交付決定額")
    modification_reason = LongTextField(
        label="修正の理由（適正化法6条3項）",
        max_length=1000,
        rows=3,
        required=False,
        help_text="申請額と違う額にするときに入力します。",
    )
    standard = forms.MultipleChoiceField(
        label="標準の条件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="初めから選んであるものを外すときは、理由を入力します。",
    )
    extra_conditions = LongTextField(
        label="個別の条件",
        max_length=2000,
        rows=3,
        required=False,
        help_text="1行に1つ。標準の条件の後に続けます。",
    )
    conditions_reason = LongTextField(
        label="条件を変える理由",
        max_length=1000,
        rows=3,
        required=False,
        help_text="標準の条件を外すとき、必要なときの条件や個別の条件を加えるときに入力します。",
    )
    confirmed = forms.BooleanField(label="要点、上限、条件を確かめました。")
    field_order = (
        "amount",
        "modification_reason",
        "standard",
        "extra_conditions",
        "conditions_reason",
        "document_number",
        "decided_on",
        "issued_on",
        "confirmed",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sealed = latest_version(self.subject)
        self.ceiling = int(sealed.content["amounts"]["i"]) if sealed else 0
        self.fields["amount"].initial = self.ceiling
        self.known = list(self.subject.programme.conditions.all())
        self.fields["standard"].choices = [
            (str(one.order), f"{one.text}（{one.basis}）") for one in self.known
        ]
        self.fields["standard"].initial = sorted(self.defaults)

    @property
    def defaults(self) -> set[str]:
        return {str(one.order) for one in self.known if one.is_default}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        amount = values.get("amount")
        if amount is not None and amount > self.ceiling:
            self.add_error(
                "amount", f"決定額は、所要額調書のI欄（{self.ceiling:,}円）以下にしてください。"
            )
        elif amount not in (None, self.ceiling) and not values.get("modification_reason"):
            self.add_error(
                "modification_reason", "申請額と違う額にするときは、修正の理由を入力してください。"
            )
        chosen, extra = values.get("standard") or [], values.get("extra_conditions") or ""
        if (set(chosen) != self.defaults or extra.strip()) and not (
            values.get("conditions_reason") or ""
        ).strip():
            self.add_error(
                "conditions_reason", "標準の条件と違うときは、条件を変える理由を入力してください。"
            )
        values["conditions"] = self.conditions(chosen, extra)
        return values

    def conditions(self, chosen: list[str], extra: str) -> list[dict[str, str]]:
        """The standard conditions that were chosen, then one for each line that was typed."""
        standard = [
            {"text": one.text, "basis": one.basis} for one in self.known if str(one.order) in chosen
        ]
        own = [line.strip() for line in extra.splitlines() if line.strip()]
        return standard + [{"text": line, "basis": "適正化法7条3項"} for line in own]


class DeclineForm(NumberedForm):
    reason = ReasonField(label="交付しない理由", max_length=2000)
    field_order = ("reason", "document_number", "decided_on", "issued_on")
