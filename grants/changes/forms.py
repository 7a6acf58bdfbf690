from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from portal.core.money import format_yen
from portal.ui.api import JapaneseDateField, PortalForm, ReasonField, YenField

from .rules import MovableLine

# Far above any line, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class ReallocateForm(PortalForm):
    source = forms.TypedChoiceField(label="流用元の明細", coerce=UUID)
    target = forms.TypedChoiceField(label="流用先の明細", coerce=UUID)
    amount = YenField(label="流用する額", max_value=MAX_YEN)
    moved_on = JapaneseDateField(label="流用した日")
    reason = ReasonField(label="理由", max_length=1000)

    def __init__(self, *args: Any, lines: Sequence[MovableLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(line.uid), f"{line.label}（残り {format_yen(line.amount)}）") for line in lines
        ]
        for name in ("source", "target"):
            self.fields[name].choices = [("", "選んでください"), *choices]
        self.fields["moved_on"].initial = timezone.localdate()


class UndoForm(PortalForm):
    reason = ReasonField(label="取り消す理由", max_length=1000)
