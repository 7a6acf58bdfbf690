"""閲覧の許可: what was opened is read, by that person, in that time, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Award
from grants.filings.api import Filing, SealedVersion
from grants.readings.api import (
    Reading,
    ReadPage,
    audit_office_of,
    end_reading,
    extend_reading,
    open_reading,
)
from grants.readings.rules import end_of, end_reasons, midnight, period_reasons
from portal.access.api import Role
from portal.accounts.api import Invitation, Organisation
from portal.audit.api import verify
from portal.audit.models import Event
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.claims import claiming
from tests.world import World, client_of, ensure_cache_table

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("starts", "ends", "count"),
    [
        pytest.param(TODAY, TODAY, 0, id="内閣府の運用-one-day"),
        pytest.param(TODAY, TODAY + timedelta(days=89), 0, id="内閣府の運用-the-whole-limit"),
        pytest.param(TODAY, TODAY + timedelta(days=90), 1, id="内閣府の運用-a-day-more"),
        pytest.param(TODAY - timedelta(days=1), TODAY, 1, id="内閣府の運用-begun-before"),
        pytest.param(TODAY + timedelta(days=2), TODAY, 1, id="内閣府の運用-ends-before-it-begins"),
    ],
)
def test_for_how_long_a_case_is_opened(starts: date, ends: date, count: int) -> None:
    assert len(list(period_reasons(starts, ends, today=TODAY, most=90))) == count


def test_a_longer_period_counts_from_its_first_day() -> None:
    first = TODAY - timedelta(days=80)
    assert not list(end_reasons(first, first + timedelta(days=89), today=TODAY, most=90))
    assert list(end_reasons(first, first + timedelta(days=90), today=TODAY, most=90))


def test_a_day_begins_and_ends_in_japan() -> None:
    assert midnight(TODAY).isoformat() == "2026-11-26T00:00:00+09:00"
    assert end_of(TODAY).isoformat() == "2026-11-27T00:00:00+09:00"


def reader_of(world: World, body: Organisation, name: str = "赤羽 修", login: str = "") -> Actor:
    office = audit_office_of(body)
    address = login or f"audit{body.prefecture_id}@body.example"
    return world.cast.add(office, Role.READER, name, address, signs_in=False)


def opened(world: World, award: Award, reader: Actor, **given: Any) -> Reading:
    today = timezone.localdate()
    email = f"audit{award.grantee.prefecture_id}@body.example"
    return open_reading(
        **{
            "actor": world.actor(Role.PREFECTURE_ADMIN, award.grantee),
            "awards": [award],
            "name": reader.name,
            "email": email,
            "purpose": "令和8年度の定期監査",
            "starts_on": today,
            "ends_on": today + timedelta(days=30),
            **given,
        }
    )


def move(reading: Reading, starts: timedelta, ends: timedelta) -> None:
    """The period as seen from now, by the database's clock; its beginning is kept by a trigger."""
    now = timezone.now()
    with pgtrigger.ignore("readings.Reading:reading_kept"):
        Reading.objects.filter(pk=reading.pk).update(starts_at=now + starts, ends_at=now + ends)


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def sees(client: Client, award: Award) -> set[int]:
    sealed = SealedVersion.objects.filter(filing=award.decision.filing).latest("number")
    paper = Document.objects.filter(case_id=award.case_id, is_filed=True).latest("created_at")
    urls = (
        reverse("readings:case", args=[award.pk]),
        award.get_absolute_url(),
        reverse("filings:version", args=[sealed.pk]),
        paper.get_absolute_url(),
    )
    return {client.get(url).status_code for url in urls}


@pytest.mark.django_db
def test_what_is_opened_is_read_and_written_down(world: World, award: Award) -> None:
    ensure_cache_table()
    drain()
    reader = reader_of(world, award.grantee)
    client = client_of(reader)
    assert sees(client, award) == {404}
    assert "いま読める案件はありません" in client.get(reverse("readings:list")).content.decode()
    reading = opened(world, award, reader)
    page = client.get(reverse("readings:list")).content.decode()
    assert reverse("readings:case", args=[award.pk]) in page
    assert sees(client, award) == {200}
    pages = list(ReadPage.objects.filter(reading=reading).order_by("id"))
    assert [one.label for one in pages] == [
        "閲覧の許可を見る",
        "開かれた案件を読む",
        "申請を見る",
        "申請を見る",
        "書類を開く",
    ]
    assert pages[-1].is_file
    admin = client_of(world.actor(Role.PREFECTURE_ADMIN))
    log = admin.get(reading.get_absolute_url()).content.decode()
    assert "書類を取り出した" in log
    assert str(award.decision.filing) in log
    event = Event.objects.get(verb="readings.open")
    assert (event.case_id, event.article) == (award.case_id, "地方自治法199条")
    assert verify() == []


