"""Applications that never became an award are kept to a computed end too (公文書管理法5条)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.filings.api import Filing
from grants.programmes.services import set_value
from grants.retention.rules import kept_without_award
from grants.retention.unawarded import applications, unawarded_of
from portal.access.api import Role
from portal.core.dates import FiscalYear
from tests.world import World, client_of, ensure_cache_table


@pytest.mark.parametrize(
    ("ended_on", "open_procedures", "years", "until"),
    [
        (date(2026, 3, 31), (), 5, date(2031, 3, 31)),
        (date(2026, 4, 1), (), 5, date(2032, 3, 31)),
        (date(2026, 4, 1), (), 1, date(2028, 3, 31)),
        (date(2026, 4, 1), ("終わっていない不服の申出があります。",), 5, None),
        (None, (), 5, None),
    ],
    ids=[
        "公文書管理法5条-ended-on-the-last-day-of-the-year",
        "公文書管理法5条-ended-on-the-first-day-of-the-next",
        "保存期間表-the-years-are-the-programme-s",
        "適正化法25条-an-objection-keeps-it",
        "not-ended",
    ],
)
def test_the_last_day(
    ended_on: date | None, open_procedures: tuple[str, ...], years: int, until: date | None
) -> None:
    found = kept_without_award(ended_on, open_procedures, years=years)
    assert found.until == until
    assert found.is_over(date(2099, 1, 1)) is (until is not None)
    assert bool(found.open_procedures) is (until is None)


@pytest.mark.django_db
def test_declined_and_withdrawn_are_counted_and_nothing_else(world: World) -> None:
    declined = world.filing("declined")
    withdrawn = world.filing("withdrawn", world.gifu)
    decided = world.filing("decided", world.tottori)
    world.filing("submitted", world.bodies["01"])
    assert set(applications()) == {declined, withdrawn}
    given_back = world.act(
        decided, "withdraw_award", world.actor(Role.APPROVER, world.tottori), reason="条件に不服"
    ).subject
    assert given_back.state == "withdrawn"
    assert given_back not in set(applications()), "its award is a case of its own"
    end = FiscalYear(FiscalYear.of(timezone.localdate()) + 5).end
    for one in unawarded_of(applications()):
        assert one.kept.until == end
        assert "交付に至らなかった申請" in one.kept.keepings[0].basis
    set_value(
        actor=world.actor(Role.PROGRAMME_MANAGER),
        programme=world.programme,
        key="unawarded_retention_years",
        text="3",
        source="保存期間表",
        effective_from=timezone.localdate(),
    )
    [first, *_] = unawarded_of(Filing.objects.filter(pk=declined.pk))
    assert first.kept.until == FiscalYear(FiscalYear.of(timezone.localdate()) + 3).end


@pytest.mark.django_db
def test_pages_and_strangers(world: World) -> None:
    ensure_cache_table()
    declined = world.filing("declined")
    year = int(FiscalYear.of(timezone.localdate()) + 5)
    office = client_of(world.actor(Role.REVIEWER))
    mine = client_of(world.actor(Role.DRAFTER))
    other = client_of(world.actor(Role.DRAFTER, world.gifu))
    url = f"/retention/filings/{declined.pk}/"
    for client in (office, mine):
        assert url in client.get(f"/retention/?year={year}").content.decode()
        assert "保存期間表、交付に至らなかった申請" in client.get(url).content.decode()
    assert url not in other.get(f"/retention/?year={year}").content.decode()
    assert other.get(url).status_code == 404
    going = world.filing("submitted", world.tottori)
    assert office.get(f"/retention/filings/{going.pk}/").status_code == 404


@pytest.mark.django_db
def test_the_list_asks_as_often_for_eight_as_for_three(world: World) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.REVIEWER))
    year = int(FiscalYear.of(timezone.localdate()) + 5)
    codes = ["20", "21", "31", "01", "04", "13", "23", "27"]

    def asked(some: list[str]) -> int:
        for code in some:
            world.act(
                world.submit(world.draft(world.bodies[code])),
                "withdraw",
                world.actor(Role.APPROVER, world.bodies[code]),
                reason="計画の見直し",
            )
        client.get(f"/retention/?year={year}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/retention/?year={year}").status_code == 200
        return len(queries)

    assert asked(codes[:3]) == asked(codes[3:])
