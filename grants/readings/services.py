"""Opening cases to somebody, making it longer, ending it, and keeping account of what was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award
from portal.access.api import OrganisationKind, Read, Role
from portal.accounts.api import Membership, Organisation, invite
from portal.audit.api import already_recorded, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .models import Reading, ReadingCase, ReadPage
from .rules import end_of, end_reasons, midnight, period_reasons

LAW = "地方自治法199条"


def audit_office_of(grantee: Organisation) -> Organisation:
    """Of a prefecture: made when the first case is opened."""
    office, _ = Organisation.objects.get_or_create(
        kind=OrganisationKind.AUDIT_OFFICE,
        prefecture_id=grantee.prefecture_id,
        defaults={"name": f"{grantee.name}監査委員事務局"},
    )
    found: Organisation = office
    return found


def open_reading(
    *,
    actor: Actor,
    awards: Sequence[Award],
    name: str,
    email: str,
    purpose: str,
    starts_on: date,
    ends_on: date,
) -> Reading:
    """Whoever has no account yet is invited. Raises Refused with every reason against it."""
    most = most_days(awards)
    today = timezone.localdate()
    reasons = list(period_reasons(starts_on, ends_on, today=today, most=most))
    if not awards:
        reasons.append("閲覧できる案件を、1つ以上選んでください。")
    if any(award.grantee_id != actor.organisation_id for award in awards):
        reasons.append("開けるのは、あなたの都道府県の案件です。")
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        grantee = Organisation.objects.select_for_update().get(pk=actor.organisation_id)
        office = audit_office_of(grantee)
        reading: Reading = Reading.objects.create(
            grantee=grantee,
            organisation=office,
            name=name,
            email=email.lower(),
            purpose=purpose,
            starts_at=midnight(starts_on),
            ends_at=end_of(ends_on),
            most_days=most,
            opened_by_id=actor.user_id,
            opened_by_name=actor.name,
        )
        ReadingCase.objects.bulk_create(
            ReadingCase(reading=reading, award=award) for award in awards
        )
        _let_in(actor, reading)
        for award in awards:
            _tell(
                actor,
                reading,
                "readings.open",
                "案件の閲覧を開く",
                award.case_id,
                {"期間": _period(reading), "目的": purpose},
            )
    return reading


def most_days(awards: Sequence[Award]) -> int:
    """The programme's limit; of several years the shortest."""
    return min((award.programme.terms().reading_days for award in awards), default=1)


def _let_in(actor: Actor, reading: Reading) -> None:
    known = Membership.objects.in_force().filter(
        organisation=reading.organisation, user__email=reading.email, role=Role.READER
    )
    if known.exists():
        key = f"readings.opened:{reading.pk}"
        enqueue("notify", key, {"message": "readings.opened", "pk": str(reading.pk), "key": key})
        return
    invite(
        actor=actor,
        organisation=reading.organisation,
        role=Role.READER,
        email=reading.email,
        name=reading.name,
    )


def extend_reading(*, actor: Actor, reading: Reading, ends_on: date, reason: str) -> Reading:
    """Within the limit of the whole period. Raises Refused for one that is over already."""
    with transaction.atomic():
        locked = _locked(reading)
        reasons = list(
            end_reasons(
                locked.starts_on, ends_on, today=timezone.localdate(), most=locked.most_days
            )
        )
        if ends_on <= locked.ends_on:
            reasons.append("いまの最後の日より後の日付にしてください。短くするときは、終えます。")
        if reasons:
            raise Refused(reasons)
        before = locked.ends_on
        locked.ends_at = end_of(ends_on)
        locked.save(update_fields=["ends_at"])
        said = {"前の最後の日": day_with_weekday(before), "期間": _period(locked), "理由": reason}
        _tell_all(actor, locked, "readings.extend", "案件の閲覧を延ばす", said)
    return locked


def end_reading(
    *, actor: Actor, reading: Reading, reason: str, request_key: UUID | None = None
) -> Reading:
    """From now on nothing of it is seen. A second click with the same key changes nothing more."""
    with transaction.atomic():
        found: Reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
        if already_recorded("readings.end", found.pk, request_key):
            return found
        locked = _locked(reading)
        locked.ended_at, locked.end_reason = timezone.now(), reason
        locked.ended_by_name = actor.name
        locked.save(update_fields=["ended_at", "end_reason", "ended_by_name"])
        _tell_all(
            actor, locked, "readings.end", "案件の閲覧を終える", {"理由": reason}, request_key
        )
    return locked


def _locked(reading: Reading) -> Reading:
    found: Reading | None = (
        Reading.objects.not_over()
        .select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=reading.pk)
        .first()
    )
    if found is None:
        raise Refused(["この閲覧は、すでに終わっています。"])
    return found


def _period(reading: Reading) -> str:
    return f"{day_with_weekday(reading.starts_on)}から{day_with_weekday(reading.ends_on)}まで"


def _tell_all(
    actor: Actor,
    reading: Reading,
    action: str,
    label: str,
    said: dict[str, str],
    request_key: UUID | None = None,
) -> None:
    for case in reading.cases.select_related("award__decision"):
        _tell(actor, reading, action, label, case.award.case_id, said, request_key)
        request_key = None


def _tell(
    actor: Actor,
    reading: Reading,
    action: str,
    label: str,
    case_id: UUID,
    said: dict[str, str],
    request_key: UUID | None = None,
) -> None:
    record(
        actor,
        action,
        label,
        reading,
        article=LAW,
        case_id=case_id,
        data={"said": {"閲覧する人": f"{reading.organisation.name} {reading.name}", **said}},
        request_key=request_key,
    )


def keep_account(read: Read) -> None:
    """Every page and file that a reader is given, under each reading that is open to them now."""
    if read.actor.role != Role.READER:
        return
    readings = Reading.objects.opened_now(read.actor)
    award = _award_of(read)
    if award is not None:
        grantee_id, programme_id = award
        readings = readings.filter(
            cases__award__grantee_id=grantee_id, cases__award__programme_id=programme_id
        ).distinct()
    ReadPage.objects.bulk_create(
        ReadPage(
            reading=reading,
            reader_id=read.actor.user_id,
            reader_name=read.actor.name,
            label=read.label[:100],
            about=str(read.subject or "")[:300],
            path=read.path[:300],
            is_file=read.is_file,
        )
        for reading in readings.order_by("opened_at")
    )


def _award_of(read: Read) -> tuple[UUID, UUID] | None:
    """Body and year of what was read, where it is one case's."""
    subject = getattr(read.subject, "filing", read.subject)
    if hasattr(subject, "programme_id") and hasattr(subject, "grantee_id"):
        return subject.grantee_id, subject.programme_id
    case_id = getattr(subject, "case_id", None)
    if case_id is None:
        return None
    found: tuple[UUID, UUID] | None = (
        Award.objects.for_user(read.actor)
        .filter(
            programme__filings=case_id,
            grantee__filings=case_id,
        )
        .values_list("grantee_id", "programme_id")
        .first()
    )
    return found
