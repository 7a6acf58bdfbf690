"""The days that run from a decision on. Pure; how they are counted is data of the programme."""

from __future__ import annotations

from datetime import date, datetime

from grants.programmes.api import Terms
from portal.core.dates import (
    JST,
    Counting,
    Deadline,
    Period,
    RollRule,
    deadline_after,
    first_day_open_to_all,
    fix_deadline,
)


def report_due(completed_on: date | None, terms: Terms, carried: int = 0) -> Deadline:
    """実績報告 (適正化法14条前段): the earlier of the period from completion and the day of next year.

    `carried` is for how many years the work was carried on (繰越); the day lies as much later.
    While the day of completion is not known, the day of next year: it is never later. Counted `inclusive` («…の日から起算して…を経過した日»), the day on which the period has run out.
    """
    last, roll = _next_year(terms, terms.report_day, carried), RollRule(terms.report_roll)
    if completed_on is None:
        return fix_deadline(last, roll)
    counting = Counting(terms.report_counting)
    period = Period(months=terms.report_months, counting=counting)
    inclusive = counting is Counting.INCLUSIVE
    ends = period.day_elapsed(completed_on) if inclusive else period.last_day(completed_on)
    return fix_deadline(min(ends, last), roll)


def unfinished_report_due(terms: Terms, carried: int = 0) -> Deadline:
    """The report on a year that ended before the work did (14条後段, 施行令8条): of the award's own
    year, or of the one into which it was `carried`."""
    last = _next_year(terms, terms.unfinished_day, carried)
    return fix_deadline(last, RollRule(terms.report_roll))


def appeal_due(arrived_on: date, terms: Terms) -> Deadline:
    """不服の申出 (25条, 施行令15条): a period fixed by order, which rolls on (休日法2条)."""
    return deadline_after(arrived_on, Period(days=terms.appeal_days), RollRule.STATUTORY_NEXT)


def refund_due(ordered_on: date, terms: Terms) -> date:
    """The day to propose as 納期日: offices and banks are open on it."""
    return first_day_open_to_all(Period(days=terms.refund_due_days).last_day(ordered_on))


def is_in_time(arrived_at: datetime, deadline: Deadline) -> bool:
    """By the day in Japan on which it was recorded (26条の3): 23:59:59 is in time, 00:00:00 is not."""
    return arrived_at.astimezone(JST).date() <= deadline.day


def _next_year(terms: Terms, day: tuple[int, int], carried: int) -> date:
    return date(terms.fiscal_year + 1 + carried, *day)
