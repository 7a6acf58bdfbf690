"""What other packages may use to read and write spreadsheets."""

from .annotate import Marked, annotated_copy, plain_copy
from .cleaning import CellProblem, Cleaning, CleaningKind, read_cell
from .columns import (
    Column,
    Kind,
    Level,
    ReadContext,
    RowCheck,
    RowFinding,
    TableSpec,
    Value,
)
from .export import ExportSheet, ExportValue, NotEncodableError, write_csv, write_xlsx
from .layout import DroppedRow, DropReason, Layout, fold_header
from .reading import CleaningGroup, RowStatus, TableReading, TableRow
from .refusals import UploadRefusedError
from .safe_open import Limits, open_upload
from .table import read_table
from .template import FilledTable, TemplateAbout, read_about, write_form, write_template
from .workbook import Sheet, Workbook, cell_name, column_name

__all__ = [
    "CellProblem",
    "Cleaning",
    "CleaningGroup",
    "CleaningKind",
    "Column",
    "DropReason",
    "DroppedRow",
    "ExportSheet",
    "ExportValue",
    "FilledTable",
    "Kind",
    "Layout",
    "Level",
    "Limits",
    "Marked",
    "NotEncodableError",
    "ReadContext",
    "RowCheck",
    "RowFinding",
    "RowStatus",
    "Sheet",
    "TableReading",
    "TableRow",
    "TableSpec",
    "TemplateAbout",
    "UploadRefusedError",
    "Value",
    "Workbook",
    "annotated_copy",
    "cell_name",
    "column_name",
    "fold_header",
    "open_upload",
    "plain_copy",
    "read_about",
    "read_cell",
    "read_table",
    "write_csv",
    "write_form",
    "write_template",
    "write_xlsx",
]
