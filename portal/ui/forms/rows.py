"""A table of rows inside a form: each row keeps its uid; adding and deleting work without a script.

A press on `add_row` or `delete_row` posts the whole page, and nothing is stored: the view sees
`is_row_action` and renders the page again with what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm

from .base import PortalForm
from .quick import QuickRenderer

ADD, DELETE = "add_row", "delete_row"


class RowForm(PortalForm):
    """One row. `uid` is drawn when the row is first shown and never changes."""

    use_required_attribute = False
    default_renderer = QuickRenderer
    # As people count and as the table prints it; 0 for the empty row that a script copies.
    number = 0
    uid = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def has_changed(self) -> bool:
        """A row of which only the uid was sent is an empty row."""
        return any(name not in ("uid", "DELETE") for name in self.changed_data)

    @property
    def is_deleted(self) -> bool:
        return bool(self.is_bound and self.data.get(self.add_prefix("DELETE")))


if TYPE_CHECKING:
    _Rows = BaseFormSet[RowForm]
else:
    _Rows = BaseFormSet


class RowFormSet(_Rows):
    """`title` names the table in messages; `least` is how many filled rows it needs."""

    title = ""
    least = 0

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
        form: RowForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # no stub
        form.empty_permitted = True
        form.number = self._number(i)
        return form

    def _number(self, index: int) -> int:
        """Deleted rows are not counted, because they are not shown."""
        if not self.is_bound:
            return index + 1
        return index + 1 - sum(self._is_deleted(earlier) for earlier in range(index))

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
        """True when a row was added or deleted: show the page again, store nothing."""
        return self.is_bound and (
            self._is_pressed(ADD)
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

    @property
    def deleted_rows(self) -> list[RowForm]:
        """Carried along unseen, so that they are still deleted when the page is sent at last."""
        return [form for form in self.forms if form.is_deleted]

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

    def _is_pressed(self, button: str) -> bool:
        value = self.data.get(button)
        return value is not None and value in ("", self.prefix)


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
