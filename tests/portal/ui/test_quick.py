"""The quick controls say exactly what Django's templates say."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html

from portal.ui.forms.quick import QuickRenderer

NASTY = "\"><script>alert(1)</script>'&"


class Row(forms.Form):
    text = forms.CharField(widget=forms.TextInput(attrs={"class": "input", "data-x": NASTY}))
    number = forms.IntegerField()
    secret = forms.CharField(widget=forms.HiddenInput)
    mark = forms.BooleanField()
    choice = forms.ChoiceField(choices=[("", "―"), ("a", "あ"), (NASTY, NASTY)])


@pytest.mark.parametrize("name", list(Row.base_fields))
@pytest.mark.parametrize("value", ["", "a", "12", NASTY, "𠮷"])
@pytest.mark.parametrize("is_bound", [True, False])
def test_the_same_html(name: str, value: str, is_bound: bool) -> None:
    quick, slow = (
        Row({name: value} if is_bound else None, initial={name: value}, renderer=renderer)
        for renderer in (QuickRenderer(), TemplatesSetting())
    )
    assert parse_html(quick[name].as_widget()) == parse_html(slow[name].as_widget())
    assert "<script>" not in quick[name].as_widget()
