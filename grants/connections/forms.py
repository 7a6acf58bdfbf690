from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from grants.contractors.api import Contract
from portal.access.api import Role
from portal.core.dates import read_date
from portal.ui.api import PortalForm, ReadingField

from .rules import expiry_problem
from .services import people_for_keys
from .states import Scope

_USUAL = timedelta(days=90)


class KeyForm(PortalForm):
    label = forms.CharField(
        label="キーの名前",
        max_length=60,
        help_text="どのシステムで使うか分かる名前。例：会員管理システム",
    )
    person = forms.ChoiceField(
        label="入力する人",
        help_text="このキーで送った実績は、この人が入力したものとして記録します。",
    )
    scopes = forms.MultipleChoiceField(
        label="できること", choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = ReadingField(
        label="有効期限", reader=read_date, help_text="365日まで。この日の終わりまで使えます。"
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {
            f"{user.pk}:{role}": (user, role) for user, role in people_for_keys(contract)
        }
        self.fields["person"].choices = [
            (number, f"{user.name}（{Role(role).label}）")
            for number, (user, role) in self.people.items()
        ]
        self.fields["scopes"].initial = list(Scope.values)
        usual = timezone.localdate() + _USUAL
        self.fields["expires_on"].initial = f"{usual.year}年{usual.month}月{usual.day}日"

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        problem = expiry_problem(day, timezone.localdate())
        if problem:
            raise forms.ValidationError(problem)
        return day
