"""What the component templates are given: plain values, worked out before any HTML.

One field is one FieldView, whatever its widget; the ids of its help, count, note and error are
decided here alone, so that aria-describedby can never point to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from .forms.base import PortalForm, required_message

_MOST_IN_A_ROW, _LONG_LABEL = 6, 16
_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True, slots=True)
class Counter:
    limit: int
    used: int

    @property
    def is_over(self) -> bool:
        return self.used > self.limit


@dataclass(frozen=True, slots=True)
class FieldView:
    """`kind` names the template: control, group, check or file."""

    kind: str
    id: str
    label: str
    control: SafeString
    choices: tuple[Any, ...]
    is_column: bool
    is_required: bool
    help: str
    errors: tuple[str, ...]
    notes: tuple[str, ...]
    unit: str
    counter: Counter | None
    described_by: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of an error summary; `target` is the id of what takes the focus, or nothing."""

    target: str
    text: str


def view_field(bound: BoundField, label: str = "", help_text: str | None = None) -> FieldView:
    """`label` and `help_text` replace what a library's form brings along."""
    kind = _kind(bound.field.widget)
    counter = _counter(bound)
    notes = _notes(bound)
    said = str(bound.help_text) if help_text is None else help_text
    described_by = " ".join(_describers(bound, bool(said), bool(counter), bool(notes)))
    return FieldView(
        kind=kind,
        id=bound.auto_id or bound.html_name,
        label=label or str(bound.label),
        control=SafeString("") if kind == "group" else _control(bound, described_by),
        choices=_choices(bound) if kind == "group" else (),
        is_column=_is_column(bound),
        is_required=bound.field.required or getattr(bound.field, "is_needed", False),
        help=said,
        errors=errors_of(bound),
        notes=notes,
        unit=getattr(bound.field, "unit", ""),
        counter=counter,
        described_by=described_by,
    )


def view_cell(bound: BoundField, label: str) -> SafeString:
    """The control alone, for a table cell: named by `label`, its error written below the table."""
    described_by = f"{bound.auto_id}-error" if bound.errors else ""
    return _control(bound, described_by, label=label)


def focus_target(bound: BoundField) -> str:
    """The id of the control that a summary's link leads to: the first choice of a group."""
    if bound.is_hidden:
        return ""
    if isinstance(bound.field.widget, _GROUPS):
        return f"{bound.auto_id}_0"
    return bound.auto_id or bound.html_name


def problems_of(sources: Iterable[BaseForm | BaseFormSet[Any] | None]) -> tuple[Problem, ...]:
    """All problems of forms and tables of rows, in the order in which the page shows them."""
    return tuple(problem for source in sources if source for problem in _problems(source))


def row_problems(formset: BaseFormSet[Any]) -> tuple[Problem, ...]:
    """The problems of cells, with the id under which they are written below the table."""
    if not formset.is_bound:
        return ()
    return tuple(
        Problem(f"{bound.auto_id}-error", error)
        for form in getattr(formset, "rows", formset.forms)
        for bound in form.visible_fields()
        for error in errors_of(bound)
    )


def errors_of(bound: BoundField) -> tuple[str, ...]:
    """The messages of a field; a library's «this field is required» names the field instead."""
    if isinstance(bound.form, PortalForm):
        return tuple(str(error) for error in bound.errors)
    return tuple(
        required_message(bound.field, str(bound.label)) if error.code == "required" else text
        for error in bound.errors.as_data()
        for text in error.messages
    )


def _problems(source: BaseForm | BaseFormSet[Any]) -> Iterator[Problem]:
    if isinstance(source, BaseFormSet):
        if source.is_bound:
            yield from (Problem("", str(error)) for error in source.non_form_errors())
            for form in getattr(source, "rows", source.forms):
                yield from _problems(form)
        return
    anchor = getattr(source, "anchor", "")
    yield from (Problem(anchor, str(error)) for error in source.non_field_errors())
    for name in source.fields:
        bound = source[name]
        yield from (Problem(focus_target(bound), error) for error in errors_of(bound))


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, _GROUPS):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "control"


def _describers(
    bound: BoundField, has_help: bool, has_counter: bool, has_notes: bool
) -> Iterator[str]:
    parts = {
        "help": has_help,
        "count": has_counter,
        "note": has_notes,
        "error": bool(bound.errors),
    }
    base = bound.auto_id or bound.html_name
    yield from (f"{base}-{part}" for part, is_there in parts.items() if is_there)


def _control(bound: BoundField, described_by: str, label: str = "") -> SafeString:
    widget = bound.field.widget
    attrs: dict[str, Any] = {
        "class": control_classes(widget),
        # Placeholders vanish when they are needed; what libraries bring along is taken away.
        "placeholder": False,
        # Without it, required and still empty is announced as an error before anything was done.
        "aria-invalid": "true" if bound.errors else "false",
    }
    if widget.attrs.get("autocomplete") == "one-time-code":
        attrs |= {"class": "input code-input", "inputmode": "numeric", "spellcheck": "false"}
    if described_by:
        attrs["aria-describedby"] = described_by
    if label:
        attrs["aria-label"] = label
    return bound.as_widget(attrs=attrs)


def _choices(bound: BoundField) -> tuple[Any, ...]:
    """Without aria-invalid, which a single radio button cannot carry: the fieldset says it."""
    for choice in bound.subwidgets:
        choice.data["attrs"].pop("aria-invalid", None)
    return tuple(bound.subwidgets)


def _is_column(bound: BoundField) -> bool:
    """Many or long choices stand below each other."""
    labels = [str(label) for _, label in getattr(bound.field, "choices", ())]
    return len(labels) > _MOST_IN_A_ROW or any(len(label) > _LONG_LABEL for label in labels)


def control_classes(widget: forms.Widget) -> str | bool:
    own = widget.attrs.get("class", "")
    if isinstance(widget, forms.CheckboxInput | forms.FileInput):
        return own or False
    if isinstance(widget, forms.Textarea):
        base = "textarea"
    else:
        base = "select" if isinstance(widget, forms.Select) else "input"
    return f"{base} {own}".strip()


def _counter(bound: BoundField) -> Counter | None:
    limit = getattr(bound.field, "counts_to", None)
    if limit is None:
        return None
    return Counter(limit, len(str(bound.value() or "").replace("\r\n", "\n")))


def _notes(bound: BoundField) -> tuple[str, ...]:
    read_notes = getattr(bound.field, "notes_for", None)
    if read_notes is None or not bound.form.is_bound or bound.errors:
        return ()
    return tuple(read_notes(bound.data))
