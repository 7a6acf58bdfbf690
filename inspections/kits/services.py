"""Asking for a kit, making it in a worker, taking it out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from grants.awards.api import Award
from grants.filings.api import canonical
from portal.audit.api import INTERNAL, Visibility, record
from portal.core.actor import Actor, system
from portal.documents.api import keep_bundle, parts_of_bundle
from portal.outbox.api import enqueue, handles
from portal.workflow.api import perform

from .contents import entries_of
from .models import Kit
from .packing import pack
from .states import KitState

TOPIC = "kits.make"


def ask_for_kit(*, actor: Actor, award: Award) -> Kit:
    """What goes in is settled now, by what this person may read; a worker puts it together."""
    with transaction.atomic():
        kit = Kit.objects.create(
            award=award,
            payload=canonical({"form": "kit/1", "entries": entries_of(award, actor)}),
            asked_by_id=actor.user_id,
            asked_by_name=actor.name,
            asked_in=actor.role,
        )
        enqueue(TOPIC, str(kit.pk), {"pk": str(kit.pk)})
        _record(actor, "kits.ask", "検査の資料を求める", kit)
    return kit


def take_out(*, actor: Actor, kit: Kit) -> Iterator[bytes]:
    """The file in parts, to be streamed; that it left the portal, and with whom, is on record."""
    with transaction.atomic():
        _record(actor, "kits.take_out", "検査の資料を取り出す", kit)
    return parts_of_bundle(kit.file)


def _give_up(payload: Mapping[str, Any]) -> None:
    kit = Kit.objects.get(pk=payload["pk"])
    if kit.state == KitState.QUEUED:
        perform(Kit, kit.pk, "fail", system(TOPIC))


@handles(TOPIC, gives_up=_give_up, queue="papers")
def make_kit(payload: Mapping[str, Any]) -> None:
    """Stores the file under its hash and marks the kit ready; a repeat does nothing."""
    kit = Kit.objects.for_pages().get(pk=payload["pk"])
    if kit.state != KitState.QUEUED:
        return
    with tempfile.TemporaryFile() as packed:
        pack(kit, packed)
        made = keep_bundle(packed)
    Kit.objects.filter(pk=kit.pk).update(file=made.file, sha256=made.sha256, size=made.size)
    perform(Kit, kit.pk, "finish", system(TOPIC))


def _record(actor: Actor, verb: str, label: str, kit: Kit) -> None:
    record(
        actor,
        verb,
        label,
        kit,
        article=INTERNAL,
        case_id=kit.pk,
        data={"said": {"団体": kit.grantee.name, "ファイル": f"{len(kit.entries)}件"}},
        visibility=Visibility.ORGANISATION,
    )
