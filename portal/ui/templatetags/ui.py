"""The parts of a page as template tags: one tag a part, built into every template.

Tags work out plain values and hand them to a template in `components/`; HTML is written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .. import chips, parts, rendering
from ..filters import FILTERS
from ..forms.rows import RowFormSet
from ..pattern import Hole, RowPattern

register = template.Library()
for _name, _filter in FILTERS.items():
    register.filter(_name, _filter)


# ---- Forms ---------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    previous: Any = None,
    previous_label: str = "前年度",
    mark: bool = True,
    unit: str = "",
    label: str = "",
    help_text: str | None = None,
) -> dict[str, Any]:
    """A field whole. `previous` stands beside it: "" says that there was no value, None nothing.

    `mark=False` leaves out 必須／任意 where everything on the page is asked for, as at sign-in.
    """
    view = rendering.view_field(bound, label, help_text)
    return {
        "field": view,
        "unit": unit or view.unit,
        "has_previous": previous is not None,
        "previous": previous,
        "previous_label": previous_label,
        "mark": mark,
    }


@register.simple_tag
def cell(bound: BoundField | Hole, label: str = "") -> SafeString:
    """The control alone, for a table. Without `label` it is named by the form («3行目の単価»)."""
    if isinstance(bound, Hole):
        return bound
    called = getattr(bound.form, "call", None)
    name = label or (called(bound.name) if called else str(bound.label))
    return rendering.view_cell(bound, name)


@register.inclusion_tag("components/cell_errors.html")
def cell_errors(formset: BaseFormSet[Any]) -> dict[str, Any]:
    """The errors of cells, below their table."""
    return {"problems": rendering.row_problems(formset)}


@register.simple_tag
def row_pattern(formset: RowFormSet, template_name: str) -> RowPattern:
    """`as rows`, then `rows.rows` in the table's body and `rows.blank` in its <template>.

    The row's template says row.prefix, row.number and row.place, and draws its cells with `cell`;
    any other name is a word that the row form derives. `row.row_class` marks the row.
    """
    return RowPattern(formset, template_name)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*sources: BaseForm | BaseFormSet[Any] | None, note: str = "") -> dict[str, Any]:
    """Above h1: every problem of the forms given, each a link to its place."""
    return {"problems": rendering.problems_of(sources), "note": note}


@register.simple_tag
def error_prefix(*sources: BaseForm | BaseFormSet[Any] | None) -> str:
    """«エラー：» before the page's title, where a form of the page has problems."""
    return "エラー：" if rendering.problems_of(sources) else ""


@register.inclusion_tag("components/hidden_fields.html")
def hidden_fields(source: BaseForm | BaseFormSet[Any]) -> dict[str, Any]:
    """What travels unseen: versions and keys of a form; counts and deleted rows of a table."""
    is_rows = isinstance(source, BaseFormSet)
    return {
        "fields": source.counts if is_rows else source.hidden_fields(),  # type: ignore[union-attr]  # is_rows says which it is
        "deleted": source.deleted_rows if is_rows else (),  # type: ignore[union-attr]  # is_rows says which it is
    }


# ---- States and values -----------------------------------------------------------------------------


@register.inclusion_tag("components/chip.html")
def chip(key: str, label: str = "", size: str = "") -> dict[str, Any]:
    """A state by its key; `label` replaces the word, never the colour. `size="s"` in lists."""
    known = chips.chip_for(key)
    return {"form": known.form, "tone": known.tone, "label": label or known.label, "size": size}


@register.inclusion_tag("components/old_new.html")
def old_new(old: Any, new: Any) -> dict[str, Any]:
    """旧 and 新 where they differ, the value alone where they do not."""
    return {"old": old, "new": new, "is_changed": old != new}


@register.inclusion_tag("components/data_list.html")
def data_list(items: Iterable[Any], variant: str = "") -> dict[str, Any]:
    """Key and value. `items` are (key, value) or (key, value, old value); see parts.facts()."""
    return {"facts": parts.facts(items), "variant": variant}


@register.inclusion_tag("components/figures.html")
def figures(items: Iterable[Any]) -> dict[str, Any]:
    """Up to three key figures: (label, value, unit) or (label, value, unit, note)."""
    return {"figures": parts.figures(items)}


