"""All that a request gives as one ZIP: the index first, plain names, and nothing of what is hidden."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdf
import pytest
from django.db import transaction
from django.urls import reverse

from grants.disclosures.api import (
    Bundle,
    DisclosureRequest,
    ask_for_bundle,
    files_of,
)
from grants.disclosures.packing import INDEX, TEXT, pack
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused
from portal.documents.api import HASHES, Document, replace_content
from portal.outbox.api import drain
from portal.outbox.models import Message
from portal.outbox.services import MAX_ATTEMPTS
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.disclosures.test_disclosures import REQUESTER, SECRET, current, page, picked, rule
from tests.grants.disclosures.test_files import decide, masked
from tests.inspections.kits.test_kits import links
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db

HIDDEN_FILE = "山田花子の名簿"


@pytest.fixture
def decided(world: World) -> DisclosureRequest:
    """One file whole, one as a masked copy, the rest withheld; the masked one's title is hidden too."""
    ensure_cache_table()
    request = picked(world, closing.award_of(world))
    whole, part, *rest = files_of(request)
    Document.objects.filter(pk=part.document.pk).update(
        title=f"{SECRET}{HIDDEN_FILE}", original_name=f"{HIDDEN_FILE}.pdf"
    )
    decide(world, request, whole, outcome="whole")
    decide(world, request, part, outcome="part", ground="1", note="氏名", masked=masked())
    for one in rest:
        decide(world, request, one, outcome="withheld", ground="6")
    hidden = {"text": HIDDEN_FILE, "ground": "1", "note": "氏名"}
    rule(world, request, hidden)
    return current(request)


def disclose(world: World, request: DisclosureRequest) -> None:
    perform(DisclosureRequest, request.pk, "propose", world.actor(Role.REVIEWER))
    data = {**world.numbered(), "confirmed": True}
    perform(DisclosureRequest, request.pk, "disclose", world.actor(Role.DECIDER), data=data)
    drain()


def taken_out(world: World, request: DisclosureRequest) -> bytes:
    """Asked for and taken out in the browser."""
    client = client_of(world.actor(Role.REVIEWER))
    url = reverse("disclosures:bundle", args=[request.pk])
    assert "まとめたものは、まだありません" in page(client, url)
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 302, "a second click finds the first"
    bundle = Bundle.objects.get()
    assert "作成しています" in page(client, url)
    file = reverse("disclosures:bundle_file", args=[bundle.pk])
    assert client.get(file).status_code == 409
    drain()
    bundle.refresh_from_db()
    assert bundle.sha256 in page(client, url)
    answer: Any = client.get(file)
    content = b"".join(answer.streaming_content)
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (bundle.sha256, bundle.size)
    return content


def uncompressed(name: str, content: bytes) -> bytes:
    """Everything that a reader could find in a file: streams of a PDF, its words and its metadata."""
    if not name.endswith(".pdf"):
        return content
    opened, plain = pikepdf.open(BytesIO(content)), BytesIO()
    opened.save(
        plain,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.all,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    words = "".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(content)).pages)
    return plain.getvalue() + "".join(words.split()).encode()


def test_the_index_comes_first_and_every_hash_is_right(
    world: World, decided: DisclosureRequest
) -> None:
    disclose(world, decided)
    archive = ZipFile(BytesIO(taken_out(world, decided)))
    names = archive.namelist()
    assert names[:2] == [INDEX, TEXT]
    assert names[-1] == HASHES
    assert len(names) == 2 + 2 + 1, "the whole one and the masked copy; nothing withheld"
    for line in archive.read(HASHES).decode().splitlines():
        sha256, path = line.split("  ")
        assert hashlib.sha256(archive.read(path)).hexdigest() == sha256
    assert {name for name in names if not name.isascii()} == set()
    assert set(links(archive.read(INDEX))) == set(names[1:-1])
    verbs = set(
        Event.objects.filter(verb__startswith="disclosures.").values_list("verb", flat=True)
    )
    assert {"disclosures.bundle", "disclosures.take_out"} <= verbs
    assert verify() == []


def test_what_is_hidden_is_nowhere_in_its_bytes(world: World, decided: DisclosureRequest) -> None:
    _, part, *rest = files_of(decided)
    disclose(world, decided)
    content = taken_out(world, decided)
    archive = ZipFile(BytesIO(content))
    inside = b"\n".join(uncompressed(name, archive.read(name)) for name in archive.namelist())
    assert "開示する文書".encode() in inside, "the test can read what is there"
    for hidden in (HIDDEN_FILE, REQUESTER):
        for encoded in (hidden.encode(), hidden.encode("utf-16-be"), hidden.encode("cp932")):
            assert encoded not in inside
            assert encoded not in content
    given = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert part.document.sha256 not in given
    assert given.isdisjoint({one.document.sha256 for one in rest})


def test_the_same_decision_makes_the_same_bytes(world: World, decided: DisclosureRequest) -> None:
    disclose(world, decided)
    bundle = ask_for_bundle(actor=world.actor(Role.AUDITOR), request=decided)
    first, second = BytesIO(), BytesIO()
    pack(bundle, first)
    pack(bundle, second)
    assert first.getvalue() == second.getvalue()


def test_a_file_that_changed_since_makes_none_and_the_page_says_so(
    world: World, decided: DisclosureRequest
) -> None:
    disclose(world, decided)
    whole, *_ = files_of(decided)
    with transaction.atomic():
        replace_content(
            document=whole.document,
            content=b"%PDF-1.7 other",
            name="other.pdf",
            content_type="application/pdf",
            is_known_again=False,
        )
    bundle = ask_for_bundle(actor=world.actor(Role.REVIEWER), request=decided)
    with pytest.raises(ValueError, match="decided on"):
        pack(bundle, BytesIO())
    Message.objects.filter(key__endswith=str(bundle.pk)).update(attempts=MAX_ATTEMPTS - 1)
    drain()
    bundle.refresh_from_db()
    assert bundle.state == "failed"
    url = reverse("disclosures:bundle", args=[decided.pk])
    assert "作成できませんでした" in page(client_of(world.actor(Role.REVIEWER)), url)


def test_nothing_is_put_together_before_the_decision(
    world: World, decided: DisclosureRequest
) -> None:
    client = client_of(world.actor(Role.REVIEWER))
    url = reverse("disclosures:bundle", args=[decided.pk])
    assert client.post(url).status_code == 409
    assert url not in page(client, decided.get_absolute_url())
    with pytest.raises(Refused, match="決定した後"):
        ask_for_bundle(actor=world.actor(Role.REVIEWER), request=decided)
    drafter = client_of(world.actor(Role.DRAFTER))
    assert drafter.get(url).status_code == 404
