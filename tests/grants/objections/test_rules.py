"""When an objection is in time (適正化法25条, 施行令15条, 休日法2条), and what it must say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.objections.rules import count_from, dismissal_reasons, writing_reasons
from portal.core.dates import GOVERNMENT

NOTICE = date(2025, 11, 28)


@pytest.mark.parametrize(
    ("arrived", "known", "last"),
    [
        (date(2025, 11, 28), None, date(2026, 1, 5)),
        (date(2026, 4, 1), None, date(2026, 5, 1)),
        (date(2026, 4, 4), None, date(2026, 5, 7)),
        (date(2028, 1, 30), None, date(2028, 2, 29)),
        (date(2027, 2, 26), None, date(2027, 3, 29)),
        (None, date(2026, 6, 1), date(2026, 7, 1)),
        (date(2026, 4, 1), date(2026, 6, 1), date(2026, 5, 1)),
    ],
    ids=[
        "施行令15条-休日法2条-over-the-new-year",
        "施行令15条-thirty-days-the-first-not-counted",
        "施行令15条-休日法2条-the-golden-week",
        "施行令15条-a-leap-day-is-a-day",
        "施行令15条-休日法2条-over-a-sunday",
        "施行令15条-no-notice-from-the-day-it-was-known",
        "施行令15条-with-a-notice-the-known-day-does-not-count",
    ],
)
def test_the_last_day(arrived: date | None, known: date | None, last: date) -> None:
    count = count_from(arrived, known, 30)
    assert count is not None
    assert count.last_day == last
    assert not count.is_late(last)
    assert count.is_late(date.fromordinal(last.toordinal() + 1))


def test_without_a_notice_and_unknown_it_does_not_run() -> None:
    assert count_from(None, None, 30) is None


def test_the_page_can_say_how_it_was_counted() -> None:
    count = count_from(NOTICE, None, 30)
    assert count is not None
    assert "2025年11月28日" in count.steps[0]
    assert "30日目は2025年12月28日" in count.steps[1]
    assert "次の開庁日" in count.steps[2]


@given(st.dates(date(2025, 1, 1), date(2034, 12, 31)))
def test_it_never_ends_on_a_closed_day_nor_before_thirty_days(since: date) -> None:
    count = count_from(since, None, 30)
    assert count is not None
    assert (count.last_day - since).days >= 30
    assert GOVERNMENT.why_closed(count.last_day) is None


@pytest.mark.parametrize(
    ("content", "reasons", "late", "today", "said"),
    [
        ("処分", "理由", "", date(2026, 1, 5), ""),
        ("", "理由", "", date(2026, 1, 5), "処分の内容"),
        ("処分", "　", "", date(2026, 1, 5), "不服の理由"),
        ("処分", "理由", "", date(2026, 1, 6), "過ぎています"),
        ("処分", "理由", "地震のため。", date(2026, 1, 6), ""),
    ],
    ids=[
        "施行令15条-last-day",
        "施行令15条-no-content",
        "施行令15条-no-reasons",
        "施行令15条-late",
        "施行令15条-late-with-a-reason",
    ],
)
def test_what_must_be_written(
    content: str, reasons: str, late: str, today: date, said: str
) -> None:
    found = list(
        writing_reasons(
            content=content,
            reasons=reasons,
            late_reason=late,
            count=count_from(NOTICE, None, 30),
            today=today,
        )
    )
    assert len(found) == bool(said)
    assert not said or said in found[0]


def test_without_its_day_it_cannot_be_filed() -> None:
    found = list(
        writing_reasons(content="処分", reasons="理由", late_reason="", count=None, today=NOTICE)
    )
    assert found == ["処分を受けた年月日を入力してください（施行令15条）。"]


@pytest.mark.parametrize(
    ("state", "is_late", "mend_due", "is_refused"),
    [
        ("filed", False, None, True),
        ("filed", True, None, False),
        ("mending", False, date(2025, 11, 28), True),
        ("mending", False, date(2025, 11, 27), False),
        ("mending", True, date(2025, 11, 28), True),
    ],
    ids=[
        "25条2項-in-time-is-heard",
        "施行令15条-late",
        "施行令15条-still-to-mend",
        "施行令15条-not-mended-in-time",
        "施行令15条-late-but-asked-to-mend",
    ],
)
def test_what_may_be_dismissed(
    state: str, is_late: bool, mend_due: date | None, is_refused: bool
) -> None:
    found = dismissal_reasons(state=state, is_late=is_late, mend_due=mend_due, today=NOTICE)
    assert bool(found) == is_refused
