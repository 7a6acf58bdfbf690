"""A table of rows inside a form: each row keeps its uid; adding and deleting work without a script.

A press on `add_row`, `delete_row` or `move_row` posts the whole page, and nothing is stored: the
view sees `is_row_action` and renders the page again with what was typed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from .base import PortalForm
from .quick import QuickRenderer

ADD, DELETE, MOVE = "add_row", "delete_row", "move_row"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as a table draws it: values as they stand in the boxes, and what derives from them."""

    index: str
    number: str
    values: Mapping[str, Any]
    errors: Collection[str] = ()
    derived: Mapping[str, str] = field(default_factory=dict)


class _RowFields(dict[str, forms.Field]):
    """Fields of a row like another of the same table: what a message says is the row's own, boxes
    and choices are the table's. Django would copy all of it for each of 200 rows."""

    def __init__(self, like: RowForm) -> None:
        self.declared = type(like).base_fields
        super().__init__((name, like.fields[name]) for name in self.declared)

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return {name: self._of_a_row(name, field) for name, field in self.items()}

    def _of_a_row(self, name: str, field: forms.Field) -> forms.Field:
        """The other row's messages name its place; those that were declared name none."""
        messages = dict(self.declared[name].error_messages)
        own = object.__new__(type(field))
        own.__dict__ = {**field.__dict__, "error_messages": messages}
        return own


class RowForm(PortalForm):
    """One row. `uid` is drawn when the row is first shown and never changes."""

    use_required_attribute = False
    default_renderer = QuickRenderer
    # As people count and as the table prints it; 0 for the empty row that a script copies.
    number = 0
    uid = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, like: RowForm | None = None, **kwargs: Any) -> None:
        if like is not None:
            self.base_fields = _RowFields(like)
        super().__init__(*args, **kwargs)

    def has_changed(self) -> bool:
        """A row of which only the uid was sent is an empty row."""
        return any(name not in ("uid", "DELETE") for name in self.changed_data)

    @property
    def is_deleted(self) -> bool:
        return bool(self.is_bound and self.data.get(self.add_prefix("DELETE")))

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """Words that a row shows beside its boxes, from the values that could be read."""
        return {}


if TYPE_CHECKING:
    _Rows = BaseFormSet[RowForm]
else:
    _Rows = BaseFormSet


