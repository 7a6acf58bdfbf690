"""Equal contents are one file, which stays while any document holds it or is about to."""

from __future__ import annotations

import time
from threading import Event

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from portal.accounts.api import Organisation
from portal.core.actor import system
from portal.documents.api import Document, Limits, attach, take_away
from tests.workflow.races import SECONDS, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offices() -> list[Organisation]:
    return [Organisation.objects.create(name=name, kind="contractor") for name in ("甲", "乙")]


def kept(office: Organisation) -> Document:
    upload = SimpleUploadedFile("名簿のない集計.csv", "keeping,集計\n1,2\n".encode())
    return attach(actor=system("test"), upload=upload, kind="test", subject=office, limits=Limits())


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone() is not None


def test_bytes_on_their_way_into_another_document_are_not_taken_away(
    offices: list[Organisation],
) -> None:
    first, another = offices
    old = kept(first)
    name, stored, ended = old.file, Event(), Event()

    def keep_slowly() -> Document:
        with transaction.atomic():
            made = kept(another)
            stored.set()
            until = time.monotonic() + SECONDS / 2
            while not (somebody_waits() or ended.is_set()) and time.monotonic() < until:
                time.sleep(0.01)
        return made

    def take() -> None:
        assert stored.wait(SECONDS / 2)
        with transaction.atomic():
            take_away(old)
        ended.set()

    results = at_once(keep_slowly, take)
    assert failures(results) == []
    assert results[0].file == name
    assert default_storage.exists(name)


def test_the_last_document_takes_the_bytes_with_it(offices: list[Organisation]) -> None:
    papers = [kept(office) for office in offices]
    name = papers[0].file
    assert papers[1].file == name
    for paper, is_kept in zip(papers, (True, False), strict=True):
        with transaction.atomic():
            take_away(paper)
        assert default_storage.exists(name) is is_kept