@pytest.mark.django_db
def test_a_paper_that_is_taken_out_says_by_whom_and_when(world: World, award: Award) -> None:
    ensure_cache_table()
    drain()
    reader = reader_of(world, award.grantee)
    opened(world, award, reader)
    paper = Document.objects.filter(case_id=award.case_id, kind="application").latest("created_at")
    answer = client_of(reader).get(paper.get_absolute_url())
    texts = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert all("赤羽" in "".join(text.split()) for text in texts)
    assert "監査委員事務局" in "".join(texts[0].split())
    own = client_of(world.actor(Role.DRAFTER)).get(paper.get_absolute_url())
    assert "赤羽" not in PdfReader(BytesIO(own.content)).pages[0].extract_text()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts", "ends", "status"),
    [
        pytest.param(timedelta(days=1), timedelta(days=2), 404, id="the-day-before-it-begins"),
        pytest.param(timedelta(hours=-1), timedelta(hours=1), 200, id="within"),
        pytest.param(timedelta(days=-2), timedelta(seconds=-1), 404, id="the-second-after-it-ends"),
    ],
)
def test_it_begins_and_ends_by_itself(
    world: World, award: Award, starts: timedelta, ends: timedelta, status: int
) -> None:
    ensure_cache_table()
    drain()
    reader = reader_of(world, award.grantee)
    move(opened(world, award, reader), starts, ends)
    assert sees(client_of(reader), award) == {status}


@pytest.mark.django_db
def test_near_misses_find_nothing(world: World, award: Award) -> None:
    """Another case of the same body, the 監査委員 of another body, a colleague of the same office."""
    ensure_cache_table()
    drain()
    reader = reader_of(world, award.grantee)
    opened(world, award, reader)
    other = closing.award_of(world, world.gifu)
    drain()
    assert sees(client_of(reader), other) == {404}
    assert sees(client_of(reader_of(world, world.gifu)), award) == {404}
    colleague = reader_of(world, award.grantee, "古畑 静", "colleague@body.example")
    assert sees(client_of(colleague), award) == {404}
    draft = world.draft(world.tottori)
    assert client_of(reader).get(draft.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_another_year_of_the_same_body_stays_closed(world: World, award: Award) -> None:
    reader = reader_of(world, award.grantee)
    opened(world, award, reader)
    last_year = Filing.objects.create(
        kind="application",
        programme=_older(world),
        grantee=award.grantee,
        receipt_number="2025-A-0001",
        first_submitted_at=timezone.now(),
        submitted_at=timezone.now(),
    )
    seen = Filing.objects.for_user(reader)
    assert seen.filter(pk=award.case_id).exists()
    assert not seen.filter(pk=last_year.pk).exists()


def _older(world: World) -> Any:
    from grants.programmes.api import open_programme

    manager = world.actor(Role.PROGRAMME_MANAGER)
    return open_programme(actor=manager, fiscal_year=world.programme.fiscal_year - 1)


@pytest.mark.django_db
def test_drafts_points_and_accounts_stay_with_their_own(world: World, award: Award) -> None:
    ensure_cache_table()
    claim = claiming.accepted(world, award, 1_000)
    drain()
    reader = reader_of(world, award.grantee)
    opened(world, award, reader)
    client = client_of(reader)
    account = claim.account
    assert account is not None
    for document in Document.objects.for_user(reader):
        assert document.kind != "claim"
    version = SealedVersion.objects.get(filing=claim.filing)
    page = client.get(reverse("filings:version", args=[version.pk])).content.decode()
    assert account.number not in page
    assert account.holder not in page
    assert client.get(reverse("claim:examine", args=[claim.pk])).status_code in (403, 404)
    for name in ("contractors:list", "settlements:list", "claim:list"):
        assert client.get(reverse(name)).status_code == 403


@pytest.mark.django_db
def test_a_new_person_is_invited_with_an_account_of_their_own(world: World, award: Award) -> None:
    ensure_cache_table()
    admin = client_of(world.actor(Role.PREFECTURE_ADMIN))
    today = timezone.localdate()
    form = {
        "awards": [str(award.pk)],
        "name": "竹内 光",
        "email": "New.Person@audit.example",
        "purpose": "定期監査",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=120)).isoformat(),
    }
    answer = admin.post(reverse("readings:open"), form)
    assert answer.status_code == 422
    assert "90日までです" in answer.content.decode()
    form["ends_on"] = (today + timedelta(days=10)).isoformat()
    assert admin.post(reverse("readings:open"), form).status_code == 302
    invitation = Invitation.objects.get(email="new.person@audit.example")
    assert (invitation.role, invitation.organisation.kind) == (Role.READER, "audit_office")
    drain()
    assert ["new.person@audit.example"] in [one.to for one in mail.outbox]
    for role in (Role.DRAFTER, Role.APPROVER):
        assert client_of(world.actor(role)).get(reverse("readings:open")).status_code == 403