class RowFormSet(_Rows):
    """`title` names the table in messages; `least` is how many filled rows it needs."""

    title = ""
    least = 0
    # uid of a row → words that stand beside it, such as last year's amount; the head of that column.
    beside: Mapping[str, Mapping[str, str]] = {}
    beside_label = ""
    _first: RowForm | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._move_rows()

    def __getitem__(self, index: int) -> RowForm:
        """By place alone: a template that asks for a name must not make every row's form for it."""
        if not isinstance(index, int):
            raise KeyError(index)
        return self.forms[index]

    def total_form_count(self) -> int:
        count = super().total_form_count()
        if self.is_bound and self._is_pressed(ADD):
            return min(count + 1, self.absolute_max)
        return count

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        number = "__number__" if index is None else str(self._number(index))
        return kwargs | {"place": f"{self.title} {number}行目".strip()}

    def _construct_form(self, i: int, **kwargs: Any) -> RowForm:
        form: RowForm = super()._construct_form(i, like=self._first, **kwargs)  # no stub
        self._first = self._first or form
        form.empty_permitted = True
        form.number = self._number(i)
        return form

    def _number(self, index: int) -> int:
        """Deleted rows are not counted, because they are not shown."""
        if not self.is_bound:
            return index + 1
        return index + 1 - bisect_left(self._deleted, index)

    @cached_property
    def _deleted(self) -> list[int]:
        """Places of the deleted rows, in order; counted once, not once for each row."""
        return [n for n in range(self.total_form_count()) if self._is_deleted(n)]

    def _is_deleted(self, index: int) -> bool:
        prefix = self.add_prefix(index)
        return bool(self.data.get(f"{prefix}-DELETE")) or self.data.get(DELETE) == prefix

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """The press on a row's own delete button counts as its mark."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "この行を削除する"
        if self.is_bound and self.data.get(DELETE) == form.prefix:
            data = cast(Any, self.data).copy()
            data[form.add_prefix("DELETE")] = "on"
            form.data = data

    @property
    def is_row_action(self) -> bool:
        """True when a row was added, deleted or moved: show the page again, store nothing."""
        return self.is_bound and (
            self._is_pressed(ADD)
            or self._moved() is not None
            or any(self.data.get(DELETE) == form.prefix for form in self.forms)
        )

    def forget_errors(self) -> None:
        """After a row action: what was typed, without judging it."""
        self.full_clean()
        self._errors: list[Any] = [{} for _ in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form.forget_errors()

    @property
    def counts(self) -> ManagementForm:
        """The hidden counts as they are after a row was added, not as they were posted."""
        counted = {
            TOTAL_FORM_COUNT: self.total_form_count(),
            INITIAL_FORM_COUNT: self.initial_form_count(),
        }
        return ManagementForm(auto_id=self.auto_id, prefix=self.prefix, initial=counted)

    @property
    def rows(self) -> list[RowForm]:
        """The rows to show."""
        return [form for form in self.forms if not form.is_deleted]

    def shown_rows(self) -> Iterator[ShownRow]:
        """The rows to show as plain values; a page that only shows makes no form for each."""
        if self.is_bound:
            yield from (self._typed_row(form) for form in self.rows)
            return
        model = self.empty_form
        for index in range(self.total_form_count()):
            stored = self.initial[index] if self.initial and index < len(self.initial) else {}
            yield self._stored_row(model, stored, str(index), str(index + 1))

    def blank_row(self, model: RowForm) -> ShownRow:
        """The empty row that a script copies; its uid is drawn by the script."""
        return self._stored_row(model, {"uid": ""}, "__prefix__", "__number__")

    def _stored_row(
        self, model: RowForm, stored: Mapping[str, Any], index: str, number: str
    ) -> ShownRow:
        values = {}
        for name, one in model.fields.items():
            value = stored.get(name, one.initial)
            values[name] = one.prepare_value(value() if callable(value) else value)
        return ShownRow(index, number, values, (), self._derived(stored))

    def _typed_row(self, form: RowForm) -> ShownRow:
        values = {
            name: one.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
            for name, one in form.fields.items()
        }
        values["uid"] = values.get("uid") or form["uid"].value() or uuid4()
        index = str(form.prefix).rpartition("-")[2]
        read = getattr(form, "cleaned_data", {})
        return ShownRow(index, str(form.number), values, form.errors.keys(), self._derived(read))

    def _derived(self, values: Mapping[str, Any]) -> dict[str, str]:
        words = self.form.derive(values)
        return {**words, **self.beside.get(str(values.get("uid") or ""), {})}

    @property
    def readable(self) -> list[Mapping[str, Any]]:
        """Values of the shown rows as far as they can be read: stored ones, or typed ones."""
        if not self.is_bound:
            return list(self.initial or ())
        self.is_valid()
        return [form.cleaned_data for form in self.rows]

    @property
    def deleted_rows(self) -> list[RowForm]:
        """Carried along unseen, so that they are still deleted when the page is sent at last."""
        return [form for form in self.forms if form.is_deleted] if self.is_bound else []

    @property
    def filled(self) -> list[dict[str, Any]]:
        """What was typed in rows that are neither empty nor deleted; only after is_valid()."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.rows
            if form.has_changed() or form.initial
        ]

    @property
    def deleted_uids(self) -> list[UUID]:
        """Of rows that had been stored or shown before; their other fields are not looked at."""
        return [
            form.cleaned_data["uid"]
            for form in self.deleted_rows
            if not form["uid"].errors and form.cleaned_data.get("uid")
        ]

    def clean(self) -> None:
        super().clean()
        if not any(self.errors) and len(self.filled) < self.least:
            what = self.title or "行"
            raise forms.ValidationError(
                f"{what}を{self.least}行以上入力してください。", code="too_few_rows"
            )

    def _moved(self) -> tuple[int, str] | None:
        """Which row is to go "up" or "down", where one of this table's buttons was pressed."""
        row, _, way = str(self.data.get(MOVE) or "").partition(":")
        prefix, _, index = row.rpartition("-")
        if prefix != self.prefix or way not in ("up", "down") or not index.isdecimal():
            return None
        return int(index), way

    def _move_rows(self) -> None:
        """Exchanges the row with its shown neighbour: places keep their names, values travel."""
        moved = self._moved()
        if moved is None:
            return
        shown = [n for n in range(self.total_form_count()) if not self._is_deleted(n)]
        if moved[0] not in shown:
            return
        at = shown.index(moved[0])
        other = at + (1 if moved[1] == "down" else -1)
        if 0 <= other < len(shown):
            self.data = _exchanged(self.data, *(self.add_prefix(shown[n]) for n in (at, other)))

    def _is_pressed(self, button: str) -> bool:
        value = self.data.get(button)
        return value is not None and value in ("", self.prefix)


def _exchanged(data: Mapping[str, Any], one: str, other: str) -> MultiValueDict[str, Any]:
    """What was posted, with everything under one prefix and the other exchanged."""
    lists = (
        data.lists() if isinstance(data, MultiValueDict) else ((k, [v]) for k, v in data.items())
    )
    swapped: MultiValueDict[str, Any] = MultiValueDict()
    for name, values in lists:
        place = name
        if name.startswith(f"{one}-"):
            place = f"{other}-{name.removeprefix(f'{one}-')}"
        elif name.startswith(f"{other}-"):
            place = f"{one}-{name.removeprefix(f'{other}-')}"
        swapped.setlist(place, list(values))
    return swapped


def row_formset(
    form: type[RowForm], *, title: str, extra: int = 1, least: int = 0, most: int = 200
) -> type[RowFormSet]:
    """A table of `form`; `most` rows are taken at all. The button says name="add_row"."""
    made = cast(
        type[RowFormSet],
        formset_factory(
            form,
            formset=RowFormSet,
            extra=extra,
            can_delete=True,
            max_num=most,
            absolute_max=most,
            validate_max=True,
        ),
    )
    made.title, made.least = title, least
    return made
