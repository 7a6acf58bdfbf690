from __future__ import annotations

from typing import Any

from django import forms

from portal.ui.api import LongTextField, PortalForm, QuantityField, YenField

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
        help_text="減額、保留、抽出のときに入力します。減額の理由は、額の確定通知書に載ります。",
    )
    clause = forms.CharField(
        label="減額の根拠",
        max_length=100,
        required=False,
        help_text="法令、要綱、要領、条件、契約のどれによるか。例：要領4(3)",
    )

    looked_at = LongTextField(
        label="確かめたもの",
        max_length=1000,
        rows=2,
        required=False,
        help_text="例：領収書の原本、振込の控え、納品された冊子",
    )
    outcome = LongTextField(label="確かめた結果", max_length=1000, rows=2, required=False)

    def __init__(self, *args: Any, line: ExaminedLine, **kwargs: Any) -> None:
        found, sample = line.found, line.sample
        first: dict[str, Any] = {"verdict": Verdict.ACCEPTED}
        if found is not None:
            first = {
                "verdict": found.verdict,
                "cut": found.cut or None,
                "reason": found.reason,
                "clause": found.clause,
            }
        if sample is not None:
            first |= {"looked_at": sample.looked_at, "outcome": sample.outcome}
        super().__init__(*args, initial=first, **kwargs)
        if sample is None:
            del self.fields["looked_at"], self.fields["outcome"]
        else:
            self.fields["verdict"].choices = [
                one for one in Verdict.choices if one[0] != Verdict.SAMPLED
            ]


class DrawForm(PortalForm):
    count = QuantityField(label="抽出する件数", places=0, max_value=999)

    def clean_count(self) -> int:
        return int(self.cleaned_data["count"])
