"""What the desk shows and in which order, read from the address and written back to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from grants.filings.api import CLOSED, Filing, FilingState

from .states import Flag

GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "waiting": (
        "審査を待つもの",
        frozenset({FilingState.SUBMITTED, FilingState.UNDER_REVIEW}),
    ),
    "returned": (
        "差戻し中",
        frozenset({FilingState.RETURNED, FilingState.AWAITING_APPROVAL, FilingState.DRAFT}),
    ),
    "reviewed": ("審査済み", frozenset({FilingState.REVIEWED})),
    "closed": ("決定・終了", CLOSED),
    "all": ("すべて", frozenset(FilingState.values)),
}
SORTS = {
    "left": "標準処理期間",
    "age": "到達",
    "body": "都道府県",
    "amount": "申請額",
    "reviewer": "審査担当",
    "state": "状態",
}
EVERY_YEAR = "all"
MINE, NOBODY = "me", "none"


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """`year` is a fiscal year or «all»; `reviewer` is empty, «me», «none» or a user's id."""

    year: str = ""
    group: str = "waiting"
    reviewer: str = ""
    flag: str = ""
    sort: str = "left"
    order: str = "up"

    def query(self, **changed: str) -> str:
        """The address that shows this, without what is the default."""
        values = asdict(replace(self, **changed))
        return urlencode({k: v for k, v in values.items() if v != _DEFAULTS[k]})

    def sorted_by(self, sort: str) -> str:
        """The same by another column; by this one the other way round."""
        turned = "down" if sort == self.sort and self.order == "up" else "up"
        return self.query(sort=sort, order=turned)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.reviewer or self.flag)


_DEFAULTS = asdict(DeskFilter())


def read_filter(data: QueryDict, years: list[int], people: set[str], newest: int) -> DeskFilter:
    """Raises Http404 for a value that is on none of the closed lists."""
    known: dict[str, set[str]] = {
        "year": {EVERY_YEAR, *map(str, years)},
        "group": set(GROUPS),
        "reviewer": {"", MINE, NOBODY, *people},
        "flag": {"", *Flag.values},
        "sort": set(SORTS),
        "order": {"up", "down"},
    }
    found = {}
    for name, default in (_DEFAULTS | {"year": str(newest)}).items():
        value = data.get(name) or default
        if value not in known[name] and not (name == "year" and value == str(newest)):
            raise Http404
        found[name] = value
    return DeskFilter(**found)


def narrow(filings: Any, chosen: DeskFilter, user_id: Any) -> Any:
    """By what the database knows; the flags are drawn afterwards."""
    if chosen.year != EVERY_YEAR:
        filings = filings.of_year(int(chosen.year))
    if chosen.reviewer == NOBODY:
        filings = filings.filter(reviewer=None)
    elif chosen.reviewer:
        filings = filings.filter(
            reviewer_id=user_id if chosen.reviewer == MINE else chosen.reviewer
        )
    return filings


def in_group(filings: list[Filing], group: str) -> list[Filing]:
    states = GROUPS[group][1]
    return [filing for filing in filings if filing.state in states]
