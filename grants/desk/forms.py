from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.api import Absence, Membership, Organisation
from portal.ui.api import LongTextField, PortalForm, ReasonField

from .filters import MINE, NOBODY
from .services import reviewers
from .states import Flag
from .tables import absences_on


class FilterForm(PortalForm):
    """The controls above the table; the values themselves are read by `read_filter`."""

    use_required_attribute = False
    year = forms.ChoiceField(label="年度", required=False)
    reviewer = forms.ChoiceField(label="審査担当", required=False)
    flag = forms.ChoiceField(label="印", required=False)

    def __init__(
        self, *args: Any, years: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = years
        self.fields["reviewer"].choices = [
            ("", "すべて"),
            (MINE, "自分"),
            (NOBODY, "担当なし"),
            *people,
        ]
        self.fields["flag"].choices = [("", "すべて"), *Flag.choices]


class KeepFilterForm(PortalForm):
    name = forms.CharField(label="条件の名前", max_length=40)


class _ReviewerField(forms.ModelChoiceField):
    away: dict[Any, Absence] = {}

    def label_from_instance(self, obj: Membership) -> str:
        absence = self.away.get(obj.user_id)
        if absence is None:
            return obj.user.name
        deputy = f"、代わりは{absence.deputy.user.name}さん" if absence.deputy else ""
        last = absence.ends_on
        return f"{obj.user.name}（{last.month}月{last.day}日まで不在{deputy}）"


class AssignForm(PortalForm):
    """Whom to give them to; who is away is said beside the name."""

    reviewer = _ReviewerField(
        label="審査担当", queryset=Membership.objects.none(), empty_label="選んでください"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        field.away = absences_on(timezone.localdate())
        field.queryset = reviewers()


class AssignReasonForm(PortalForm):
    reason = forms.CharField(
        label="理由",
        max_length=200,
        required=False,
        help_text="担当を替えるときに書きます。経過に残り、内閣府の中だけで見られます。",
    )


class BeginForm(PortalForm):
    no_conflict = forms.BooleanField(label="これらの申請と利害関係がないことを確かめました。")


class NoteForm(PortalForm):
    text = LongTextField(
        label="審査のメモ",
        max_length=2000,
        rows=3,
        help_text="都道府県には表示しません。開示請求の対象になることがあります。",
    )


class ReaderForm(PortalForm):
    reader = _ReviewerField(
        label="二次確認者",
        queryset=Membership.objects.none(),
        required=False,
        empty_label="置かない",
        help_text="審査担当とは別の審査担当。決めると、その人が確認するまで審査を終えられません。",
    )

    def __init__(self, *args: Any, reviewer_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reader"]
        field.away = absences_on(timezone.localdate())
        field.queryset = reviewers().exclude(user_id=reviewer_id)


class ReadingForm(PortalForm):
    opinion = LongTextField(
        label="二次確認者の意見",
        max_length=2000,
        rows=3,
        required=False,
        help_text="都道府県には表示しません。開示請求の対象になることがあります。",
    )


class QuestionForm(PortalForm):
    text = forms.CharField(
        label="確認すること", max_length=200, help_text="適・否で答えられる1つの文。"
    )
    basis = forms.CharField(label="根拠", max_length=60, help_text="例：交付要綱4条、通知の番号")


class ConflictForm(PortalForm):
    grantee = forms.ModelChoiceField(
        label="団体", queryset=Organisation.objects.none(), empty_label="選んでください"
    )
    reason = ReasonField(
        label="内容",
        help_text="例：家族がこの団体の委託先で働いている。決定権者と監査が読みます。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grantee"].queryset = Organisation.objects.prefectures()


class EndConflictForm(PortalForm):
    reason = ReasonField(label="取り下げる理由")
