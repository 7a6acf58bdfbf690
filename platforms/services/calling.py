"""Calling a meeting together, and its minutes as a file or a paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused
from portal.documents.api import Document, Limits, attach, request_document
from portal.outbox.api import enqueue, handles

from ..invitation import calendar_of
from ..models import Meeting, Member, Minutes, Platform
from ..payload import minutes_payload
from .saving import DISCUSSION_ARTICLE

MINUTES_FILE = "meeting_minutes"


def call_together(*, actor: Actor, meeting: Meeting) -> int:
    """Tells every member, once for each version of the meeting; returns how many have a mail.

    Raises Refused for a meeting that is over.
    """
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if not locked.is_coming:
            raise Refused(["開催日が過ぎた会議は、通知できません。"])
        locked.notified_at = timezone.now()
        locked.save(update_fields=["notified_at"])
        members = locked.platform.members.active(timezone.localdate())
        reached = list(members.exclude(contact_email="").values_list("pk", flat=True))
        for pk in reached:
            key = f"{locked.pk}:{locked.version}:{pk}"
            enqueue("platforms.invite", key, {"meeting": str(locked.pk), "member": str(pk)})
        key = f"platforms.meeting_called:{locked.pk}:{locked.version}"
        enqueue(
            "notify",
            key,
            {"message": "platforms.meeting_called", "pk": str(locked.pk), "key": key},
        )
        record(
            actor,
            "platforms.meeting.call",
            "会議の開催を通知する",
            locked,
            article=DISCUSSION_ARTICLE,
            data={"said": {"開催日": locked.held_on.isoformat(), "メール": f"{len(reached)}団体"}},
        )
    return len(reached)


@handles("platforms.invite")
def send_invitation(payload: Mapping[str, Any]) -> None:
    """Mail to one member with the entry for its calendar."""
    meeting = Meeting.objects.select_related("platform__owner").get(pk=payload["meeting"])
    address = Member.objects.values_list("contact_email", flat=True).get(pk=payload["member"])
    if not address:
        return
    where = f"場所：{meeting.place}\n" if meeting.place else ""
    text = (
        f"{meeting.platform.owner.name}から、会議の開催をお知らせします。\n\n"
        f"{meeting.platform} {meeting}\n"
        f"開催日：{day_with_weekday(meeting.held_on)}\n{where}\n"
        "添付のファイルを開くと、予定表に登録できます。\n"
    )
    mail = EmailMessage(f"【会議の開催】{meeting.platform} {meeting}", text, to=[address])
    mail.attach("meeting.ics", calendar_of(meeting), "text/calendar")
    mail.send()


def readers_of(platform: Platform) -> list[Organisation]:
    """Who may open the papers of its meetings: its prefecture, and members that sign in."""
    own = Member.objects.filter(platform=platform).active(timezone.localdate())
    ids = own.exclude(organisation=None).values("organisation_id")
    return [platform.owner, *Organisation.objects.filter(pk__in=ids)]


def make_minutes(*, actor: Actor, meeting: Meeting) -> Document:
    """Asks for the minutes as a PDF; the same content makes one paper. Raises Refused."""
    if meeting.is_coming:
        raise Refused(["会議を開いた後に、出席と議題を登録してから作成してください。"])
    with transaction.atomic():
        locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        payload = json.dumps(minutes_payload(locked), ensure_ascii=False, sort_keys=True)
        sha256 = hashlib.sha256(payload.encode()).hexdigest()
        minutes, created = Minutes.objects.get_or_create(
            meeting=locked, sha256=sha256, defaults={"payload": payload}
        )
        document = request_document(
            kind="minutes",
            title=f"{locked.platform} {locked}議事録",
            subject=minutes,
            payload_hash=sha256,
            issuer=locked.platform.owner,
            readers=readers_of(locked.platform),
            is_filed=True,
        )
        if created:
            record(
                actor,
                "platforms.minutes.make",
                "議事録を作成する",
                locked,
                article=DISCUSSION_ARTICLE,
                data={"said": {"識別値": sha256[:12]}},
            )
    return document


def attach_minutes(*, actor: Actor, meeting: Meeting, upload: UploadedFile) -> Document:
    """Keeps the office's own minutes as a file. Raises ValidationError."""
    with transaction.atomic():
        document = attach(
            actor=actor,
            upload=upload,
            kind=MINUTES_FILE,
            subject=meeting,
            limits=Limits(),
            readers=readers_of(meeting.platform),
        )
        Document.objects.filter(pk=document.pk).update(is_filed=True)
        record(
            actor,
            "platforms.minutes.attach",
            "議事録のファイルを登録する",
            meeting,
            article=DISCUSSION_ARTICLE,
            data={"said": {"ファイル": document.title, "識別値": document.sha256[:12]}},
        )
    return document
