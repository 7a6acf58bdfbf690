"""Applications that never became an award are kept to a computed end too (公文書管理法5条)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.filings.api import Filing, SealedVersion, digest
from grants.plans.api import PlanRevision
from grants.programmes.services import set_value
from grants.retention.api import Disposal, RemovedFile
from grants.retention.rules import kept_without_award
from grants.retention.unawarded import applications, papers_of, unawarded_of
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.dates import JST, FiscalYear
from portal.core.problems import Refused
from portal.outbox.api import drain
from tests.grants.retention import way
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
def test_from_the_proposal_to_the_register(world: World) -> None:
    """公文書管理法8条: proposed by one, approved by another, carried out by the worker; its hashes stay."""
    ensure_cache_table()
    declined, kept = world.filing("declined"), world.filing("decided", world.gifu)
    drain()
    count, others = papers_of(declined).count(), papers_of(kept).count()
    assert count
    before = {one.pk: one.sha256 for one in papers_of(declined)}
    assert PlanRevision.objects.filter(filing=declined).exclude(contact_name="").exists()
    url, propose_url = (f"/retention/filings/{declined.pk}/{end}" for end in ("", "propose/"))
    typed = {"measure": "dispose", "reason": "保存期間が満了したため。"}
    manager = world.actor(Role.PROGRAMME_MANAGER)
    early = client_of(manager).post(propose_url, typed)
    assert early.status_code == 409
    assert "満了の後に措置を決めてください" in early.content.decode()
    day = FiscalYear(FiscalYear.of(timezone.localdate()) + 5).end
    with time_machine.travel(datetime(day.year, 4, 1, 0, 0, tzinfo=JST)):
        client = client_of(manager)
        assert propose_url in client.get(url).content.decode()
        assert client.post(propose_url, typed).status_code == 302
        disposal = Disposal.objects.get(filing=declined)
        assert disposal.case_id == declined.case_id
        assert (
            "承認待ち" in client.get(f"/retention/?year={int(FiscalYear.of(day))}").content.decode()
        )
        assert client.post(propose_url, typed).status_code == 409, "one at a time"
        decider = client_of(world.actor(Role.DECIDER))
        assert (
            f"{count}件" in decider.get(disposal.transition_url("approve_removal")).content.decode()
        )
        way.approved(world, disposal)
        drain()
        disposal.refresh_from_db()
        assert disposal.state == "removed"
        shown = client.get(url).content.decode()
        assert "廃棄したファイル" in shown
        assert propose_url not in shown
    assert {one.document_id: one.sha256 for one in disposal.removed.all()} == before
    for document in papers_of(declined):
        assert document.sha256 not in before.values()
    assert not PlanRevision.objects.filter(filing=declined).exclude(contact_name="").exists()
    assert PlanRevision.objects.filter(filing=kept).exclude(contact_name="").exists()
    assert papers_of(kept).count() == others
    assert not RemovedFile.objects.filter(document_id__in=papers_of(kept).values("pk")).exists()
    _seals_and_story_verify(declined)


def _seals_and_story_verify(filing: Filing) -> None:
    sealed = SealedVersion.objects.get(filing=filing)
    assert digest(sealed.payload) == sealed.sha256
    assert verify() == []


@pytest.mark.django_db
def test_kept_longer_and_not_by_its_own_proposer(world: World) -> None:
    withdrawn = world.filing("withdrawn")
    end = FiscalYear(FiscalYear.of(timezone.localdate()) + 5).end
    until = FiscalYear(FiscalYear.of(end) + 3).end
    longer = way.proposed(world, withdrawn, measure="extend", extend_until=until)
    way.moved(longer, "approve_extension", world.actor(Role.DECIDER))
    [one] = unawarded_of(Filing.objects.filter(pk=withdrawn.pk))
    assert one.kept.until == until
    with (
        time_machine.travel(datetime(end.year, 4, 1, 9, 0, tzinfo=JST)),
        pytest.raises(Refused, match="満了の後に措置"),
    ):
        way.proposed(world, withdrawn)
    awarded = world.filing("decided", world.gifu)
    office = client_of(world.actor(Role.PROGRAMME_MANAGER))
    ensure_cache_table()
    assert office.get(f"/retention/filings/{awarded.pk}/propose/").status_code == 404
    mine = client_of(world.actor(Role.DRAFTER))
    assert mine.get(f"/retention/filings/{withdrawn.pk}/propose/").status_code == 403
    stranger = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert stranger.get(f"/retention/filings/{withdrawn.pk}/propose/").status_code == 404


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
