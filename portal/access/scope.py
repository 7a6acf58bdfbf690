"""What somebody sees who reads named cases alone, for a time: a slot that a higher package fills.

Every queryset that shows something of a case asks here, so that all lists and pages obey one answer.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from portal.core.actor import Actor

_NOTHING = Q(pk__in=[])
_award: list[Callable[[Actor, str, str], Q]] = []
_case: list[Callable[[Actor, str], Q]] = []


def register_opened(award: Callable[[Actor, str, str], Q], case: Callable[[Actor, str], Q]) -> None:
    """Both give a condition that the database judges with its own clock."""
    _award[:], _case[:] = [award], [case]


def opened(actor: Actor, body: str, year: str) -> Q:
    """Rows of awards that stand open to this reader now. `body` and `year` are the fields, seen from
    the row, that hold the ids of the organisation and of the programme."""
    return _award[0](actor, body, year) if _award else _NOTHING


def opened_case(actor: Actor, case: str) -> Q:
    """The same where a row knows its case alone: the field with the id of a filing."""
    return _case[0](actor, case) if _case else _NOTHING
