from __future__ import annotations

from django import forms

from grants.changes.api import IncidentKind
from grants.kinds.application.forms import TransitionForm
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    SearchedTextField,
    SearchingForm,
    YenField,
)

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class IncidentForm(SearchingForm):
    """Everything may stay empty until it is filed; the checklist says what is missing."""

    what = forms.ChoiceField(
        label="事故・遅延の別",
        choices=IncidentKind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    happened_on = JapaneseDateField(label="発生した日", required=False)
    cause = SearchedTextField(
        label="原因と内容",
        max_length=2000,
        rows=5,
        required=False,
        help_text="個人が分かることは書かないでください。",
    )
    progress = SearchedTextField(label="進捗の状況", max_length=2000, rows=4, required=False)
    measures = SearchedTextField(
        label="とった措置と今後の見通し", max_length=2000, rows=5, required=False
    )
    spent = YenField(
        label="支出済額",
        max_value=MAX_YEN,
        required=False,
        help_text="委託先への支払は、契約の記録から写しています。県が直接支払った額を加えてください。",
    )
    completes_on = JapaneseDateField(
        label="完了の見込みの日", required=False, help_text="遅延のときに入力します。"
    )


class InstructionForm(TransitionForm):
    instruction = LongTextField(
        label="指示",
        max_length=2000,
        rows=6,
        help_text="都道府県が次に行うこと。計画の変更、中止・廃止の申請が要るときは、そう書きます。",
    )
