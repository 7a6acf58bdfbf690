"""A template of ours that names a variable nobody passed is a fault, not an empty string."""

import sys
from pathlib import Path
from typing import Self

from django.template.base import FilterExpression

ROOT = Path(__file__).resolve().parent.parent
FILTERS_FOR_NOTHING = {"default", "default_if_none"}


class UndefinedTemplateVariable(Exception):
    """Names the template and the expression."""


class UndefinedVariable(str):
    """Stands where Django keeps its text for undefined variables, and is empty like that text.

    Django asks for its truth at the one moment when a variable was not found and the tag does not
    accept that (`if` and `firstof` do). Templates of Django and allauth keep Django's habit;
    `|default` says that the absence is meant.
    """

    def __new__(cls) -> Self:
        return super().__new__(cls, "")

    def __bool__(self) -> bool:
        asking = sys._getframe(1).f_locals
        expression, context = asking.get("self"), asking.get("context")
        if not isinstance(expression, FilterExpression) or context is None:
            return False
        if any(filter_.__name__ in FILTERS_FOR_NOTHING for filter_, _ in expression.filters):
            return False
        template = context.render_context.template or context.template
        name = str(template.origin.name)
        if not _is_ours(name):
            return False
        raise UndefinedTemplateVariable(f"{{{{ {expression.token} }}}} in {name}")


def _is_ours(origin: str) -> bool:
    """Templates made from a string in a test are ours too."""
    path = Path(origin)
    return not path.is_absolute() or (
        path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / ".venv")
    )
