"""What a transition of a scan does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.actor import Actor
from portal.documents.api import Document, file_with
from portal.outbox.api import enqueue

from .matching import issued_paper
from .models import Scan

KIND = "signed_copy"
Data = Mapping[str, Any]


def file_copy(scan: Scan, actor: Actor, data: Data) -> None:
    """Beside the paper: its case, its subject, its readers. Raises ValidationError for another's."""
    issued = issued_paper(actor, data["issued"])
    if issued is None:
        raise ValidationError("選んだ書類がありません。書類を選び直してください。")
    reading = scan.reading
    scan.issued, scan.is_by_hand = issued, issued.payload_hash != reading.seal
    scan.filed_by_name, scan.filed_at = actor.name, timezone.now()
    copy = Document.objects.select_for_update().get(pk=scan.document_id)
    file_with(copy, beside=issued, kind=KIND, title=f"{issued.title}（署名・押印済みの写し）")
    said: dict[str, str] = data["_said"]
    said["書類"], said["書類の識別値"] = issued.title, issued.payload_hash
    said["ファイルの識別値"] = copy.sha256
    said["見つけ方"] = "人が選んだ" if scan.is_by_hand else f"{reading.page}ページ目の二次元コード"


def read_again(scan: Scan, actor: Actor, data: Data) -> None:
    scan.codes, scan.refusal = [], ""
    ask_for_reading(scan, scan.version + 1)


def ask_for_reading(scan: Scan, version: int) -> None:
    enqueue("scans.read", f"{scan.pk}:{version}", {"pk": str(scan.pk)})
