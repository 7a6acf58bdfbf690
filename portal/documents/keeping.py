"""Files under their hash: equal contents are one file, and it stays while any document holds it."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from .models import Document


def store(content: bytes) -> tuple[str, str]:
    """Its name in the storage, and its SHA-256.

    Call it in the transaction that writes the document: until then nobody takes these bytes away.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{sha256[:2]}/{sha256}"
    _hold(name, alone=False)
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    return name, sha256


def discard(name: str) -> None:
    """After the commit, and only where no document holds it or is about to."""

    def delete() -> None:
        with transaction.atomic():
            _hold(name, alone=True)
            if not Document.objects.filter(file=name).exists():
                default_storage.delete(name)

    transaction.on_commit(delete)


def _hold(name: str, *, alone: bool) -> None:
    """Many may keep the same bytes at once; who takes them away waits for all of those, for one file
    at a time, so that nobody waits in a circle.
    """
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [f"documents:{name}"])
