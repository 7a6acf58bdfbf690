"""A table that is typed into, drawn from a pattern: the template of its row is rendered once.

Sixty rows hold six hundred controls. What differs from row to row (place, values, marks of errors)
is filled into the holes of the pattern; everything a person typed is escaped on its way in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .rendering import control_classes

if TYPE_CHECKING:
    from .forms.rows import RowForm, RowFormSet, ShownRow

INDEX, NUMBER = "__prefix__", "__number__"
# Nobody can type it: it is taken out of everything that is posted.
_EDGE = "\x00"
_ROW_CLASS = "row_class"


class Hole(SafeString):
    """Where the pattern is filled: a control of the row, or a word that the row derives."""


def _hole(name: str) -> Hole:
    return Hole(f"{_EDGE}{name}{_EDGE}")


class _AnyRow:
    """What the row's template is given: its place as marks that every row replaces, the rest as holes."""

    def __init__(self, formset: RowFormSet) -> None:
        self._said: dict[str, str | bool] = {
            "has_beside": bool(formset.beside_label),
            "prefix": f"{formset.prefix}-{INDEX}",
            "number": NUMBER,
            "place": f"{formset.title} {NUMBER}行目".strip(),
        }

    def __getitem__(self, name: str) -> str | bool:
        return self._said[name] if name in self._said else _hole(name)


class RowPattern:
    """Made from a table and the template of its row; `rows()` and `blank()` are its HTML."""

    def __init__(self, formset: RowFormSet, template: str) -> None:
        self._formset = formset
        self._model: RowForm = formset.empty_form
        self._controls = {
            name: _control(formset, name, field) for name, field in self._model.fields.items()
        }
        parts = render_to_string(template, {"row": _AnyRow(formset)}).split(_EDGE)
        self._static, self._holes = parts[::2], parts[1::2]

    def rows(self) -> SafeString:
        return _markup("".join(self._drawn(row) for row in self._formset.shown_rows()))

    def blank(self) -> SafeString:
        """The row that a script copies, with the marks of its place still in it."""
        return _markup(self._drawn(self._formset.blank_row(self._model)))

    def _drawn(self, row: ShownRow) -> str:
        return "".join(self._pieces(row))

    def _pieces(self, row: ShownRow) -> Iterator[str]:
        index, number = row.index, row.number
        for part, hole in zip(self._static, [*self._holes, ""], strict=True):
            yield part.replace(INDEX, index).replace(NUMBER, number)
            control = self._controls.get(hole)
            if control is not None:
                yield control.draw(index, number, row.values.get(hole), hole in row.errors)
            elif hole == _ROW_CLASS:
                yield ' class="has-error"' if row.errors else ""
            elif hole:
                yield escape(row.derived.get(hole, ""))


def _markup(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  holes are escaped, the rest is a template


def _control(formset: RowFormSet, name: str, field: forms.Field) -> _Control:
    widget = field.widget
    if isinstance(widget, forms.Select):
        return _Select(formset, name, field)
    if isinstance(widget, forms.CheckboxInput):
        return _Checkbox(formset, name, field)
    return _Control(formset, name, field)


class _Control:
    """A box of one line, seen or hidden."""

    def __init__(self, formset: RowFormSet, name: str, field: forms.Field) -> None:
        widget = field.widget
        kind = getattr(widget, "input_type", "text")
        self._end = f"-{name}"
        self._start = f'type="{kind}" name="{formset.prefix}-'
        self._id = f'" id="id_{formset.prefix}-'
        self._is_hidden = bool(widget.is_hidden)
        attrs: Mapping[str, Any] = {**widget.attrs, "class": control_classes(widget)}
        self._fixed = "".join(
            f' {key}="{escape(str(value))}"'
            for key, value in attrs.items()
            if value is not False and value is not None
        )
        place = f"{escape(formset.title)} " if formset.title else ""
        self._named = f' aria-label="{place}', f'行目の{escape(str(field.label))}"'

    def draw(self, index: str, number: str, value: Any, is_wrong: bool) -> str:
        shown = "" if value in (None, "") else f'value="{escape(str(value))}"'
        return f"<input {self._attributes(index, number, is_wrong)} {shown}>"

    def _attributes(self, index: str, number: str, is_wrong: bool) -> str:
        here = f"{self._start}{index}{self._end}{self._id}{index}{self._end}"
        if self._is_hidden:
            return f'{here}"'
        before, after = self._named
        said = f'{here}"{self._fixed}{before}{number}{after}'
        if not is_wrong:
            return f'{said} aria-invalid="false"'
        place = self._id.partition("id_")[2]
        return f'{said} aria-invalid="true" aria-describedby="id_{place}{index}{self._end}-error"'


class _Checkbox(_Control):
    def draw(self, index: str, number: str, value: Any, is_wrong: bool) -> str:
        mark = " checked" if value else ""
        return f"<input {self._attributes(index, number, is_wrong)}{mark}>"


class _Select(_Control):
    """The options are put together once for each value that occurs."""

    def __init__(self, formset: RowFormSet, name: str, field: forms.Field) -> None:
        super().__init__(formset, name, field)
        self._start = f'name="{formset.prefix}-'
        self._choices = [(str(value), str(label)) for value, label in field.choices]
        self._known: dict[str, str] = {}

    def draw(self, index: str, number: str, value: Any, is_wrong: bool) -> str:
        chosen = "" if value is None else str(value)
        if chosen not in self._known:
            self._known[chosen] = "".join(
                f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>'
                f"{escape(label)}</option>"
                for key, label in self._choices
            )
        here = self._attributes(index, number, is_wrong)
        return f"<select {here}>{self._known[chosen]}</select>"
