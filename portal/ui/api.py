"""All that another package may import from here; templates have the tags built in."""

from .chips import Chip, Form
from .chips import register as register_chips
from .errors import conflict
from .forms import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    ReadingField,
    ReasonField,
    RowForm,
    RowFormSet,
    SearchedLineField,
    SearchedReasonField,
    SearchedTextField,
    SearchingForm,
    UploadField,
    YenField,
    row_formset,
    word_messages,
)
from .navigation import NavItem, NavLink, set_unread_counter, set_year_source
from .navigation import register as register_navigation
from .parts import Fact, Figure, Moment, Stage
from .saving import SavingView

__all__ = [
    "Chip",
    "DocumentNumberField",
    "Fact",
    "Figure",
    "Form",
    "JapaneseDateField",
    "LongTextField",
    "Moment",
    "NavItem",
    "NavLink",
    "PersonNameField",
    "PortalForm",
    "QuantityField",
    "ReadingField",
    "ReasonField",
    "RowForm",
    "RowFormSet",
    "SavingView",
    "SearchedLineField",
    "SearchedReasonField",
    "SearchedTextField",
    "SearchingForm",
    "Stage",
    "UploadField",
    "YenField",
    "conflict",
    "register_chips",
    "register_navigation",
    "row_formset",
    "set_unread_counter",
    "set_year_source",
    "word_messages",
]
