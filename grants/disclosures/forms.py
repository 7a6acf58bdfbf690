from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from grants.awards.api import Award, NumberedForm
from portal.core.actor import Actor
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReasonField,
    UploadField,
)

from .grounds import ground_choices
from .models import DisclosureRequest
from .rules import Suspicion, folded
from .states import FileOutcome

SHOWN, LATER = "show", ""
_SHORTEST = 2


class _AwardField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Award) -> str:
        return f"{obj.grantee.name}　{obj.programme.year_label}"


class EnterForm(PortalForm):
    award = _AwardField(label="案件", queryset=Award.objects.none(), empty_label="選んでください")
    requester = forms.CharField(
        label="請求した人",
        max_length=200,
        help_text="担当者、決定権者、監査のほかには見えません。開示する文書にも、経過の記録にも残りません。",
    )
    asked_for = LongTextField(label="請求された文書", max_length=2000, rows=3)
    received_on = JapaneseDateField(
        label="請求を受けた日", help_text="補正を求めたときは、補正に要した日数を除いた日にします。"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awards = Award.objects.for_user(actor).select_related("grantee", "programme")
        self.fields["award"].queryset = awards.order_by(
            "-programme__fiscal_year", "grantee__prefecture_id"
        )
        self.fields["received_on"].latest = timezone.localdate()
        self.fields["received_on"].initial = timezone.localdate()


class PickForm(PortalForm):
    """A group of boxes for each filed version."""

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = set((self.initial or {}).get("chosen", ()))
        for n, (title, codes) in enumerate(choices):
            self.fields[f"version_{n}"] = forms.MultipleChoiceField(
                label=title,
                choices=codes,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[code for code, _ in codes if code in chosen],
            )

    @property
    def chosen(self) -> list[str]:
        named = (name for name in self.fields if name.startswith("version_"))
        return [code for name in named for code in self.cleaned_data[name]]


class WordsForm(PortalForm):
    """One ruling for each suspicion, and one more word that nobody suspected."""

    def __init__(self, *args: Any, found: Sequence[Suspicion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        hide = [(code, f"隠す：{label}") for code, label in ground_choices()]
        for n, one in enumerate(found):
            self.fields[f"word_{n}"] = forms.ChoiceField(
                label=f"{one.word}（{one.kind}と思われる語句）",
                choices=[(LATER, "まだ決めない"), (SHOWN, "開示する"), *hide],
                required=False,
            )
        self.fields["text"] = forms.CharField(
            label="ほかに隠す語句",
            max_length=200,
            required=False,
            help_text="2文字以上。全角と半角、空白の違いは区別しません。開示の対象のすべてで隠します。",
        )
        self.fields["ground"] = forms.ChoiceField(
            label="隠す根拠", choices=[("", "選んでください"), *ground_choices()], required=False
        )
        self.fields["note"] = forms.CharField(label="理由", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("text"):
            if len(folded(values["text"])) < _SHORTEST:
                self.add_error("text", "2文字以上の語句を入力してください。")
            if not values.get("ground"):
                self.add_error("ground", "隠す根拠を選んでください。")
        return values

    @property
    def rulings(self) -> list[dict[str, str]]:
        values = self.cleaned_data
        made = [
            {"text": one.word, "ground": "" if value == SHOWN else value, "note": one.kind}
            for n, one in enumerate(self.found)
            if (value := values.get(f"word_{n}"))
        ]
        if values.get("text"):
            made.append({name: values[name] for name in ("text", "ground", "note")})
        return made


class FileForm(PortalForm):
    """What becomes of one file; a part is given as a copy in which the rest is covered."""

    outcome = forms.ChoiceField(label="扱い", choices=FileOutcome.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label="開示しない根拠", required=False)
    note = forms.CharField(
        label="理由", max_length=200, required=False, help_text="一覧に載り、請求した人に渡ります。"
    )
    file = UploadField(
        label="覆った写し",
        extensions=EXTENSIONS,
        required=False,
        help_text="一部を開示するときに追加します。隠す部分の文字が、ファイルの中に残っていないことを確かめてください。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", "選んでください"), *ground_choices()]


class ReasonForm(PortalForm):
    reason = ReasonField(label="理由")

    def __init__(self, *args: Any, subject: DisclosureRequest, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class DiscloseForm(NumberedForm):
    confirmed = forms.BooleanField(
        label="開示する文章とファイル、開示しない部分の根拠を確かめました。"
    )


class RefuseForm(NumberedForm):
    reason = ReasonField(label="不開示の理由", max_length=2000)
