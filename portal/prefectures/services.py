"""Loading the reference data; run by a migration, and again whenever its files change."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.db import models, transaction

from .models import Municipality, Prefecture

_DATA = Path(__file__).parent / "data"


def load_prefectures() -> int:
    """Write the 47 and the known municipalities, over what is there; how many rows were written.

    Nothing is deleted: other tables point here, and a body that was merged away keeps its past.
    """
    return write_reference_rows(Prefecture, Municipality)


def write_reference_rows(
    prefecture_model: type[models.Model], municipality_model: type[models.Model]
) -> int:
    """`load_prefectures` for given classes: a migration brings its own, of its time."""
    with transaction.atomic():
        return _write(prefecture_model, _prefecture_rows()) + _write(
            municipality_model, _municipality_rows()
        )


def _write(model: type[models.Model], rows: list[dict[str, Any]]) -> int:
    written = model._default_manager.bulk_create(
        [model(**row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in rows[0] if name != "code"],
    )
    return len(written)


def _prefecture_rows() -> list[dict[str, Any]]:
    return [
        {**row, "corporate_number_confirmed": row["corporate_number_confirmed"] == "yes"}
        for row in _read("prefectures.csv")
    ]


def _municipality_rows() -> list[dict[str, Any]]:
    """The first two digits of a 団体コード are those of the prefecture."""
    return [{**row, "prefecture_id": row["code"][:2]} for row in _read("municipalities.csv")]


def _read(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
