"""Asking for the ZIP of a request, making it in a worker, taking it out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from portal.audit.api import INTERNAL, Visibility, record
from portal.core.actor import Actor, system
from portal.core.problems import Refused
from portal.documents.api import keep_bundle, parts_of_bundle
from portal.outbox.api import enqueue, handles
from portal.workflow.api import perform

from .models import Bundle, DisclosureRequest
from .packing import given_by, pack, text_of
from .states import BundleState, RequestState

TOPIC = "disclosures.bundle"


def ask_for_bundle(*, actor: Actor, request: DisclosureRequest) -> Bundle:
    """One on its way at a time; a second click finds it. Raises Refused before the decision, and while
    the text that was decided on is still being made."""
    with transaction.atomic():
        locked = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        going: Bundle | None = locked.bundles.filter(state=BundleState.QUEUED).first()
        if going is not None:
            return going
        reasons = against_bundling(locked)
        if reasons:
            raise Refused(reasons)
        made: Bundle = Bundle.objects.create(
            request=locked, asked_by_id=actor.user_id, asked_by_name=actor.name
        )
        enqueue(TOPIC, str(made.pk), {"pk": str(made.pk)})
        _record(actor, "disclosures.bundle", "開示するファイルをまとめる", made)
    return made


def against_bundling(request: DisclosureRequest) -> list[str]:
    if request.state != RequestState.DISCLOSED:
        return ["開示を決定した後に、まとめられます。"]
    text = text_of(request)
    if text is None or not text.is_ready:
        return ["開示する文書を作成しています。できた後に、もう一度まとめてください。"]
    return []


def take_out(*, actor: Actor, bundle: Bundle) -> Iterator[bytes]:
    """The file in parts, to be streamed; that it left the portal, and with whom, is on record.

    Raises Refused for one that is not made, or was destroyed with its case.
    """
    if not bundle.is_ready:
        raise Refused(["一式はまだできていないか、案件とともに廃棄されました。"])
    with transaction.atomic():
        _record(actor, "disclosures.take_out", "開示するファイルの一式を取り出す", bundle)
    return parts_of_bundle(bundle.file)


def _give_up(payload: Mapping[str, Any]) -> None:
    bundle = Bundle.objects.get(pk=payload["pk"])
    if bundle.state == BundleState.QUEUED:
        perform(Bundle, bundle.pk, "fail", system(TOPIC))


@handles(TOPIC, gives_up=_give_up, queue="papers")
def make_bundle(payload: Mapping[str, Any]) -> None:
    """Stores the file under its hash and marks the bundle ready; a repeat does nothing."""
    bundle = Bundle.objects.for_pages().get(pk=payload["pk"])
    if bundle.state != BundleState.QUEUED:
        return
    with tempfile.TemporaryFile() as packed:
        pack(bundle, packed)
        made = keep_bundle(packed)
    Bundle.objects.filter(pk=bundle.pk).update(file=made.file, sha256=made.sha256, size=made.size)
    perform(Bundle, bundle.pk, "finish", system(TOPIC))


def _record(actor: Actor, verb: str, label: str, bundle: Bundle) -> None:
    said = {"ファイル": f"{len(given_by(bundle.request))}件"}
    if bundle.sha256:
        said["識別値"] = bundle.sha256
    record(
        actor,
        verb,
        label,
        bundle.request,
        article=INTERNAL,
        case_id=bundle.request_id,
        data={"said": said},
        visibility=Visibility.ORGANISATION,
    )
