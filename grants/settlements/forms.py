from __future__ import annotations

from typing import Any

from django import forms

from portal.ui.api import LongTextField, PortalForm, YenField

from .examining import ExaminedLine
from .states import Verdict


class JudgeForm(PortalForm):
    verdict = forms.ChoiceField(
        label="審査の結果", choices=Verdict.choices, widget=forms.RadioSelect
    )
    cut = YenField(label="減額する額", required=False, help_text="減額するときに入力します。")
    reason = LongTextField(
        label="理由",
        max_length=1000,
        rows=3,
        required=False,
        help_text="減額、保留のときに入力します。減額の理由は、額の確定通知書に載ります。",
    )
    clause = forms.CharField(
        label="減額の根拠",
        max_length=100,
        required=False,
        help_text="法令、要綱、要領、条件、契約のどれによるか。例：要領4(3)",
    )

    def __init__(self, *args: Any, line: ExaminedLine, **kwargs: Any) -> None:
        found = line.found
        first: dict[str, Any] = {"verdict": Verdict.ACCEPTED}
        if found is not None:
            first = {
                "verdict": found.verdict,
                "cut": found.cut or None,
                "reason": found.reason,
                "clause": found.clause,
            }
        super().__init__(*args, initial=first, **kwargs)
