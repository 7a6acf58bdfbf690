"""A contractor's file of 10,000 rows read, cleaned and checked, beside a bare COPY of its rows."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection

from grants.activities.api import get_activity_type
from portal.spreadsheets.api import ReadContext, open_upload, read_table

from .figures import Figure, keep, seconds

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 10_000
HEAD = (
    "No,市町村名,団体ｺｰﾄﾞ,居場所名,開催日,回数,参加者（延）,うち新規,"
    "相談(来所),相談(電話),相談(SNS等),つなぎ,備考"
)


def rows() -> list[list[str]]:
    return [
        [
            *(str(n), "新宿区", "131041", f"サロン{n}", f"R6.10.{n % 31 + 1}"),
            *("１", "１８", "３", "２", "－", "1", "1", ""),
        ]
        for n in range(ROWS)
    ]


def test_import_beside_copy() -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD.split(","))
    writer.writerows(rows())
    content = text.getvalue().encode("cp932")
    spec = get_activity_type("07").record_spec
    found = {}

    def read() -> None:
        workbook = open_upload(content, "実績.csv")
        found["reading"] = read_table(workbook, spec, ReadContext(prefecture="13"))

    def copy() -> None:
        columns = ", ".join(f"c{n} text" for n in range(13))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_copy")
            cursor.execute(f"CREATE TEMP TABLE bench_copy ({columns})")
            with cursor.copy("COPY bench_copy FROM STDIN") as stream:
                for row in rows():
                    stream.write_row(row)

    read()
    copy()
    reading, copying = min(seconds(read) for _ in range(3)), min(seconds(copy) for _ in range(3))
    assert len(found["reading"].rows) == ROWS
    keep(
        Figure(
            f"取込み {ROWS}行（読む、整える、確かめる）",
            ROWS / reading,
            "行/s",
            "COPY",
            copying / reading,
        )
    )
