"""How values are written on screens."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ui import filters

MOMENT = datetime(2026, 2, 20, 1, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("yen", 1_234_000, "1,234,000円"),
        ("yen", -1, "△1円"),
        ("yen", None, "—"),
        ("thousand_yen", 1_234_999, "1,234千円"),
        ("comma", Decimal("1.5"), "1.5"),
        ("comma", None, "—"),
        ("jdate", date(2026, 4, 1), "2026年4月1日（令和８年）"),
        ("jdate", None, ""),
        ("jdate", MOMENT, "2026年2月20日（令和８年）"),
        ("weekday", date(2026, 3, 13), "2026年3月13日（金）"),
        ("deadline", datetime(2026, 3, 13, 8, 0, tzinfo=UTC), "2026年3月13日（金）17時"),
        ("jdatetime", MOMENT, "2月20日 10時42分"),
        ("jdatetime", None, ""),
        ("wareki", date(2019, 5, 1), "令和元年5月1日"),
        ("filesize", 48 * 1024, "48KB"),
        ("filesize", 25 * 1024 * 1024, "25MB"),
        ("filesize", 1_300_000, "1.2MB"),
        ("filesize", 12, "12バイト"),
        ("filesize", None, "—"),
        ("short_hash", "7f3a9c21e0b4ffff", "7f3a9c21e0b4"),
        ("short_hash", None, ""),
    ],
)
def test_a_value_is_written(name: str, value: Any, words: str) -> None:
    assert filters.FILTERS[name](value) == words


def test_a_moment_in_full_has_its_year() -> None:
    assert filters.jdatetime(MOMENT, "full") == "2026年2月20日 10時42分"


@given(st.integers(min_value=0, max_value=10**15))
def test_a_size_is_short_in_every_range(size: int) -> None:
    assert len(filters.filesize(size)) <= 10
