"""Each field at its limits, as a cell of a file and as a box of the form, which are read by one reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from grants.activities.api import ACTIVITY_TYPES, get_activity_type
from portal.spreadsheets.api import ReadContext, read_cell

MANY, MONEY, LOT = 999_999_999, 99_999_999_999, 999_999
SHORT, LONG = 200, 2_000
TOKYO = ReadContext(prefecture="13", period=(date(2026, 6, 1), date(2026, 6, 30)))

# The most of each number; every one begins at 0.
NUMBERS: dict[str, dict[str, int]] = {
    "PF": dict.fromkeys(
        (
            *("meetings", "public_members", "private_members", "new_members", "sections"),
            *("agenda_items", "agreements", "municipalities_joined", "municipalities_within"),
        ),
        MANY,
    ),
    "01": {"comment_days": 366}
    | dict.fromkeys(("meetings", "committee_members", "concerned_members", "comments"), MANY),
    "02": dict.fromkeys(
        (
            *("population", "sample", "collected", "valid", "resources", "lonely_always"),
            *("lonely_sometimes", "lonely_occasionally", "lonely_rarely", "lonely_never"),
            "lonely_no_answer",
        ),
        MANY,
    ),
    "03": {"satisfaction": 100}
    | dict.fromkeys(
        ("sessions", "organisations", "participants", "cases_shared", "mailings", "collaborations"),
        MANY,
    ),
    "04": dict.fromkeys(
        ("copies", "destinations", "impressions", "clicks", "plays", "visitors"), MANY
    ),
    "05": {"hours": LOT, "understanding": 100}
    | dict.fromkeys(
        (
            *("sessions", "capacity", "applicants", "attendees", "graduates", "attend_unique"),
            *("attend_total", "supporters", "online_attendees"),
        ),
        MANY,
    ),
    "06": dict.fromkeys(("bodies", "meetings", "cases", "cases_supported"), MANY),
    "07": {"open_days": 366, "period_days": 366, "staff_days": LOT}
    | dict.fromkeys(
        (
            *("sessions", "attend_total", "attend_new", "attend_unique", "referrals"),
            *("consult_in_person", "consult_phone", "consult_sns", "consult_visit"),
            *("consult_mail", "consult_online", "consult_new", "age_under_20", "age_20s"),
            *("age_30s", "age_40s", "age_50s", "age_60s", "age_70_over", "age_unknown"),
        ),
        MANY,
    ),
    "08": {"granted_yen": MONEY, "decided_yen": MONEY}
    | dict.fromkeys(
        (
            *("bodies_supported", "applications", "grants", "advice_sessions"),
            *("bodies_trained", "bodies_new"),
        ),
        MANY,
    ),
    "09": dict.fromkeys(
        (
            *("municipalities", "municipalities_within", "consultations", "dispatches"),
            *("briefings", "municipalities_briefed", "platforms_new", "councils_new"),
        ),
        MANY,
    ),
    "10": {"sessions": MANY, "people": MANY},
}
# How long each text may be.
TEXTS: dict[str, dict[str, int]] = {
    "PF": {"title": SHORT},
    "01": {"title": SHORT, "url": SHORT, "next_revision": SHORT},
    "02": {"title": SHORT},
    "03": {"title": SHORT},
    "04": {"title": SHORT},
    "05": {"title": SHORT},
    "06": {"title": SHORT, "announcement_number": SHORT, "coordinator": SHORT},
    "07": {"municipality_name": SHORT, "venue": SHORT, "occurrence": SHORT, "note": LONG},
    "08": {"title": SHORT, "grantees": LONG},
    "09": {"title": SHORT, "municipality_codes": LONG},
    "10": {"title": SHORT, "approval_number": SHORT, "result": LONG},
}
OTHERS: dict[str, tuple[str, ...]] = {
    "PF": ("held_on",),
    "01": ("as_of", "stage", "decided_on", "published_on"),
    "02": ("started_on", "method", "reported_on"),
    "03": ("held_on",),
    "04": ("published_on", "medium", "awareness_month"),
    "05": ("held_on",),
    "06": ("as_of", "form", "established_on", "announced_on"),
    "07": ("lg_code", "held_on"),
    "08": ("as_of",),
    "09": ("as_of",),
    "10": ("held_on", "approved_on"),
}


def read(code: str, key: str, text: str) -> tuple[object, list[str]]:
    """The value, and the codes of what is wrong."""
    reading = read_cell(text, get_activity_type(code).record_spec.by_key[key], TOKYO)
    return reading.value, [one.code for one in reading.objections]


@pytest.mark.parametrize("activity", ACTIVITY_TYPES, ids=lambda a: a.code)
def test_the_tables_name_every_field(activity) -> None:
    code = activity.code
    named = [*NUMBERS[code], *TEXTS[code], *OTHERS[code]]
    assert sorted(named) == sorted(item.key for item in activity.entered_fields)


@pytest.mark.parametrize(
    ("code", "key", "most"),
    [(code, key, most) for code, fields in NUMBERS.items() for key, most in fields.items()],
)
def test_a_number_at_its_limits(code: str, key: str, most: int) -> None:
    assert read(code, key, "-1") == (None, ["negative"])
    for value in (0, 1, most - 1, most):
        assert read(code, key, str(value)) == (value, [])
    assert read(code, key, str(most + 1)) == (None, ["maximum"])
    assert read(code, key, "△1")[1] == ["negative"]
    assert read(code, key, "多数") == (None, ["number"])


@pytest.mark.parametrize(
    ("code", "key", "longest"),
    [(code, key, longest) for code, fields in TEXTS.items() for key, longest in fields.items()],
)
def test_a_text_at_its_length(code: str, key: str, longest: int) -> None:
    for length in (1, longest - 1, longest):
        assert read(code, key, "あ" * length) == ("あ" * length, [])
    assert read(code, key, "あ" * (longest + 1))[1] == ["length"]


@pytest.mark.parametrize("activity", ACTIVITY_TYPES, ids=lambda a: a.code)
def test_what_is_required_and_what_is_not(activity) -> None:
    for item in activity.entered_fields:
        value, wrong = read(activity.code, item.key, "")
        assert value is None
        assert wrong == (["required"] if item.required else []), item.key


@pytest.mark.parametrize(
    ("code", "key", "text", "value", "wrong"),
    [
        ("01", "stage", "パブコメ", "パブコメ", []),
        ("01", "stage", "公開", None, ["choice"]),
        ("02", "method", "ｗｅｂ", "WEB", []),
        ("02", "method", "電話", None, ["choice"]),
        ("04", "medium", "ＳＮＳ", "SNS", []),
        ("04", "medium", "ラジオ", None, ["choice"]),
        ("04", "awareness_month", "はい", "はい", []),
        ("04", "awareness_month", "○", None, ["choice"]),
        ("06", "form", "共同", "共同", []),
        ("06", "form", "合同", None, ["choice"]),
        ("03", "satisfaction", "92.5%", Decimal("92.5"), []),
        ("05", "hours", "1.5時間", Decimal("1.5"), []),
        ("07", "lg_code", "132012", "132012", []),
        ("07", "lg_code", "132013", None, ["lg_code"]),
        ("07", "held_on", "R8.6.1", date(2026, 6, 1), []),
        ("07", "held_on", "R8.6.30", date(2026, 6, 30), []),
        ("07", "held_on", "R8.5.31", date(2026, 5, 31), ["period"]),
        ("07", "held_on", "R8.7.1", date(2026, 7, 1), ["period"]),
        ("07", "held_on", "R8.6.31", None, ["date"]),
        ("08", "granted_yen", "500千円", None, ["number"]),
        ("08", "granted_yen", "1,000円", 1_000, []),
    ],
)
def test_other_values(code: str, key: str, text: str, value: object, wrong: list[str]) -> None:
    assert read(code, key, text) == (value, wrong)
