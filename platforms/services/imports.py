"""Taking a list of members: read within limits, shown first, and written all or nothing."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Limits as FileLimits
from portal.documents.api import attach, read_file
from portal.spreadsheets.api import (
    Limits,
    Marked,
    UploadRefusedError,
    Workbook,
    annotated_copy,
    open_upload,
    read_table,
)

from ..memberlist import MEMBER_LIST, Line, ListPlan, plan_list
from ..models import Member, MemberImport, Platform
from .saving import PLATFORM_ARTICLE

_MOST_BYTES = 25 * 1024 * 1024
_MOST_ROWS = 10_000


def receive_members(
    *, actor: Actor, platform: Platform, upload: UploadedFile, side: str, joined_on: date
) -> MemberImport:
    """Keeps a list that can be read. Raises ValidationError with the reason."""
    try:
        read_table(_opened(upload.read(), upload.name or ""), MEMBER_LIST)
    except UploadRefusedError as refused:
        raise ValidationError(refused.message) from None
    upload.seek(0)
    document = attach(
        actor=actor,
        upload=upload,
        kind="member_list",
        subject=platform,
        limits=FileLimits(file_bytes=_MOST_BYTES),
    )
    return MemberImport.objects.create(
        platform=platform,
        document=document,
        side=side,
        joined_on=joined_on,
        uploaded_by_id=actor.user_id,
    )


def _opened(content: bytes, name: str) -> Workbook:
    return open_upload(content, name, Limits(max_bytes=_MOST_BYTES, max_rows=_MOST_ROWS))


def open_kept(held: MemberImport, separate: frozenset[int] = frozenset()) -> ListPlan:
    """What the list would change now. Raises UploadRefusedError."""
    reading = read_table(_opened(read_file(held.document), held.document.title), MEMBER_LIST)
    known = held.platform.members.order_by("joined_on", "pk")
    return plan_list(reading, known, side=held.side, joined_on=held.joined_on, separate=separate)


def annotated(held: MemberImport) -> bytes:
    """The same list with every problem on its cell, and a list of them."""
    content = read_file(held.document)
    workbook = _opened(content, held.document.title)
    reading = read_table(workbook, MEMBER_LIST)
    plan = open_kept(held)
    return annotated_copy(content, workbook, Marked(reading.sheet_name, plan.problems))


def take_members(
    *, actor: Actor, held: MemberImport, separate: frozenset[int], seen: str
) -> ListPlan:
    """Writes the whole list or nothing; `seen` is `fingerprint()` as the preview showed it.

    Raises Refused for a list with errors, one taken already, or members changed meanwhile.
    """
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=held.platform_id)
        locked = MemberImport.objects.select_for_update(of=("self",)).get(pk=held.pk)
        plan = open_kept(locked, separate)
        reasons = _reasons(locked, plan, seen)
        if reasons:
            raise Refused(reasons)
        _write(locked, plan)
        locked.taken_at = timezone.now()
        locked.save(update_fields=["taken_at"])
        record(
            actor,
            "platforms.members.take",
            "参画団体の名簿を取り込む",
            locked.platform,
            article=PLATFORM_ARTICLE,
            data={
                "said": {
                    "新規": f"{len(plan.new)}団体",
                    "変更": f"{len(plan.changed)}団体",
                    "同じ団体とした行": f"{sum(len(line.rows) for line in plan.merged)}行",
                    "ファイルの識別値": held.document.sha256[:12],
                }
            },
        )
    return plan


def fingerprint(platform: Platform) -> str:
    """Different when a member was added or changed."""
    found = platform.members.aggregate(count=Count("pk"), versions=Sum("version"))
    return f"{found['count']}.{found['versions'] or 0}"


def _reasons(held: MemberImport, plan: ListPlan, seen: str) -> list[str]:
    reasons = []
    if held.taken_at is not None:
        reasons.append("この名簿は、すでに取り込みました。")
    if plan.errors:
        reasons.append(f"エラーが{plan.errors}件あります。直したファイルを選び直してください。")
    if not reasons and seen != fingerprint(held.platform):
        reasons.append(
            "この画面を開いた後に、参画団体の登録が変わりました。"
            "何も取り込んでいません。違いを確かめ直してください。"
        )
    return reasons


def _write(held: MemberImport, plan: ListPlan) -> None:
    Member.objects.bulk_create(
        [Member(platform=held.platform, **line.values) for line in plan.new], batch_size=500
    )
    changed = [_changed(line) for line in plan.changed]
    if changed:
        names = [key for key in plan.changed[0].values if key != "name"]
        Member.objects.bulk_update(changed, [*names, "version"], batch_size=500)


def _changed(line: Line) -> Member:
    member = line.known
    assert member is not None
    for key, value in line.values.items():
        if key != "name" and value:
            setattr(member, key, value)
    member.version += 1
    return member
