"""One editor a section: the forms it shows, and how what was typed becomes rows.

A cell that cannot be read stores nothing in its column; the text as typed is kept beside it
(`Section.raw`) and shown again with the reason.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone

from grants.programmes.api import Terms
from platforms.api import Platform
from portal.core.money import format_number
from portal.ui.api import RowFormSet

from .forms import (
    LINE_TEXTS,
    ActivityForm,
    BasicsForm,
    BudgetMeasureForm,
    DraftForm,
    IncomeRows,
    IndicatorRows,
    LineRows,
    PlatformPartForm,
    VisionForm,
    line_amount,
    shown_amount,
)
from .models import BudgetLine, Income, PlannedActivity, PlannedIndicator, PlanRevision, Section
from .states import Tax


class SectionEditor:
    """Built for showing (`data` None) or saving. `form` and the row sets are what a page draws."""

    template = "plans/section_form.html"
    title = ""
    clause = ""
    form: DraftForm | None = None
    form_class: type[DraftForm] | None = None
    indicators: RowFormSet | None = None
    lines: RowFormSet | None = None
    incomes: RowFormSet | None = None

    def __init__(
        self, revision: PlanRevision, section: Section, terms: Terms, data: QueryDict | None = None
    ) -> None:
        self.revision, self.section, self.terms = revision, section, terms
        self.data = data if data is not None else _typed(section)
        self.build()

    def build(self) -> None:
        """Makes the forms of the section; each section has its own."""
        raise NotImplementedError

    def stored(self, revision: PlanRevision) -> dict[str, Any]:
        """What a revision holds for the fields of this section; empty where it has no such part."""
        names = self.form_class.base_fields if self.form_class else ()
        return {name: getattr(revision, name) for name in names}

    @property
    def fields(self) -> list[tuple[Any, str | None]]:
        """Each field with the value of the year it was copied from; None where there is none."""
        if self.form is None:
            return []
        before = self.revision.based_on
        known = {} if before is None else self.stored(before)
        return [
            (bound, None if before is None else shown_value(bound.field, known.get(bound.name)))
            for bound in self.form.visible_fields()
        ]

    @property
    def unused(self) -> dict[str, str]:
        """What came, now or earlier, under names that the form no longer has."""
        typed = (*self.section.raw.items(), *(self.data.lists() if self.data is not None else ()))
        return {
            name: "、".join(values)
            for name, values in typed
            if any(values) and not self._knows(name)
        }

    def _knows(self, name: str) -> bool:
        if name in _PAGE_NAMES or (self.form is not None and name in self.form.fields):
            return True
        for table in self.tables:
            if name.startswith(f"{table.prefix}-"):
                index, _, field = name.removeprefix(f"{table.prefix}-").partition("-")
                return not field or (index.isdecimal() and field in self._columns(table))
        return False

    @staticmethod
    def _columns(table: RowFormSet) -> set[str]:
        return {*table.form.base_fields, "DELETE"}

    def store(self, revision: PlanRevision) -> None:
        """Writes what is_valid() found right."""
        raise NotImplementedError

    @property
    def tables(self) -> list[RowFormSet]:
        return [t for t in (self.indicators, self.lines, self.incomes) if t is not None]

    @property
    def parts(self) -> list[Any]:
        return [part for part in (self.form, *self.tables) if part is not None]

    @property
    def is_row_action(self) -> bool:
        return any(table.is_row_action for table in self.tables)

    def tidied(self) -> int:
        """How many numbers were typed in another writing (full width, commas, 円) and read all the same."""
        forms = [form for part in self.parts for form in getattr(part, "rows", [part])]
        bounds = (form[name] for form in forms for name in form.fields)
        return sum(
            bool(bound.data and bound.field.notes_for(bound.data))
            for bound in bounds
            if getattr(bound.field, "inputmode", "")
        )

    def forget_errors(self) -> None:
        for part in self.parts:
            part.forget_errors()

    def problems(self) -> dict[str, str]:
        """Address within the section → what is wrong with the value typed there."""
        found: dict[str, str] = {}
        if self.form is not None:
            self.form.is_valid()
            for name, errors in self.form.errors.items():
                found[f"/{name}"] = " ".join(map(str, errors))
        for table in self.tables:
            table.is_valid()
            for row in table.rows:
                for name, errors in row.errors.items():
                    found[f"{row.prefix}/{name}"] = " ".join(map(str, errors))
        return found

    def _line_set(self, activity_uid: UUID | None) -> RowFormSet:
        rows = [
            {
                "uid": line.uid,
                "category_code": line.category_code,
                "item": line.item,
                "basis": line.basis,
                "delivery": line.delivery,
                "quantity": _plain(line.quantity),
                "unit": line.unit,
                "unit_price": line.unit_price,
                "tax": line.tax,
                "is_eligible": line.is_eligible,
                "other_funding": line.other_funding,
                "other_funding_name": line.other_funding_name,
            }
            for line in self.revision.lines.all()
            if line.activity_uid == activity_uid
        ]
        table = LineRows(
            self.data,
            initial=self._unless_typed(rows),
            prefix="lines",
            form_kwargs={"terms": self.terms},
        )
        before = self.revision.based_on
        if before is not None:
            table.beside_label = before.plan.programme.year_label
            table.beside = {
                str(line.uid): {"previous": shown_amount(line.amount)}
                for line in before.lines.all()
                if line.activity_uid == activity_uid
            }
        return table

    def _unless_typed(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        """Stored rows start a page; a posted one is compared with nothing, since rows may have moved."""
        return rows if self.data is None else None

    def _store_lines(self, revision: PlanRevision, activity_uid: UUID | None) -> None:
        assert self.lines is not None
        rows = []
        for values in _rows(self.lines):
            for name in LINE_TEXTS:
                values[name] = values[name] or ""
            values["tax"] = values["tax"] or Tax.INCLUDED
            amount = line_amount(values["quantity"], values["unit_price"])
            rows.append({**values, "amount": amount, "activity_uid": activity_uid})
        existing = revision.lines.filter(activity_uid=activity_uid)
        _replace(BudgetLine, existing, rows, {"revision": revision})


class BasicsEditor(SectionEditor):
    title, clause = "申請者と期間", "適正化法施行令3条"
    form_class: type[DraftForm] = BasicsForm

    def build(self) -> None:
        self.form = self.form_class(self.data, initial=self.stored(self.revision))

    def store(self, revision: PlanRevision) -> None:
        assert self.form is not None
        _assign(revision, self.form)


class VisionEditor(BasicsEditor):
    title, clause = "目指す姿", "要領3(2)"
    form_class = VisionForm


class PlatformEditor(SectionEditor):
    title, clause = "地方版官民連携プラットフォーム", "要領3(1)"

    def stored(self, revision: PlanRevision) -> dict[str, Any]:
        apart = ("platform", "platform_discussions")
        names = [name for name in PlatformPartForm.base_fields if name not in apart]
        return {
            **{name: getattr(revision, name) for name in names},
            "platform": str(revision.platform_id or ""),
            "platform_discussions": [
                str(item.pk) for item in revision.agenda if revision.pk in item.revision_ids
            ],
        }

    def build(self) -> None:
        form = PlatformPartForm(self.data, initial=self.stored(self.revision))
        form.offer("platform_discussions", self.revision.agenda)
        form.offer_platforms(self._platforms())
        self.form = form
        self.lines = self._line_set(None)

    def store(self, revision: PlanRevision) -> None:
        assert self.form is not None
        values = _assign(revision, self.form, leave=("platform", "platform_discussions"))
        if "platform" in values:
            wanted = values["platform"]
            chosen = next((p for p in self._platforms() if str(p.pk) == wanted), None)
            revision.platform = chosen
            if chosen is not None:
                _fill_from(revision, chosen, leave=set(self.form.errors))
        if "platform_discussions" in values:
            revision.platform_discussions.set(values["platform_discussions"])
        self._store_lines(revision, None)

    def _platforms(self) -> list[Platform]:
        """The body's own, with the figures of today."""
        own = Platform.objects.of_owner(self.revision.plan.grantee_id)
        return list(own.with_figures(timezone.localdate()))


