from datetime import date, datetime

import pytest

from grants.activities.api import ACTIVITY_TYPES, ActivityType, get_activity_type
from portal.core.dates import JST
from portal.spreadsheets.api import ReadContext, open_upload, read_table, write_csv, write_template
from tests.samples.ibasho import ibasho_csv, ibasho_xlsx

from .examples import BROKEN, GOOD

TOKYO = ReadContext(prefecture="13", period=(date(2024, 10, 1), date(2024, 10, 31)))


@pytest.mark.parametrize("make", [ibasho_csv, ibasho_xlsx])
def test_a_month_of_7_as_offices_send_it(make) -> None:
    support = get_activity_type("07")
    reading = read_table(open_upload(make(), "居場所"), support.record_spec, TOKYO)
    assert [(problem.id, problem.level) for problem in reading.problems] == [
        ("D6-personal", "confirm"),
        ("H6-negative", "error"),
    ]
    assert [row.number for row in reading.rows] == [4, 5, 6]
    records = [support.record_values(row.values) for row in reading.rows]
    assert support.figures(records) == {
        "07.sites": 3,
        "07.sessions": 4,
        "07.attend_total": 93,
        "07.attend_new": 8,
        "07.consultations": 9,
        "07.referrals": 3,
    }
    assert "no" not in records[0]


def test_two_meetings_on_one_day_are_told_apart_by_their_time() -> None:
    spec = get_activity_type("07").record_spec
    header = ["市町村名", "団体コード", "居場所名", "開催日", "回数", "参加者", "時刻"]
    rows = [
        ["八王子市", "132012", "縁側", "2024/10/5", "1", number, time]
        for number, time in (("10", "10時"), ("12", "14時"))
    ]
    data = write_csv(header, rows)
    assert read_table(open_upload(data, "a.csv"), spec, TOKYO).problems == ()
    same = write_csv(header[:-1], [row[:-1] for row in rows])
    reading = read_table(open_upload(same, "a.csv"), spec, TOKYO)
    assert [problem.code for problem in reading.problems] == ["same_key"]


def test_more_newcomers_than_visitors_is_an_error_at_its_cell() -> None:
    spec = get_activity_type("07").record_spec
    header = ["市町村名", "団体コード", "居場所名", "開催日", "回数", "参加者", "うち新規"]
    data = write_csv(header, [["八王子市", "132012", "縁側", "2024/10/5", "1", "10", "11"]])
    (problem,) = read_table(open_upload(data, "a.csv"), spec, TOKYO).problems
    assert problem.cell == "G2"
    assert problem.reason == "うち新規が参加者（延）より多くなっています。"
    assert problem.fix == "うち新規は参加者（延）以下にしてください。"


@pytest.mark.parametrize("activity", ACTIVITY_TYPES, ids=lambda a: a.code)
def test_every_form_is_filled_in_and_read_back(activity: ActivityType) -> None:
    columns = {column.key for column in activity.record_spec.columns}
    values = {key: value for key, value in GOOD[activity.code].items() if key in columns}
    typed = {
        key: ("はい" if value else "いいえ") if isinstance(value, bool) else value
        for key, value in values.items()
    }
    data = write_template(
        activity.record_spec,
        fiscal_year="令和8年度",
        body="長野県",
        issued_at=datetime(2026, 4, 1, tzinfo=JST),
        rows=[typed],
    )
    reading = read_table(
        open_upload(data, "a.xlsx"), activity.record_spec, ReadContext(prefecture="20")
    )
    assert reading.problems == ()
    (row,) = reading.rows
    record = activity.record_values(row.values)
    assert {key: record[key] for key in values} == values
    assert activity.failures(record) == []


@pytest.mark.parametrize(
    ("code", "check_id"),
    [(code, check_id) for code in BROKEN for check_id in BROKEN[code]],
)
def test_every_check_judges_files_too(code: str, check_id: str) -> None:
    """Also where one side of it is computed: members are 官 and 民 together."""
    spec = get_activity_type(code).record_spec
    broken = GOOD[code] | BROKEN[code][check_id]
    (found,) = [found for judge in spec.checks for found in judge(broken)]
    assert found.code == check_id
    assert found.column in spec.by_key