# ---- Progress --------------------------------------------------------------------------------------


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any], small: bool = False) -> dict[str, Any]:
    """Objects or dictionaries with what, and when, who, note, basis, state where there are any."""
    return {"entries": [parts.moment(entry) for entry in entries], "small": small}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """(label, detail, state): state is done, current, error, skipped or ahead."""
    stages = parts.stages(items)
    at = next((n for n, stage in enumerate(stages, start=1) if stage.state == "current"), 0)
    return {"stages": stages, "total": len(stages), "at": at}


@register.inclusion_tag("components/bar.html")
def bar(segments: Iterable[Sequence[Any]], total: int, tall: bool = False) -> dict[str, Any]:
    """Shares of `total` side by side: (amount, key) with key a to d; what exceeds it is "over".

    Hidden from screen readers: the numbers stand beside it as text.
    """
    return {"segments": parts.segments(segments, total), "tall": tall}


@register.inclusion_tag("components/legend.html")
def legend(items: Iterable[Sequence[str]]) -> dict[str, Any]:
    """(key, label) for each colour of a bar."""
    return {"items": [{"key": key, "label": label} for key, label in items]}


@register.inclusion_tag("components/progress.html")
def progress(
    value: int, most: int, label: str, unit: str = "項目", name: str = ""
) -> dict[str, Any]:
    """4／11項目 and its bar. `name` says to a screen reader what is counted."""
    return {"value": value, "most": most, "label": label, "unit": unit, "name": name or label}


# ---- Messages --------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endbanner")
def banner(content: str, kind: str, title: str, when: str = "") -> SafeString:
    """`kind` is success, info, warning or error."""
    return _banner(content, kind, title, when)


@register.simple_tag
def notice(message: Message) -> SafeString:
    """A message of Django's framework as a banner; its first line is the title."""
    title, _, rest = str(message.message).partition("\n")
    kind = {"debug": "info"}.get(message.level_tag, message.level_tag)
    return _banner(format_html("<p>{}</p>", rest) if rest else "", kind, title, "")


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Nothing here, and what would put something here."""
    return {"title": title, "text": text, "url": url, "label": label}


# ---- Actions and frames ----------------------------------------------------------------------------


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    url: str = "",
    kind: str = "outline",
    size: str = "",
    name: str = "",
    value: str = "",
    about: str = "",
    form: str = "",
) -> dict[str, Any]:
    """A link where `url` is given, otherwise a submit button. `about` is read out, not shown."""
    return {
        "label": label,
        "url": url,
        "kind": kind,
        "size": size,
        "name": name,
        "value": value,
        "about": about,
        "form": form,
    }


@register.simple_block_tag(end_name="endconfirm")
def confirm(content: str, title: str, effect: str, id: str = "confirm") -> SafeString:
    """The box in which a legal act is done: title, object and effect, then fields and buttons."""
    return render("components/confirm.html", content=content, title=title, effect=effect, id=id)


@register.simple_block_tag(end_name="endtable_wrap")
def table_wrap(content: str, caption_id: str) -> SafeString:
    """Lets a wide table scroll by itself, reachable by keyboard and named by its caption."""
    return render("components/table_wrap.html", content=content, caption_id=caption_id)


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page_obj: Page[Any], name: str = "page") -> dict[str, Any]:
    """前のページ 5／12 次のページ, with the rest of the query kept; nothing for a single page."""
    query = context["request"].GET
    return {
        "page_obj": page_obj,
        "previous": parts.query_with(query, name, page_obj.number - 1),
        "next": parts.query_with(query, name, page_obj.number + 1),
    }


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context: Context, *trail: str) -> dict[str, Any]:
    """label, url, label, url, … and at last this page's own label. ホーム is put in front."""
    *links, here = trail
    if len(links) % 2:
        raise template.TemplateSyntaxError("breadcrumb takes label and url in turn, then a label")
    pairs = [{"label": links[n], "url": links[n + 1]} for n in range(0, len(links), 2)]
    return {"home_url": context["page"].home_url, "links": pairs, "here": here}


def render(name: str, **values: Any) -> SafeString:
    return mark_safe(template.loader.render_to_string(name, values))  # noqa: S308  it is a template


def _banner(content: str, kind: str, title: str, when: str) -> SafeString:
    if kind not in parts.BANNER_KINDS:
        raise template.TemplateSyntaxError(f"no banner is of kind {kind!r}")
    word = parts.BANNER_KINDS[kind]
    return render(
        "components/banner.html", content=content, kind=kind, word=word, title=title, when=when
    )