@pytest.mark.django_db
def test_made_longer_with_a_reason_and_ended_early(world: World, award: Award) -> None:
    ensure_cache_table()
    drain()
    reader = reader_of(world, award.grantee)
    reading = opened(world, award, reader)
    admin, today = world.actor(Role.PREFECTURE_ADMIN), timezone.localdate()
    with pytest.raises(Refused, match="90日まで"):
        extend_reading(
            actor=admin, reading=reading, ends_on=today + timedelta(days=90), reason="続く。"
        )
    with pytest.raises(Refused, match="より後の日付"):
        extend_reading(actor=admin, reading=reading, ends_on=reading.ends_on, reason="続く。")
    page = client_of(admin)
    url = reverse("readings:extend", args=[reading.pk])
    typed = {"ends_on": (today + timedelta(days=60)).isoformat(), "reason": "監査が続くため。"}
    assert page.post(url, typed).status_code == 302
    assert Event.objects.get(verb="readings.extend").data["said"]["理由"] == "監査が続くため。"
    end = {"reason": "監査が終わったため。", "request_key": str(uuid4())}
    url = reverse("readings:end", args=[reading.pk])
    assert page.post(url, end).status_code == 302
    assert page.post(url, end).status_code == 302, "a second click changes nothing more"
    assert Event.objects.filter(verb="readings.end").count() == 1
    assert sees(client_of(reader), award) == {404}
    with pytest.raises(Refused, match="すでに終わっています"):
        end_reading(actor=admin, reading=reading, reason="もう一度。")


@pytest.mark.django_db
def test_what_was_read_cannot_be_rewritten(world: World, award: Award) -> None:
    ensure_cache_table()
    reader = reader_of(world, award.grantee)
    reading = opened(world, award, reader)
    client_of(reader).get(reverse("readings:case", args=[award.pk]))
    with pytest.raises(DatabaseError), transaction.atomic():
        ReadPage.objects.filter(reading=reading).update(label="別の画面")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(email="other@body.example")
    with pytest.raises(DatabaseError), transaction.atomic():
        reading.cases.all().delete()


@pytest.mark.django_db
def test_another_prefecture_neither_opens_nor_sees(world: World, award: Award) -> None:
    ensure_cache_table()
    reading = opened(world, award, reader_of(world, award.grantee))
    stranger = world.actor(Role.PREFECTURE_ADMIN, world.gifu)
    with pytest.raises(Refused, match="あなたの都道府県の案件"):
        opened(world, award, reader_of(world, world.gifu), actor=stranger)
    client = client_of(stranger)
    for name in ("detail", "extend", "end"):
        assert client.get(reverse(f"readings:{name}", args=[reading.pk])).status_code == 404
    office = client_of(world.actor(Role.AUDITOR))
    assert office.get(reverse("readings:list")).status_code == 403


@pytest.mark.django_db
def test_the_list_asks_the_same_for_three_and_for_eight(world: World, award: Award) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.PREFECTURE_ADMIN))
    reader = reader_of(world, award.grantee)

    def asked() -> int:
        client.get(reverse("readings:list"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("readings:list")).status_code == 200
        return len(queries)

    for _ in range(3):
        opened(world, award, reader)
    at_three = asked()
    for _ in range(5):
        opened(world, award, reader)
    assert asked() == at_three
