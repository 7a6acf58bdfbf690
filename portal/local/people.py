"""The demo's people as var/demo.json lists them, and their sign-in codes (RFC 6238)."""

import base64
import hashlib
import hmac
import json
import struct
import sys
import time
from dataclasses import dataclass

from portal.local.place import SIGN_INS

STEP_SECONDS = 30
DIGITS = 6


@dataclass(frozen=True)
class Person:
    name: str
    login: str
    password: str
    totp_secret: str
    role: str
    organisation: str

    def code(self, at: float | None = None) -> str:
        return totp(self.totp_secret, time.time() if at is None else at)


def seconds_left() -> float:
    """How long the codes of the moment are still valid."""
    return STEP_SECONDS - time.time() % STEP_SECONDS


def people() -> list[Person]:
    """Raises FileNotFoundError while no demo has been loaded."""
    listed = json.loads(SIGN_INS.read_text())["people"]
    fields = Person.__dataclass_fields__
    return [Person(**{field: person[field] for field in fields}) for person in listed]


def totp(secret: str, at: float) -> str:
    """The code of a secret in base32 at a time in seconds since 1970 (RFC 6238, SHA-1)."""
    padded = secret.upper() + "=" * (-len(secret) % 8)
    counter = struct.pack(">Q", int(at) // STEP_SECONDS)
    digest = hmac.new(base64.b32decode(padded), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def main(arguments: list[str]) -> int:
    """`./dev code NAME`: a part of the name or of the e-mail address is enough."""
    try:
        known = people()
    except FileNotFoundError:
        print("No demo has been loaded yet: run `./dev demo` first.", file=sys.stderr)
        return 1
    wanted = " ".join(arguments)
    found = [p for p in known if wanted and (wanted in p.name or wanted in p.login)]
    exact = [p for p in found if wanted in (p.name, p.login)]
    for person in exact or found:
        print(f"{person.code()}  {person.name}  {person.login}  ({seconds_left():.0f} s left)")
    if found:
        return 0
    print(f"Nobody is called “{wanted}”. The demo's people are:", file=sys.stderr)
    for person in known:
        print(f"  {person.name}  {person.login}", file=sys.stderr)
    return 1
