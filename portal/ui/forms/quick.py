"""The controls of a long table without a template each: 60 rows hold 600 controls and 1,300 options.

The HTML is that of Django's own widget templates; everything a person typed is escaped.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_FOLDER = "django/forms/widgets/"
_INPUTS = frozenset(f"{_FOLDER}{name}.html" for name in ("text", "number", "hidden", "checkbox"))
_SELECT = f"{_FOLDER}select.html"


class QuickRenderer(TemplatesSetting):
    """Inputs and selects by hand; anything else by its template."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> Any:
        if template_name in _INPUTS:
            return _input(context["widget"])
        if template_name == _SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    value = widget["value"]
    shown = "" if value is None else format_html(' value="{}"', value)
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        shown,
        flatatt(widget["attrs"]),
    )


def _select(widget: dict[str, Any]) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (option["value"], flatatt(option["attrs"]), option["label"])
            for _, group, _ in widget["optgroups"]
            for option in group
        ),
    )
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), options
    )
