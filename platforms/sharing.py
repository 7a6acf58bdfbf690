"""What a platform shows to others is its own choice, field by field. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from .states import Audience

# What can be chosen apart; name, prefecture, form and date are shown with the entry itself.
FIELDS = ("secretariat", "areas", "practice", "figures", "members", "meetings")
_REACH = {audience: reach for reach, audience in enumerate(Audience)}


def shows(chosen: str, entry: str, reader: Audience) -> bool:
    """A field is never shown further than the entry that it stands in."""
    if reader is Audience.OWN:
        return True
    return min(_REACH[Audience(chosen)], _REACH[Audience(entry)]) >= _REACH[reader]


def shown_fields(choices: Mapping[str, str], entry: str, reader: Audience) -> frozenset[str]:
    """Those of FIELDS that this reader sees."""
    return frozenset(name for name in FIELDS if shows(choices[name], entry, reader))
