"""100,000 rows beside a bare COPY, clean and messy; a million records beside a hundred thousand."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.records.api import ActivityRecord, PeriodReport
from grants.records.models import RecordBatch
from grants.records.services import read_batch, receive
from portal.workflow.api import perform
from tests.grants.contracts import NOW, Deal, make_deal, pair_of
from tests.world import build_world, client_of, ensure_cache_table

from .figures import Figure, keep, seconds, spreads
from .test_import import HEAD

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
ROWS, ROUNDS, IN_A_FILE = 100_000, 15, 4_000
MONTHS, IN_A_MONTH = 60, 500

# What a worker does with a file; said afterwards: seconds, rows, and the most memory in MB.
WORK = """
import json, resource, sys, time
from pathlib import Path
from grants.activities.registry import get_activity_type
from portal.spreadsheets.columns import ReadContext
from portal.spreadsheets.safe_open import open_upload
from portal.spreadsheets.table import read_table

spec, path = get_activity_type("07").record_spec, Path(sys.argv[1])
began = time.perf_counter()
reading = read_table(open_upload(path, path.name), spec, ReadContext(prefecture="13"))
taken = time.perf_counter() - began
# Of this program alone: ru_maxrss begins with what the process that started it held.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([taken, len(reading.rows), max(own, child) / 1024]))
"""


def clean(n: int) -> list[str]:
    day = f"2024-10-{n % 31 + 1:02}"
    return [str(n), "新宿区", "131041", f"サロン{n}", day, "1", str(n % 40 + 3), *"320111", ""]


def messy(n: int) -> list[str]:
    """Full width, 和暦, 約, 〃, lines for no value, codes of five digits."""
    day = ("R6.10.{}", "令和6年10月{}日", "2024/10/{}")[n % 3].format(n % 31 + 1)
    code = ("13104", "１３１０４１", "131041")[n % 3]
    total = (f"約{n % 40 + 3}", f"延{n % 40 + 3}人", f"１,{n % 900 + 100}")[n % 3]
    place = "〃" if n % 5 == 1 else "新宿区"
    return [
        str(n),
        place,
        code,
        f" サロン{n}",
        day,
        "１回",
        total,
        "３",
        "－",
        "",
        "1",
        "―",
        "雨天",
    ]


def content_of(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD.split(","), *(row[:13] for row in rows)])
    return text.getvalue().encode("cp932")


def file_of(make: Callable[[int], list[str]], path: Path) -> list[list[str]]:
    rows = [make(n) for n in range(ROWS)]
    path.write_bytes(content_of(rows))
    return rows


def as_text(rows: list[list[str]]) -> float:
    """Thirteen columns of text in a table of this connection alone: what COPY can do at best."""
    columns = ", ".join(f"c{n} text" for n in range(13))

    def copy() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_copy")
            cursor.execute(f"CREATE TEMP TABLE bench_copy ({columns})")
            with cursor.copy("COPY bench_copy FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row[:13])

    return min(seconds(copy) for _ in range(2))


def as_records(rows: list[list[str]], month: PeriodReport, user: Any) -> float:
    """The same rows ready made, into the table of records itself, as all its keys allow."""
    now = timezone.now()
    given = {
        "id": lambda n, row: uuid.uuid4(),
        "report_id": lambda n, row: month.pk,
        "key": lambda n, row: f"{n:064x}",
        "values": lambda n, row: json.dumps(dict(enumerate(row[:13])), ensure_ascii=False),
        "originals": lambda n, row: json.dumps(dict(enumerate(row[:13])), ensure_ascii=False),
        "mended": lambda n, row: "{}",
        "approximate": lambda n, row: [],
        "held_on": lambda n, row: date(2024, 10, n % 31 + 1),
        "venue": lambda n, row: row[3],
        "lg_code": lambda n, row: "131041",
        "entered_by_id": lambda n, row: user,
        "return_reason": lambda n, row: "",
        "version": lambda n, row: 1,
        "created_at": lambda n, row: now,
        "updated_at": lambda n, row: now,
        "batch_id": lambda n, row: None,
    }
    names = [field.column for field in ActivityRecord._meta.concrete_fields]
    ready = [[given[name](n, row) for name in names] for n, row in enumerate(rows)]
    into = ", ".join(map(json.dumps, names))

    def copy() -> None:
        with connection.cursor() as cursor, transaction.atomic():
            command = f"COPY {ActivityRecord._meta.db_table} ({into}) FROM STDIN"
            with cursor.copy(command) as stream:
                for row in ready:
                    stream.write_row(row)

    taken = []
    for _ in range(2):
        taken.append(seconds(copy))
        empty_table()
    return min(taken)


def empty_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {ActivityRecord._meta.db_table} CASCADE")


def begun(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORK, str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def deal(transactional_db: None) -> Iterator[Deal]:
    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        yield make_deal(build_world())


def test_a_large_file_beside_copy_and_the_pages_meanwhile(deal: Deal, tmp_path: Path) -> None:
    month = deal.month(deal.concluded())
    person = pair_of(deal, month.contract).recorder
    client = client_of(deal.drafter())
    works = {"idle": lambda: client.get("/help/")}
    idle, _ = spreads(works, ROUNDS)["idle"]
    for name, make in (("きれいな", clean), ("乱れた", messy)):
        path = tmp_path / f"{make.__name__}.csv"
        rows = file_of(make, path)
        text, records = as_text(rows), as_records(rows, month, person.user_id)
        work = begun(path)
        busy, _ = spreads(works, ROUNDS)["idle"]
        said, _ = work.communicate()
        assert work.returncode == 0
        taken, read, megabytes = json.loads(said)
        assert read == ROWS
        whole = f"取込み {name}{ROWS}行（読む、整える、確かめる）"
        keep(
            Figure(whole, ROWS / taken, "行/s", "COPY（文字列の表へ）", text / taken),
            Figure(
                f"{whole} 記録の表へのCOPYと比べて",
                ROWS / taken,
                "行/s",
                "COPY（記録の表へ）",
                records / taken,
            ),
            Figure(f"取込み {name}{ROWS}行 最大の記憶", megabytes, "MB", "250 MB", megabytes / 250),
            Figure(
                f"取込み中の空のページ（{name}） p50", busy * 1000, "ms", "取込みなし", busy / idle
            ),
        )


@pytest.mark.parametrize(("name", "make"), [("きれいな", clean), ("乱れた", messy)])
def test_a_hundred_thousand_rows_from_the_file_to_the_month(
    deal: Deal, name: str, make: Callable[[int], list[str]]
) -> None:
    """Files of nearly as many rows as a month may have, each sent, read, answered and taken."""
    month = deal.month(deal.concluded())
    person = pair_of(deal, month.contract).recorder
    rows = [make(n) for n in range(ROWS)]
    beside = as_records(rows, month, person.user_id)
    steps = dict.fromkeys(("送る", "読む", "取り込む"), 0.0)
    for first in range(0, ROWS, IN_A_FILE):
        sent = SimpleUploadedFile("10月.csv", content_of(rows[first : first + IN_A_FILE]))
        began = time.perf_counter()
        batch = receive(actor=person, report=month, upload=sent)
        received = time.perf_counter()
        read_batch({"pk": str(batch.pk)})
        read = time.perf_counter()
        batch.refresh_from_db()
        batch.confirmations = {
            one["id"]: "確かめました"
            for one in batch.reading["problems"]
            if one["level"] != "error"
        }
        batch.save(update_fields=["confirmations"])
        answered = time.perf_counter()
        perform(RecordBatch, batch.pk, "take", person)
        done = time.perf_counter()
        assert ActivityRecord.objects.filter(report=month).count() == IN_A_FILE
        empty_table()
        for step, taken in zip(
            steps, (received - began, read - received, done - answered), strict=True
        ):
            steps[step] += taken
    whole = sum(steps.values())
    share = "、".join(f"{step}{taken / whole:.0%}" for step, taken in steps.items())
    keep(
        Figure(
            f"取込み {name}{ROWS}行 送ってから月に入るまで（{share}）",
            ROWS / whole,
            "行/s",
            "COPY（記録の表へ）",
            beside / whole,
        )
    )


def grow(month: PeriodReport, user: Any, lines: int) -> None:
    """`lines` activities × five years of months × 500 records, of one contract."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH made AS (
              INSERT INTO records_periodreport (id, contract_id, activity_uid, type_code,
                activity_name, own_indicators, month, last_month, due_on, state, version,
                nothing_held, remarks, return_reason)
              SELECT gen_random_uuid(), %(contract)s, line.uid, '07', '居場所', '[]',
                first::date, first::date, (first + interval '40 days')::date, 'open', 1,
                false, '', ''
              FROM (SELECT gen_random_uuid() AS uid FROM generate_series(1, %(lines)s)) AS line,
                generate_series(date '2019-10-01', date '2024-09-01', interval '1 month') AS first
              RETURNING id, month)
            INSERT INTO records_activityrecord (id, report_id, key, values, originals, mended,
              approximate, held_on, venue, lg_code, entered_by_id, return_reason, version,
              created_at, updated_at)
            SELECT gen_random_uuid(), made.id, md5(made.id::text || n),
              jsonb_build_object('municipality_name', '八王子市', 'lg_code', '132012',
                'venue', '縁側' || n %% 40, 'held_on', to_char(made.month + n %% 28, 'YYYY-MM-DD'),
                'sessions', 1, 'attend_total', n %% 30, 'attend_new', n %% 3, 'referrals', n %% 2),
              '{}', '{}', '{}', made.month + n %% 28, '縁側' || n %% 40, '132012', %(user)s, '', 1,
              now(), now()
            FROM made, generate_series(1, %(each)s) AS n
            """,
            {
                "contract": month.contract_id,
                "lines": lines,
                "user": user,
                "each": IN_A_MONTH,
            },
        )
        cursor.execute("ANALYZE records_periodreport, records_activityrecord")


def pages(client: Client, office: Client, report: PeriodReport) -> dict[str, tuple[Client, str]]:
    return {
        "活動実績の一覧": (client, reverse("records:list")),
        "一覧の10枚目": (client, reverse("records:list") + "?page=10"),
        "一覧を年度と状態で絞る": (client, reverse("records:list") + "?year=2023&group=todo"),
        "月報（500件と合計、推移）": (client, report.get_absolute_url()),
        "月報の5枚目": (client, report.get_absolute_url() + "?page=5"),
        "月ごとの確認状況": (office, reverse("records:overview")),
    }


def test_a_million_records_beside_a_hundred_thousand(deal: Deal) -> None:
    month = deal.month(deal.concluded())
    pair = pair_of(deal, month.contract)
    clients = pair.recorders_client, client_of(deal.drafter())
    found: dict[int, dict[str, tuple[float, float]]] = {}
    asked: dict[int, dict[str, int]] = {}
    held = 0
    for total in (100_000, 1_000_000):
        lines = round((total - held) / (MONTHS * IN_A_MONTH))
        grow(month, pair.recorder.user_id, lines)
        held = ActivityRecord.objects.count()
        last = PeriodReport.objects.filter(month=date(2024, 9, 1), activity_name="居場所")
        report = last.exclude(pk=month.pk).order_by("pk")[0]
        visits = pages(*clients, report)
        asked[total] = {}
        for name, (client, url) in visits.items():
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            asked[total][name] = len(captured)
        works = {n: lambda c=c, u=u: c.get(u) for n, (c, u) in visits.items()}
        found[total] = spreads(works, ROUNDS)
    few, many = found
    keep(
        *(
            Figure(
                f"{name} 記録{many:,}件 {word}",
                found[many][name][place] * 1000,
                "ms",
                f"{few:,}件",
                found[many][name][place] / found[few][name][place],
                asked[many][name],
            )
            for name in found[many]
            for place, word in enumerate(("p50", "p95"))
        )
    )
    assert asked[few] == asked[many], "more records ask more queries"
