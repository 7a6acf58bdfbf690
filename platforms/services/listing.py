"""What others see of a platform."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from portal.audit.api import record
from portal.core.actor import Actor

from ..models import Listing, Platform
from .saving import PLATFORM_ARTICLE, assign, lock


def listing_of(platform: Platform) -> Listing:
    """The stored choice, or the one that nobody made yet: shown to nobody."""
    return Listing.objects.filter(platform=platform).first() or Listing(platform=platform)


def change_listing(
    *, actor: Actor, platform: Platform, choices: Mapping[str, str], seen_version: int
) -> Listing:
    """Raises Stale when someone else chose after `seen_version`."""
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=platform.pk)
        listing = listing_of(platform)
        stored = lock(listing, seen_version) if not listing._state.adding else listing
        said = assign(stored, dict(choices))
        record(
            actor,
            "platforms.listing.change",
            "公開の範囲を変える",
            platform,
            article=PLATFORM_ARTICLE,
            data={"said": said},
        )
    return stored
