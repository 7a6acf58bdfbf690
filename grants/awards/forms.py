from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.ui.api import DocumentNumberField, JapaneseDateField, LongTextField, PortalForm

from .numbering import NumbersWrong, count_on, read_list
from .services import used_numbers

LIST, FIRST, COUNTED = "list", "first", "counted"


class NumberedForm(PortalForm):
    """One paper's number and days. The number is typed from the office's own register unless the
    office lets the portal count."""

    document_number = DocumentNumberField(label="文書番号")
    decided_on = JapaneseDateField(label="決裁日")
    issued_on = JapaneseDateField(label="施行日")

    def __init__(self, *args: Any, subject: Any, actor: Actor, **kwargs: Any) -> None:
        self.subject, self.actor = subject, actor
        super().__init__(*args, **kwargs)
        office = Organisation.objects.get(pk=self.actor.organisation_id)
        if office.counts_numbers:
            self.fields["document_number"].required = False
            self.fields["document_number"].help_text = "空欄のままにすると、次の番号を採番します。"
        today = timezone.localdate()
        self.fields["decided_on"].initial = today
        self.fields["issued_on"].initial = today

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        decided, issued = values.get("decided_on"), values.get("issued_on")
        if decided and issued and issued < decided:
            self.add_error("issued_on", "施行日は、決裁日以後の日付にしてください。")
        return values


class NumbersForm(PortalForm):
    """Numbers and days for many acts at once; `numbers` after is_valid(), None where the portal counts."""

    numbering = forms.ChoiceField(label="文書番号の付け方", widget=forms.RadioSelect)
    first_number = DocumentNumberField(
        label="最初の番号",
        required=False,
        help_text="例：府孤推第101号。表の順に1つずつ増やします。",
    )
    number_list = LongTextField(
        label="番号の一覧",
        max_length=10_000,
        rows=6,
        required=False,
        counter=False,
        help_text="1行に1団体。表の順に貼り付けます。行の初めに都道府県名があってもかまいません。",
    )
    issued_on = JapaneseDateField(label="施行日")

    def __init__(
        self, *args: Any, office: Organisation, names: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.office, self.names = office, names
        self.numbers: list[DocumentNumber | None] = []
        choices = [(LIST, "番号の一覧を貼り付ける"), (FIRST, "最初の番号から続ける")]
        if office.counts_numbers:
            choices.append((COUNTED, "ポータルで採番する"))
        self.fields["numbering"].choices = choices
        self.fields["numbering"].initial = choices[-1][0]
        self.fields["issued_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        way, on = values.get("numbering"), values.get("issued_on")
        if way is None or on is None:
            return values
        try:
            self.numbers = self._read(way, values)
        except NumbersWrong as wrong:
            self.add_error("first_number" if way == FIRST else "number_list", wrong.problems)
            return values
        for shown in used_numbers(self.office, on, [n for n in self.numbers if n is not None]):
            self.add_error(
                "first_number" if way == FIRST else "number_list",
                f"文書番号「{shown}」は、この年度にもう使われています。番号を確認してください。",
            )
        return values

    def _read(self, way: str, values: dict[str, Any]) -> list[DocumentNumber | None]:
        if way == COUNTED:
            return [None] * len(self.names)
        if way == LIST:
            return list(read_list(values.get("number_list") or "", self.names))
        if values.get("first_number") is None:
            raise NumbersWrong(["最初の番号を入力してください。"])
        return list(count_on(values["first_number"], len(self.names)))
