from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from grants.awards.api import AwardState
from grants.carryovers.api import years_carried
from grants.filings.api import Filing, against_handling, latest_version
from grants.settlements.api import books_close_on, examined_lines, expected_in
from portal.core.actor import Actor
from portal.core.dates import screen_date
from portal.core.money import format_yen


def may_handle(filing: Filing, actor: Actor) -> Iterator[str]:
    """No declared conflict (適正化法24条), and none who inspected the award: whoever examines or
    fixes is asked the same as whoever marks a line."""
    yield from against_handling(filing, actor)


def award_in_force(filing: Filing, actor: Actor) -> Iterator[str]:
    """A decision withdrawn (9条) or revoked whole (17条) leaves nothing to report on or to fix."""
    if filing.performance.award.state != AwardState.IN_FORCE:
        yield "交付決定が効力を持っていないため、先へ進められません。"


def follows_the_plan(filing: Filing, actor: Actor) -> Iterator[str]:
    """A report on a plan that a later decision replaced is brought up to it first."""
    report = filing.performance
    if report.revision_id != report.award.revision_id:
        yield (
            "実績報告を書き始めた後に、計画が変わっています。"
            "起案者が実績報告の入力状況を開くと、新しい計画に合わせます。"
        )


def lines_examined(filing: Filing, actor: Actor) -> Iterator[str]:
    """Every eligible line of the latest version is accepted or cut; a parked one is neither, and one
    that was picked has first to be looked at."""
    sealed = latest_version(filing)
    if sealed is None:
        return
    lines = examined_lines(filing, sealed)
    waiting = sum(line.is_waiting for line in lines)
    left = sum(not line.is_settled for line in lines) - waiting
    if waiting:
        yield f"抽出した明細のうち{waiting}件は、確かめた結果が入力されていません。"
    if left:
        yield f"審査が終わっていない明細が{left}件あります。"


def all_is_paid(filing: Filing, actor: Actor) -> Iterator[str]:
    """Nothing is still 支払見込額: the books of the year are closed by a report after 31 May."""
    expected = expected_in(filing)
    if expected:
        day = _books_close(filing)
        yield (
            f"支払見込額が{format_yen(expected)}残っています。出納整理期間（{screen_date(day)}まで）の後に、"
            "都道府県が支払済みの額を報告します。"
        )


def books_are_closed(filing: Filing, actor: Actor) -> Iterator[str]:
    day = _books_close(filing)
    if timezone.localdate() <= day:
        yield f"出納整理期間（{screen_date(day)}まで）が終わってから報告できます。"


def still_expected(filing: Filing, actor: Actor) -> Iterator[str]:
    if not expected_in(filing):
        yield "提出した実績報告に、支払見込額は残っていません。"


def expects_to_pay(filing: Filing) -> bool:
    """Whether the act is offered at all: a report that was paid out never needs it."""
    return expected_in(filing) > 0


def _books_close(filing: Filing) -> date:
    award = filing.performance.award
    return books_close_on(award, years_carried(award))