class ActivityEditor(SectionEditor):
    activity: PlannedActivity

    def find(self, revision: PlanRevision) -> PlannedActivity | None:
        """The activity of this section in a revision: its uid is kept through copies."""
        uid = self.section.key.partition(":")[2]
        return next((a for a in revision.activities.all() if str(a.uid) == uid), None)

    def stored(self, revision: PlanRevision) -> dict[str, Any]:
        activity = self.find(revision)
        if activity is None:
            return {}
        names = [name for name in ActivityForm.base_fields if name != "discussions"]
        cited = [i for i in revision.agenda if activity.pk in i.activity_ids]
        return {
            **{name: getattr(activity, name) for name in names},
            "discussions": [str(item.pk) for item in cited],
        }

    def build(self) -> None:
        activity = self.find(self.revision)
        assert activity is not None  # the page of an activity that is not there answers 404
        self.activity = activity
        form = ActivityForm(self.data, initial=self.stored(self.revision))
        form.offer("discussions", self.revision.agenda)
        self.form = form
        rows = [
            {
                "uid": one.uid,
                "code": one.code,
                "label": one.label,
                "target": _plain(one.target),
                "unit": one.unit,
                "basis": one.basis,
            }
            for one in self.activity.indicators.all()
        ]
        self.indicators = IndicatorRows(
            self.data, initial=self._unless_typed(rows), prefix="indicators"
        )
        before = self.revision.based_on
        if before is not None:
            activity = self.find(before)
            self.indicators.beside_label = before.plan.programme.year_label
            self.indicators.beside = {
                str(one.uid): {"previous": _with_unit(one)}
                for one in (activity.indicators.all() if activity else ())
            }
        self.lines = self._line_set(self.activity.uid)

    def store(self, revision: PlanRevision) -> None:
        assert self.form is not None
        assert self.indicators is not None
        values = _assign(self.activity, self.form, leave=("discussions",))
        self.activity.save()
        if "discussions" in values:
            self.activity.discussions.set(values["discussions"])
        rows = [
            {**v, **{n: v[n] or "" for n in ("code", "label", "unit", "basis")}}
            for v in _rows(self.indicators)
        ]
        existing = PlannedIndicator.objects.filter(activity=self.activity)
        _replace(PlannedIndicator, existing, rows, {"activity": self.activity})
        self._store_lines(revision, self.activity.uid)


