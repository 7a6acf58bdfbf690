"""Every address of the portal, as the resolver knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from grants.connections.api_views import ApiView
from portal.access.api import ActionView

# Addresses whose views are allauth's own: each asks for a sign-in, or is one. Why it is here:
ALLAUTH = {
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_inactive": "says that an account was closed",
    "account_signup": "says that accounts come from invitations",
    "account_confirm_login_code": "never used: codes by mail are off, and it leads to the sign-in",
    "account_reauthenticate": "the second factor again before a legal act",
    "account_change_password": "the own password",
    "account_set_password": "the own password, where there is none yet",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password",
    "account_reset_password_from_key_done": "a forgotten password",
    "account_email_verification_sent": "confirming an address",
    "account_confirm_email": "confirming an address",
    "mfa_index": "the own second factor",
    "mfa_authenticate": "the code after the password",
    "mfa_reauthenticate": "the code again before a legal act",
    "mfa_activate_totp": "the own second factor",
    "mfa_deactivate_totp": "the own second factor",
    "mfa_view_recovery_codes": "the own printed codes",
    "mfa_download_recovery_codes": "the own printed codes",
    "mfa_generate_recovery_codes": "the own printed codes",
}
# allauth's own address of this name stands behind ours, which is found first.
SHADOWED = {"account_email"}


@dataclass(frozen=True)
class Address:
    """`name` with its namespace; `view` is None for allauth's; `parts` are what the path asks for."""

    name: str
    view: type[ActionView] | None
    parts: tuple[str, ...]

    @property
    def is_for_programs(self) -> bool:
        """Opened by a key in the header alone: whoever has none, signed in or not, is told 401."""
        return self.view is not None and issubclass(self.view, ApiView)

    def url(self, values: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={part: values[part] for part in self.parts})


@cache
def addresses() -> tuple[Address, ...]:
    """Ours and allauth's, in the resolver's order."""
    return tuple(_walk(get_resolver().url_patterns, "", ()))


def ours() -> list[Address]:
    return [address for address in addresses() if address.view is not None]


def of_objects() -> list[Address]:
    """Pages of one object that not everybody may see."""
    return [address for address in ours() if address.view.model is not None]


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str, parts: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        own = parts + tuple(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, own)
            continue
        view = getattr(pattern.callback, "view_class", None)
        if isinstance(view, type) and issubclass(view, ActionView):
            yield Address(f"{namespace}{pattern.name}", view, own)
        else:
            yield Address(f"{namespace}{pattern.name}", None, own)
