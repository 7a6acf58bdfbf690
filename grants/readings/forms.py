from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from grants.awards.api import Award
from portal.ui.api import JapaneseDateField, LongTextField, PortalForm, ReasonField


class OpenForm(PortalForm):
    awards = forms.ModelMultipleChoiceField(
        label="閲覧できる案件",
        queryset=Award.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="選んだ年度の交付決定と、その申請、報告、契約、支払、書類を読めるようになります。",
    )
    name = forms.CharField(label="閲覧する人の氏名", max_length=100)
    email = forms.EmailField(
        label="メールアドレス",
        help_text="初めての人には、招待のメールを送ります。本人だけのアドレスを入力してください。",
    )
    purpose = LongTextField(label="閲覧の目的", max_length=1000, rows=3)
    starts_on = JapaneseDateField(label="閲覧を始める日")
    ends_on = JapaneseDateField(label="閲覧の最後の日")

    def __init__(self, *args: Any, awards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["awards"].queryset = awards
        self.fields["awards"].label_from_instance = _shown
        self.fields["starts_on"].initial = timezone.localdate()


def _shown(award: Any) -> str:
    return f"{award.programme.year_label}　交付決定 {award.decision.document_number}"


class ExtendForm(PortalForm):
    ends_on = JapaneseDateField(label="新しい最後の日")
    reason = ReasonField(label="延ばす理由", max_length=1000)


class EndForm(PortalForm):
    has_request_key = True

    reason = ReasonField(label="終える理由", max_length=1000)