class IncomesEditor(SectionEditor):
    title, clause = "収入と予算措置", "適正化法施行令3条"
    form_class = BudgetMeasureForm

    def build(self) -> None:
        self.form = BudgetMeasureForm(self.data, initial=self.stored(self.revision))
        rows = [
            {"uid": i.uid, "label": i.label, "amount": i.amount}
            for i in self.revision.incomes.all()
        ]
        self.incomes = IncomeRows(self.data, initial=self._unless_typed(rows), prefix="incomes")

    def store(self, revision: PlanRevision) -> None:
        assert self.form is not None
        assert self.incomes is not None
        _assign(revision, self.form)
        rows = [{**values, "label": values["label"] or ""} for values in _rows(self.incomes)]
        _replace(Income, revision.incomes.all(), rows, {"revision": revision})


# What a page sends beside the values of its section.
_PAGE_NAMES = frozenset(
    {
        *("csrfmiddlewaretoken", "section_version", "draft", "later"),
        *("add_row", "delete_row", "move_row"),
    }
)

EDITORS: dict[str, type[SectionEditor]] = {
    "basics": BasicsEditor,
    "vision": VisionEditor,
    "platform": PlatformEditor,
    "activity": ActivityEditor,
    "incomes": IncomesEditor,
}


def editor_class(key: str) -> type[SectionEditor]:
    """Raises KeyError for a section that plans do not have."""
    return EDITORS[key.partition(":")[0]]


def _fill_from(revision: PlanRevision, platform: Platform, leave: set[str]) -> None:
    """Takes over what the writer left empty; what was typed stands, readable or not.

    The form goes with the body that it uses, and all members with the private ones.
    """
    registered: tuple[dict[str, Any], ...] = (
        {"platform_name": platform.name},
        {"platform_form": platform.form, "platform_existing_body": platform.existing_body},
        {
            "platform_members": platform.public_members + platform.private_members,
            "platform_private_members": platform.private_members,
        },
    )
    for together in registered:
        if all(getattr(revision, n) in ("", None) and n not in leave for n in together):
            for name, value in together.items():
                setattr(revision, name, value)


def _typed(section: Section) -> QueryDict | None:
    """What was typed last, while some of it could not be read."""
    if not section.raw:
        return None
    data = QueryDict(mutable=True)
    for name, values in section.raw.items():
        data.setlist(name, values)
    return data


def _assign(target: Model, form: DraftForm, leave: tuple[str, ...] = ()) -> dict[str, Any]:
    """Readable values into columns; unreadable ones empty theirs. Returns the readable ones."""
    values = form.readable()
    for name in form.fields:
        if name in leave:
            continue
        column = target._meta.get_field(name)
        value = values.get(name)
        if value is None and not column.null:
            value = ""
        setattr(target, name, value)
    return values


def _rows(table: RowFormSet) -> list[dict[str, Any]]:
    """Every row that is neither empty nor deleted, with its uid and what could be read of it."""
    return [
        {"uid": row.cleaned_data.get("uid"), **row.readable()}
        for row in table.rows
        if row.has_changed()
    ]


def _replace(
    model: type[Any], existing: Any, rows: list[dict[str, Any]], owner: dict[str, Any]
) -> None:
    """Makes the stored rows equal to those of the page, by uid. Three statements, whatever changed:
    a row that changed is written anew under its uid, because updating two hundred one by one is slow.
    """
    kept = {row.uid: row for row in existing}
    same: list[Any] = []
    written: list[Any] = []
    for order, values in enumerate(rows):
        row = kept.pop(values["uid"], None) if values["uid"] else None
        wanted = {**values, "order": order}
        if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
            same.append(row.pk)
            continue
        named = {name: value for name, value in wanted.items() if name != "uid" or value}
        written.append(model(**owner, **named))
    existing.exclude(pk__in=same).delete()
    model.objects.bulk_create(written)


def shown_value(field: Any, value: Any) -> str:
    """A value as people read it beside its field; empty where there is none."""
    if isinstance(value, list):
        chosen = {str(one) for one in value}
        return "、".join(str(text) for key, text in field.choices if str(key) in chosen)
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value)) if value else ""
    shown = field.prepare_value(value)
    return "" if shown in (None, False) else "印あり" if shown is True else str(shown)


def _with_unit(one: PlannedIndicator) -> str:
    target = _plain(one.target)
    return "—" if target is None else f"{format_number(target)}{one.unit}"


def _plain(number: Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(f"{number.normalize():f}")
