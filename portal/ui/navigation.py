"""What stands in the menus: each package registers its own entries when it starts.

The header belongs to this package, its contents to others: unread notices to notifications, the
programme's year to the grant, people's memberships to accounts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from portal.core.actor import Actor

MAIN, MENU, FOOTER = "main", "menu", "footer"
SECTIONS = (MAIN, MENU, FOOTER)


@dataclass(frozen=True, slots=True)
class NavItem:
    """`roles` of None is open to all, signed in or not. Low `order` stands first.

    `also` names pages whose addresses belong to the entry beside its own.
    """

    label: str
    url_name: str
    roles: frozenset[str] | None = None
    order: int = 100
    section: str = MAIN
    also: tuple[str, ...] = ()

    def is_for(self, role: str | None) -> bool:
        return self.roles is None or role in self.roles


@dataclass(frozen=True, slots=True)
class NavLink:
    """`current` is the value of aria-current: "page", "true" for a page below, or nothing."""

    label: str
    url: str
    current: str = ""


_items: dict[tuple[str, str], NavItem] = {}
_unread: list[tuple[Callable[[Actor], int], str]] = []
_year: list[Callable[[HttpRequest], NavLink | None]] = []


def register(*items: NavItem) -> None:
    """Raises ValueError for a section that does not exist, or two entries for one page in it."""
    for item in items:
        if item.section not in SECTIONS:
            raise ValueError(f"no menu section is called {item.section}")
        known = _items.setdefault((item.section, item.url_name), item)
        if known != item:
            raise ValueError(f"{item.url_name} is already in the section {item.section}")


def set_unread_counter(counter: Callable[[Actor], int], url_name: str) -> None:
    """How many notices the actor has not opened, and the page that lists them."""
    _unread[:] = [(counter, url_name)]


def set_year_source(source: Callable[[HttpRequest], NavLink | None]) -> None:
    """The programme year that the header names, with the page on which it is changed."""
    _year[:] = [source]


def unread_notices(actor: Actor) -> tuple[int, str]:
    """The count and the address of the list; (0, "") where no package has notices."""
    for counter, url_name in _unread:
        return counter(actor), reverse(url_name)
    return 0, ""


def year_link(request: HttpRequest) -> NavLink | None:
    for source in _year:
        return source(request)
    return None


def links(section: str, role: str | None, path: str) -> tuple[NavLink, ...]:
    """The section's entries for a role. Raises NoReverseMatch for an entry without a page."""
    items = sorted(
        (item for item in _items.values() if item.section == section and item.is_for(role)),
        key=lambda item: (item.order, item.label),
    )
    roots = [[reverse(name) for name in (item.url_name, *item.also)] for item in items]
    above = (url for urls in roots for url in urls if _is_above(url, path))
    here = max(above, key=len, default="")
    return tuple(
        NavLink(item.label, urls[0], _current(urls[0], path) if here in urls else "")
        for item, urls in zip(items, roots, strict=True)
    )


def _is_above(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _current(url: str, path: str) -> str:
    return "page" if url == path else "true"
