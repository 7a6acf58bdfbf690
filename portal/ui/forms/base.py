"""The base of every form: messages that name the field and say what to do (公用文作成の考え方)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.utils import ErrorDict

_CUT_OFF = dict.fromkeys(
    ("required", "invalid", "min_value"),
    "画面の情報が届きませんでした。ページを読み込み直してから、もう一度操作してください。",
)
_CHOICES = (forms.ChoiceField, forms.ModelChoiceField)


class PortalForm(forms.Form):
    """`place` stands before the name in messages («積算内訳 3行目»).

    With `version`, the row version that the person saw travels with the form and comes back as
    `seen_version`, so that the service can refuse what was overtaken (409). With `has_request_key`,
    a second click or a resent page carries the key of the first.
    """

    has_request_key = False
    # Rendered for people who cannot see the mark; the form tag says novalidate, so no bubbles.
    use_required_attribute = True
    anchor = ""

    def __init__(
        self, *args: Any, version: int | None = None, place: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        for name, field in self.fields.items():
            word_messages(field, self.call(name))
        if version is not None:
            self.fields["form_version"] = forms.IntegerField(
                initial=version, widget=forms.HiddenInput, min_value=0, error_messages=_CUT_OFF
            )
        if self.has_request_key:
            self.fields["request_key"] = forms.UUIDField(
                initial=uuid4, widget=forms.HiddenInput, error_messages=_CUT_OFF
            )

    def call(self, name: str) -> str:
        """How messages call the field."""
        label = self.fields[name].label or self[name].label
        return f"{self.place}の{label}" if self.place else str(label)

    @property
    def seen_version(self) -> int:
        """Raises KeyError on a form that is not valid or was made without `version`."""
        return int(self.cleaned_data["form_version"])

    @property
    def request_key(self) -> UUID:
        """Raises KeyError on a form that is not valid or has none."""
        key: UUID = self.cleaned_data["request_key"]
        return key

    def forget_errors(self) -> None:
        """Shows what was typed without judging it, as when a row is added to an unfinished page."""
        self.full_clean()
        self._errors = ErrorDict()


def word_messages(field: forms.Field, subject: str) -> None:
    """Puts the portal's words in place of Django's, unless the field was given its own."""
    if hasattr(field, "subject"):
        field.subject = subject
    field.error_messages.update(_messages(field, subject) | _own_messages(field))


def _own_messages(field: forms.Field) -> dict[str, Any]:
    """What the form's author wrote: every message that is not the field class's own."""
    defaults: dict[str, Any] = {}
    for parent in reversed(type(field).__mro__):
        defaults.update(getattr(parent, "default_error_messages", {}))
    return {
        code: message
        for code, message in field.error_messages.items()
        if defaults.get(code) is not message
    }


def _messages(field: forms.Field, subject: str) -> dict[str, str]:
    messages = {
        "required": required_message(field, subject),
        "invalid": f"{subject}を確かめて、入力し直してください。",
        "invalid_choice": f"{subject}は、一覧から選び直してください。",
        "max_length": f"{subject}は、%(limit_value)d字以内にしてください。いまは%(show_value)d字です。",
        "min_length": f"{subject}は、%(limit_value)d字以上にしてください。いまは%(show_value)d字です。",
        "max_value": f"{subject}は、%(limit_value)s以下で入力してください。",
        "min_value": f"{subject}は、%(limit_value)s以上で入力してください。",
        "null_characters_not_allowed": f"{subject}に、使えない文字が入っています。消してください。",
    }
    if isinstance(field, forms.EmailField):
        messages["invalid"] = f"{subject}は、name@example.lg.jp の形で入力してください。"
    elif isinstance(field, forms.IntegerField):
        messages["invalid"] = f"{subject}は、整数で入力してください。"
    elif isinstance(field, forms.FileField):
        messages["empty"] = f"{subject}の中身が空です。別のファイルを追加してください。"
        messages["max_length"] = f"{subject}のファイル名を短くしてください。"
    return messages


def required_message(field: forms.Field, subject: str) -> str:
    """What to do about an empty field."""
    if isinstance(field, forms.FileField):
        return f"{subject}のファイルを追加してください。"
    if isinstance(field, forms.BooleanField):
        return f"「{subject.rstrip('。')}」に印を付けてください。"
    if isinstance(field, _CHOICES):
        return f"{subject}を選んでください。"
    return f"{subject}を入力してください。"
