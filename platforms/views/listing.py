"""What others see of a platform."""

from __future__ import annotations

from typing import Any

from ..forms import ListingForm
from ..models import Platform
from ..overtaken import differences
from ..services import change_listing, listing_of
from .base import FormView, of_platform

_PER_PAGE = 50


class ListingView(FormView):
    """公開の範囲, field by field."""

    model = Platform
    template = "platforms/listing_form.html"

    def make_form(self, data: Any = None) -> ListingForm:
        listing = listing_of(self.subject)
        return ListingForm(data, initial=ListingForm.starts_with(listing), version=listing.version)

    def save(self, form: ListingForm) -> Platform:
        change_listing(
            actor=self.actor,
            platform=self.subject,
            choices=form.choices(),
            seen_version=form.seen_version,
        )
        return self.subject

    def differences(self, form: Any) -> list[tuple[str, str, str]]:
        return differences(form, listing_of(self.subject))

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject,
            title="公開の範囲を選ぶ",
            button="保存する",
            done="公開の範囲を変えました。",
        )
