"""What every page shows around its content, as one plain value named `page`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from portal.core.actor import Actor

from . import navigation
from .navigation import NavLink

_CONTACTS = {
    "prefecture": "内閣府 孤独・孤立対策推進室 交付金担当",
    "cabinet_office": "内閣府 孤独・孤立対策推進室 システム担当",
    "contractor": "契約した都道府県の担当課",
    "member": "参画するプラットフォームの事務局（都道府県）",
}
_CONTACT_OF_STRANGERS = "所属の県管理者、または内閣府 孤独・孤立対策推進室"


@dataclass(frozen=True, slots=True)
class Hat:
    """One of the roles in which this person may act; only one is worn at a time."""

    id: str
    organisation_name: str
    role_label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`session_seconds` is how long the session lives without another request.

    `actor` is None for a stranger and for one who has signed in but holds no role today; the
    second has a `logout_url`.
    """

    site_mark: str
    reference: str
    home_url: str
    contact: str
    contact_url: str
    footer: tuple[NavLink, ...]
    actor: Actor | None = None
    memberships: tuple[Hat, ...] = ()
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
        known = _signed_in(request, actor) if actor else _without_role(request)
        request._portal_page = known
    return {"page": known}


def _without_role(request: HttpRequest) -> Page:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return stranger(request)
    return replace(stranger(request), logout_url=reverse("account_logout"))


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
        memberships=_hats(request, actor),
        nav=navigation.links(navigation.MAIN, actor.role, request.path),
        menu=navigation.links(navigation.MENU, actor.role, request.path),
        year=navigation.year_link(request),
        notices_unread=unread,
        notices_url=notices_url,
        session_seconds=idle_seconds(),
        keep_alive_url=reverse("ui:keep_alive"),
        login_url=f"{login_url}?{urlencode({'next': request.get_full_path()})}",
        logout_url=reverse("account_logout"),
        switch_url=reverse("accounts:switch"),
    )


def idle_seconds() -> int:
    """How long a page may count on its session: the last use is written once a minute at most."""
    return int(settings.SESSION_IDLE_SECONDS) - 60


def _hats(request: HttpRequest, actor: Actor) -> tuple[Hat, ...]:
    return tuple(
        Hat(
            id=str(membership.pk),
            organisation_name=membership.organisation.name,
            role_label=membership.get_role_display(),
            is_current=(membership.organisation_id, membership.role)
            == (actor.organisation_id, actor.role),
        )
        for membership in getattr(request, "memberships", ())
    )
