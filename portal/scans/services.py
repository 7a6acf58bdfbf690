"""Taking a scan as it comes, and reading it once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor, system
from portal.documents.api import Limits, attach, read_file
from portal.outbox.api import handles
from portal.workflow.api import perform

from .effects import ask_for_reading
from .models import Scan
from .reading import ReadingRefused, read_codes
from .states import ScanState

_SCOPE = "scans.read"


def receive_scan(*, actor: Actor, upload: UploadedFile, limits: Limits) -> Scan:
    """The same file of the same office is the same scan; one that was dropped begins anew.

    Raises ValidationError with what to do about the file.
    """
    office = Organisation.objects.get(pk=actor.organisation_id)
    with transaction.atomic():
        document = attach(actor=actor, upload=upload, kind="scan", subject=office, limits=limits)
        scan, is_new = Scan.objects.get_or_create(
            document=document,
            defaults={
                "organisation": office,
                "uploaded_by_id": actor.user_id,
                "uploaded_by_name": actor.name,
            },
        )
        if is_new:
            # Read through the scan alone until it is filed.
            document.readers.clear()
            ask_for_reading(scan, scan.version)
            record(
                actor,
                "scans.upload",
                "署名・押印済みの写しを選ぶ",
                scan,
                case_id=scan.pk,
                data={"said": {"ファイル": str(scan), "ファイルの識別値": document.sha256}},
                visibility=Visibility.ORGANISATION,
            )
        elif scan.state == ScanState.DROPPED:
            scan = perform(Scan, scan.pk, "restart", actor).subject
    return scan


def _give_up(payload: Mapping[str, Any]) -> None:
    scan = Scan.objects.get(pk=payload["pk"])
    if scan.state == ScanState.READING:
        _refuse(scan, "damaged")


@handles("scans.read", gives_up=_give_up)
def read_scan(payload: Mapping[str, Any]) -> None:
    """Finds the codes and keeps them; a repeat does nothing."""
    scan = Scan.objects.select_related("document").get(pk=payload["pk"])
    if scan.state != ScanState.READING:
        return
    try:
        codes = read_codes(read_file(scan.document))
    except ReadingRefused as refusal:
        _refuse(scan, refusal.code)
        return
    Scan.objects.filter(pk=scan.pk).update(codes=[[code.page, code.seal] for code in codes])
    perform(Scan, scan.pk, "finish", system(_SCOPE))


def _refuse(scan: Scan, code: str) -> None:
    Scan.objects.filter(pk=scan.pk).update(refusal=code)
    perform(Scan, scan.pk, "fail", system(_SCOPE))
