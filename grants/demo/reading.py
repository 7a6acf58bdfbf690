"""Cases opened to 監査委員: one that is being read, one that is yet to begin, one that was ended."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from grants.awards.api import Award
from grants.readings.api import (
    Reading,
    audit_office_of,
    end_reading,
    keep_account,
    open_reading,
)
from portal.access.api import Read, Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor

from .people import Cast

_BODY = "20"


def load_readings(cast: Cast, bodies: dict[str, Organisation]) -> None:
    """Of the deep case, whose manager signs in too."""
    body = bodies[_BODY]
    office = audit_office_of(body)
    reader = cast.add(office, Role.READER, "赤羽 修", "auditor@nagano.example")
    cast.add(office, Role.READER, "古畑 静", "auditor2@nagano.example", signs_in=False)
    awards = list(
        Award.objects.filter(grantee=body)
        .select_related("programme", "decision__filing")
        .order_by("programme__fiscal_year")
    )
    if not awards:
        return
    admin, today = cast.actor(body, Role.PREFECTURE_ADMIN), timezone.localdate()
    cases = awards[:1]
    going = open_reading(
        actor=admin,
        awards=cases,
        name="赤羽 修",
        email="auditor@nagano.example",
        purpose="定期監査（財務）。委託料の支出と、概算払の精算の手続を確かめるため。",
        starts_on=today,
        ends_on=today + timedelta(days=30),
    )
    open_reading(
        actor=admin,
        awards=cases,
        name="古畑 静",
        email="auditor2@nagano.example",
        purpose="行政監査。居場所づくりの成果を確かめるため。",
        starts_on=today + timedelta(days=14),
        ends_on=today + timedelta(days=44),
    )
    ended = open_reading(
        actor=admin,
        awards=cases,
        name="古畑 静",
        email="auditor2@nagano.example",
        purpose="例月の出納検査の追加の確認。",
        starts_on=today,
        ends_on=today + timedelta(days=7),
    )
    end_reading(actor=admin, reading=ended, reason="確認が終わったため。")
    _read(reader, going, awards[0])


def _read(reader: Actor, reading: Reading, award: Award) -> None:
    filing = award.decision.filing
    keep_account(Read(reader, reading.get_absolute_url(), "閲覧の許可と記録を見る", reading, False))
    keep_account(Read(reader, filing.get_absolute_url(), "申請を見る", filing, False))
