"""What looks like a person in free text is asked about before it is kept."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.core.personal import Personal, find_personal
from portal.ui.api import PortalForm

from ..matching import split_words

_FREE_TEXT = frozenset(
    "name existing_body secretariat field note title proposed_by agreement problem problems practice"
    " purpose owner_name venue reason".split()
)


class WordsField(forms.CharField):
    """Several words on lines or parted by 、, as a list."""

    widget = forms.Textarea

    def __init__(self, *, max_word: int, most: int, **kwargs: Any) -> None:
        self.max_word, self.most = max_word, most
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "cols": False}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return split_words(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(self.prepare_value(initial) or "") != self.to_python(data)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(f"{self.label}は、{self.most}個以内にしてください。")
        for word in value:
            if len(word) > self.max_word:
                raise forms.ValidationError(
                    f"「{word[:20]}…」は長すぎます。{self.max_word}字以内にしてください。"
                )


class QuestioningForm(PortalForm):
    """Case data has no place here: a name or a number is kept only after the writer looked at it.

    The whole post is searched, so a form asks for the rows below it too. `kept_numbers` is a field
    of the form only while there is something to ask.
    """

    has_request_key = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = self._found()
        if self.found:
            self.fields["kept_numbers"] = forms.MultipleChoiceField(
                label="残す言葉",
                choices=[(one.text, f"{one.text}は{_KINDS[one.kind][1]}") for one in self.found],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    # Fields of the form that the row keeps under another name.
    kept_as: dict[str, str] = {}

    @classmethod
    def stored(cls, name: str) -> str:
        return cls.kept_as.get(name, name)

    def _found(self) -> tuple[Personal, ...]:
        if not self.is_bound:
            return ()
        texts = (self.data[name] for name in self.data if name.rpartition("-")[2] in _FREE_TEXT)
        return tuple(dict.fromkeys(one for text in texts for one in find_personal(str(text))))

    def clean_kept_numbers(self) -> list[str]:
        kept: list[str] = self.cleaned_data["kept_numbers"]
        left = [one for one in self.found if one.text not in kept]
        if left:
            raise forms.ValidationError(
                f"{_said(left)}があります。個人のものなら消してください。"
                "団体の番号などで残すときは、印を付けてください。"
            )
        return kept


# What was found, by what it looks like, and why a writer may let it stay.
_KINDS = {
    "電話番号": ("電話番号のような数字", "団体の番号なので残す"),
    "メールアドレス": ("メールアドレス", "団体の連絡先なので残す"),
    "住所": ("住所のような言葉", "団体の所在地なので残す"),
    "氏名": ("個人を指すような言葉", "個人を指さないので残す"),
}


def _said(found: list[Personal]) -> str:
    by_kind = {
        label: [one.text for one in found if one.kind == kind]
        for kind, (label, _) in _KINDS.items()
    }
    return "と".join(f"{label}（{'、'.join(words)}）" for label, words in by_kind.items() if words)
