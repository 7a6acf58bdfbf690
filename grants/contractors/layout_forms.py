"""What a prefecture states of a paper's layout."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField

from portal.ui.api import LongTextField, PortalForm, QuantityField, word_messages

from .layouts import MOST_BOXES, Layout, Paper, against_parts

_LONGEST_BOX = 10


class LayoutForm(PortalForm):
    """The parts are put in order by numbers; one without a number is not printed."""

    title = forms.CharField(label="書類の名称", max_length=60, required=False)
    form_number = forms.CharField(
        label="様式の番号", max_length=40, required=False, help_text="例：様式第5号（第8条関係）"
    )
    addressee = forms.CharField(label="宛名", max_length=100, required=False)
    boxes = LongTextField(
        label="承認欄",
        max_length=100,
        rows=3,
        counter=False,
        required=False,
        help_text=f"1行に1つ、{MOST_BOXES}つまで。例：課長、係長、担当",
    )
    footnote = LongTextField(label="末尾の注記", max_length=500, rows=3, required=False)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        self.fields["title"].help_text = f"空欄のときは「{paper.title}」です。"
        self.fields["addressee"].help_text = (
            "空欄のときは、都道府県の知事あてです。"
            if paper.is_addressed
            else "空欄のときは、載せません。"
        )
        for part in paper.parts:
            box = QuantityField(
                label=f"「{part.label}」の順番", required=False, min_value=1, max_value=99
            )
            word_messages(box, str(box.label))
            self.fields[f"part_{part.key}"] = box

    @classmethod
    def of(cls, paper: Paper, layout: Layout, data: Any = None) -> LayoutForm:
        shown = layout.parts or paper.standard
        initial: dict[str, Any] = {
            "title": layout.title,
            "form_number": layout.form_number,
            "addressee": layout.addressee,
            "boxes": "\n".join(layout.boxes),
            "footnote": layout.footnote,
        }
        initial |= {f"part_{key}": number for number, key in enumerate(shown, start=1)}
        return cls(data, paper=paper, initial=initial, version=layout.version)

    @classmethod
    def copied(cls, paper: Paper, before: Layout) -> LayoutForm:
        """Begins with what held the year before; nothing of this year is stated yet."""
        return cls.of(paper, replace(before, version=0))

    @property
    def plain_fields(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields]

    @property
    def part_rows(self) -> list[tuple[Any, BoundField]]:
        return [(part, self[f"part_{part.key}"]) for part in self.paper.parts]

    def clean_boxes(self) -> tuple[str, ...]:
        boxes = tuple(line.strip() for line in self.cleaned_data["boxes"].splitlines())
        boxes = tuple(box for box in boxes if box)
        if len(boxes) > MOST_BOXES:
            raise forms.ValidationError(f"承認欄は、{MOST_BOXES}つまでにしてください。")
        if any(len(box) > _LONGEST_BOX for box in boxes):
            raise forms.ValidationError(f"承認欄は、1つを{_LONGEST_BOX}字以内にしてください。")
        return boxes

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        order = {
            part.key: number
            for part in self.paper.parts
            if (number := values.get(f"part_{part.key}")) is not None
        }
        # Equal numbers keep the standard's order.
        values["parts"] = tuple(sorted(order, key=lambda key: order[key]))
        if not self.errors:
            for reason in against_parts(self.paper, values["parts"]):
                self.add_error(None, reason)
        return values

    @property
    def layout(self) -> Layout:
        typed = self.cleaned_data
        return Layout(
            typed["addressee"],
            typed["title"],
            typed["form_number"],
            typed["parts"],
            typed["boxes"],
            typed["footnote"],
        )
