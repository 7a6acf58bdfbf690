"""Forms as people fill them in: what was typed stays, what was read is said, errors instruct."""

from .base import PortalForm, word_messages
from .fields import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    QuantityField,
    ReadingField,
    ReasonField,
    UploadField,
    YenField,
)
from .rows import RowForm, RowFormSet, row_formset
from .searched import SearchedLineField, SearchedReasonField, SearchedTextField, SearchingForm

__all__ = [
    "DocumentNumberField",
    "JapaneseDateField",
    "LongTextField",
    "PersonNameField",
    "PortalForm",
    "QuantityField",
    "ReadingField",
    "ReasonField",
    "RowForm",
    "RowFormSet",
    "SearchedLineField",
    "SearchedReasonField",
    "SearchedTextField",
    "SearchingForm",
    "UploadField",
    "YenField",
    "row_formset",
    "word_messages",
]
