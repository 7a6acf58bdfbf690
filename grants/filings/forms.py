from __future__ import annotations

from typing import Any

from django import forms

from portal.core.actor import Actor
from portal.ui.api import LongTextField, PortalForm

from .models import ReviewItem


class _ItemForm(PortalForm):
    def __init__(self, *args: Any, subject: ReviewItem, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class AnswerForm(_ItemForm):
    text = LongTextField(label="回答", max_length=2000, rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.subject.messages.filter(is_answer=True, published_at=None).first()
        if draft:
            self.fields["text"].initial = draft.text


class AskAgainForm(_ItemForm):
    text = LongTextField(label="再度照会する内容", max_length=2000, rows=4)


class RaiseForm(PortalForm):
    """A point pinned to an address of the sealed version."""

    address = forms.ChoiceField(label="場所")
    clause = forms.CharField(
        label="根拠", max_length=60, required=False, help_text="例：要領2(2)、交付要綱（対象経費）"
    )
    text = LongTextField(label="確認したいこと", max_length=2000, rows=4)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].choices = [("", "選んでください"), *places]
