"""What every page shows around its content, as one plain value named `page`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from . import navigation
from .navigation import NavLink

if TYPE_CHECKING:
    from portal.core.actor import Actor

_CONTACTS = {
    "prefecture": "内閣府 孤独・孤立対策推進室 交付金担当",
    "cabinet_office": "内閣府 孤独・孤立対策推進室 システム担当",
    "contractor": "契約した都道府県の担当課",
    "member": "参画するプラットフォームの事務局（都道府県）",
}
_CONTACT_OF_STRANGERS = "所属の県管理者、または内閣府 孤独・孤立対策推進室"


@dataclass(frozen=True, slots=True)
class Page:
    """`session_seconds` is how long the session lives without another request."""

    site_mark: str
    reference: str
    home_url: str
    contact: str
    contact_url: str
    footer: tuple[NavLink, ...]
    actor: Actor | None = None
    memberships: Sequence[Any] = ()
    nav: tuple[NavLink, ...] = ()
    menu: tuple[NavLink, ...] = ()
    year: NavLink | None = None
    notices_unread: int = 0
    notices_url: str = ""
    session_seconds: int = 0
    keep_alive_url: str = ""
    login_url: str = ""
    logout_url: str = ""
    switch_url: str = ""


def page(request: HttpRequest) -> dict[str, Page]:
    """Context processor. Counted once a request, however many templates it renders."""
    known = getattr(request, "_portal_page", None)
    actor = getattr(request, "actor", None)
    if known is None or known.actor != actor:
        known = _signed_in(request, actor) if actor else stranger(request)
        request._portal_page = known  # type: ignore[attr-defined]
    return {"page": known}


def stranger(request: HttpRequest) -> Page:
    """The page of one who has not signed in; asks the database nothing, so error 500 can use it."""
    return Page(
        site_mark=settings.SITE_MARK,
        reference=getattr(request, "reference", ""),
        home_url=reverse("home"),
        contact=_CONTACT_OF_STRANGERS,
        contact_url=reverse("ui:contact"),
        footer=navigation.links(navigation.FOOTER, None, request.path),
    )


def _signed_in(request: HttpRequest, actor: Actor) -> Page:
    unread, notices_url = navigation.unread_notices(actor)
    login_url = reverse(settings.LOGIN_URL)
    return Page(
        site_mark=settings.SITE_MARK,
        reference=getattr(request, "reference", ""),
        home_url=reverse("home"),
        contact=_CONTACTS.get(actor.organisation_kind, _CONTACT_OF_STRANGERS),
        contact_url=reverse("ui:contact"),
        footer=navigation.links(navigation.FOOTER, actor.role, request.path),
        actor=actor,
        memberships=getattr(request, "memberships", ()),
        nav=navigation.links(navigation.MAIN, actor.role, request.path),
        menu=navigation.links(navigation.MENU, actor.role, request.path),
        year=navigation.year_link(request),
        notices_unread=unread,
        notices_url=notices_url,
        session_seconds=settings.SESSION_IDLE_SECONDS,
        keep_alive_url=reverse("ui:keep_alive"),
        login_url=f"{login_url}?{urlencode({'next': request.get_full_path()})}",
        logout_url=reverse("account_logout"),
        switch_url=reverse("switch_membership"),
    )
