"""The chain itself: canonical text, hash, and the verifier that finds what was touched."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from .models import Event, Head

GENESIS = "0" * 64

_FIELDS = (
    "seq actor_user_id actor_name actor_role actor_role_label organisation_id organisation_name ip"
    " verb label article subject_type subject_id subject_label case_id visibility data request_key"
).split()


def canonical(event: Event) -> str:
    """JSON with sorted keys; the time in UTC with microseconds, ids as text."""
    values = {name: getattr(event, name) for name in _FIELDS}
    values["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )


def digest(prev_hash: str, event: Event) -> str:
    return hashlib.sha256(f"{prev_hash}\n{canonical(event)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head as it stood when a signed line was written outside the table."""

    seq: int
    hash: str


def verify(events: Iterable[Event], head: Head, anchors: Iterable[Anchor] = ()) -> Iterator[Fault]:
    """Yields every fault, in order: changed rows, gaps, broken links, a cut tail, a lost anchor."""
    kept = {anchor.seq: anchor.hash for anchor in anchors}
    seq, prev_hash = 0, GENESIS
    for event in events:
        if event.seq != seq + 1:
            yield Fault(seq + 1, f"{seq + 1}番から{event.seq - 1}番までの証跡がありません。")
        if event.prev_hash != prev_hash:
            yield Fault(event.seq, "前の証跡とのつながりが切れています。")
        if digest(event.prev_hash, event) != event.hash:
            yield Fault(event.seq, "内容が記録した時から変わっています。")
        anchored = kept.pop(event.seq, None)
        if anchored is not None and anchored != event.hash:
            yield Fault(event.seq, "署名して保管した値と違います。")
        seq, prev_hash = event.seq, event.hash
    if (head.seq, head.hash) != (seq, prev_hash):
        yield Fault(seq + 1, f"末尾の証跡がありません（控えは{head.seq}番まで）。")
    for lost in sorted(kept):
        yield Fault(lost, f"署名して保管した{lost}番の証跡がありません。")


def sign(anchor: Anchor, day: str, key: str) -> str:
    line = f"{day} {anchor.seq} {anchor.hash}"
    mark = hmac.new(key.encode(), line.encode(), hashlib.sha256).hexdigest()
    return f"{line} {mark}\n"


def read_anchors(folder: Path, key: str) -> Iterator[Anchor | Fault]:
    """Every signed daily file; a line that is no anchor, or whose signature does not fit, is a Fault."""
    for path in sorted(folder.glob("*.anchor")) if folder.is_dir() else ():
        for line in path.read_text(errors="replace").splitlines(keepends=True):
            anchor = _read(line, key)
            yield anchor or Fault(_number(line), f"{path.name}の署名が合いません。")


def _read(line: str, key: str) -> Anchor | None:
    words = line.split()
    if len(words) != 4 or not words[1].isdecimal():
        return None
    anchor = Anchor(int(words[1]), words[2])
    good = hmac.compare_digest(sign(anchor, words[0], key).encode(), line.encode())
    return anchor if good else None


def _number(line: str) -> int:
    """The number that a broken line speaks of; 0 where it names none."""
    words = line.split()
    return int(words[1]) if len(words) > 1 and words[1].isdecimal() else 0
