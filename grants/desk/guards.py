"""What stands against a person of the Cabinet Office acting on a filing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from grants.filings.api import Filing, latest_version
from portal.core.actor import Actor
from portal.core.asking import once

from .models import Conflict, SecondReading


class OfBody(Protocol):
    """Anything that belongs to one body: a filing, its answer to an inquiry."""

    @property
    def grantee(self) -> Any: ...

    @property
    def grantee_id(self) -> Any: ...


def no_conflict(filing: OfBody, actor: Actor) -> Iterator[str]:
    """適正化法24条の趣旨: whoever has declared a conflict with the body leaves it to others."""
    if actor.user_id is None:
        return
    declared = Conflict.objects.standing().filter(
        user_id=actor.user_id, grantee_id=filing.grantee_id
    )
    # Every button of a page asks it of the same person and body.
    key = f"desk.conflict:{actor.user_id}:{filing.grantee_id}"
    if once(key, declared.exists):
        yield (f"{filing.grantee.name}との利害関係を申し出ています。ほかの人に割り当ててください。")


def known_reading(filing: Filing) -> SecondReading | None:
    """Who reads it a second time; the page and the guards behind its buttons ask once."""
    found = SecondReading.objects.standing_of(filing)
    return once(f"desk.reading:{filing.pk}", found.first)


def second_reading_done(filing: Filing, actor: Actor) -> Iterator[str]:
    """Where a second reader was named, they have confirmed the version that the review ends with."""
    reading = known_reading(filing)
    if reading is None:
        return
    sealed = latest_version(filing)
    if sealed is None or reading.confirmed_on_id != sealed.pk:
        yield f"二次確認者（{reading.reader.name}さん）の確認が済んでいません。"
