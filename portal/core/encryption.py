"""Text that stands in the database only encrypted (Fernet: AES-128-CBC with HMAC-SHA256).

Keys come from FIELD_KEYS: the first one encrypts, every one decrypts, so that a key is replaced by
putting a new one before it.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def encrypt(text: str) -> bytes:
    return _box().encrypt(text.encode())


def decrypt(sealed: bytes | memoryview) -> str:
    """Raises ValueError for what was changed, or encrypted under a key that is known no longer."""
    try:
        return _box().decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise ValueError("cannot be read with the known keys") from None


def _box() -> MultiFernet:
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured("FIELD_KEYS is empty")
    digests = (hashlib.sha256(key.encode()).digest() for key in settings.FIELD_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
