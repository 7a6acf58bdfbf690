"""Free texts about what was done: what looks like a person is asked about before it is kept.

A field says that it is searched by its class; a form that has such fields is a SearchingForm. The
words are those of a file whose cells are searched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from portal.core.personal import Question, questions_about

from .base import PortalForm
from .fields import LongTextField, ReasonField


class Searched:
    """Mixed into a field of text."""

    is_searched = True


class SearchedLineField(Searched, forms.CharField):
    """One line, such as where it was."""


class SearchedTextField(Searched, LongTextField):
    """Sentences."""


class SearchedReasonField(Searched, ReasonField):
    """The reason of an act."""


class SearchingForm(PortalForm):
    """`kept_words` is a field of the form only while there is something to ask."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {
            one.text: question.tick for _, question in self._questions() for one in question.found
        }
        if found:
            self.fields["kept_words"] = forms.MultipleChoiceField(
                label="確かめた言葉",
                choices=[(text, f"「{text}」は、{tick}") for text, tick in found.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        kept = set(values.get("kept_words") or ())
        for name, question in self._questions():
            if any(one.text not in kept for one in question.found):
                self.add_error(name, f"{self.call(name)}：{question.reason}{question.fix}")
        return values

    def _questions(self) -> Iterator[tuple[str, Question]]:
        """Of what was typed, by the name of the field."""
        if not self.is_bound:
            return
        for name, field in self.fields.items():
            if getattr(field, "is_searched", False):
                text = field.widget.value_from_datadict(
                    self.data, self.files, self.add_prefix(name)
                )
                for question in questions_about((text or "").strip()):
                    yield name, question
