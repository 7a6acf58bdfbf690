"""The directory: for the Cabinet Office and other prefectures, and what of it is for everybody."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, PUBLIC, ActionView
from portal.core.actor import Actor
from portal.prefectures.api import Prefecture

from ..directory import DirectoryFilter, entries, narrow, read_directory_filter
from ..exports import COLUMNS, as_csv, open_data
from ..forms import DirectoryFilterForm
from ..models import Listing
from ..states import Audience
from .imports import download

_PER_PAGE = 20
# The library's own door counts no GET; requests are counted in the shared cache, by address.
_RATE = {"open_data": "60/m/ip"}


def reader_of(actor: Actor, listing: Listing | None = None) -> Audience:
    """The Cabinet Office and the platform's own prefecture see all, others what is shown to them."""
    own = listing is not None and listing.platform.owner_id == actor.organisation_id
    return Audience.OWN if own or actor.role in CABINET_OFFICE else Audience.PREFECTURES


class _Directory(ActionView):
    """A list narrowed by what stands in the address."""

    template: str
    reader: Audience

    def found(self, request: HttpRequest, listings: Any) -> tuple[DirectoryFilter, Any, list[str]]:
        regions = list(Prefecture.objects.by_region())
        chosen = read_directory_filter(request.GET, regions)
        narrowed = narrow(listings.in_order(), chosen, self.reader, timezone.localdate())
        return chosen, narrowed, regions

    def page(self, request: HttpRequest, listings: Any) -> HttpResponse:
        chosen, narrowed, regions = self.found(request, listings)
        page: Page[Listing] = Paginator(narrowed, _PER_PAGE).get_page(request.GET.get("page"))
        initial = {name: getattr(chosen, name) for name in DirectoryFilterForm.base_fields}
        context = {
            "page_obj": page,
            "entries": entries(list(page), self.reader, timezone.localdate()),
            "chosen": chosen,
            "form": DirectoryFilterForm(initial=initial, regions=regions),
        }
        return render(request, self.template, context)


class DirectoryView(_Directory):
    action = "platforms.directory"
    template = "platforms/directory.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.reader = reader_of(self.actor)
        return self.page(request, Listing.objects.for_user(self.actor))


class EntryView(ActionView):
    """One platform as this reader sees it."""

    action = "platforms.directory"
    model = Listing

    def get_queryset(self) -> Any:
        return super().get_queryset().in_order()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        reader = reader_of(self.actor, self.subject)
        (entry,) = entries([self.subject], reader, timezone.localdate())
        context = {"entry": entry, "platform": entry.platform}
        return render(request, "platforms/entry.html", context)


class _Public(_Directory):
    """Without signing in, and not too often from one address."""

    action = PUBLIC
    template = "platforms/public.html"
    reader = Audience.PUBLIC

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        counted = {"app": "platforms", "action": "open_data", "config": _RATE}
        if not ratelimit.consume(request, limit_get=True, **counted):
            return ratelimit.respond_429(request)
        return super().dispatch(request, *args, **kwargs)


class PublicView(_Public):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, Listing.objects.public())


class OpenDataView(_Public):
    """All that is public, narrowed in the same way; `kind` is csv or json."""

    kind = "csv"

    def get(self, request: HttpRequest) -> HttpResponse:
        _, listings, _ = self.found(request, Listing.objects.public())
        found = entries(list(listings), self.reader, timezone.localdate())
        if self.kind == "csv":
            return download(as_csv(found), "platforms.csv", "text/csv; charset=utf-8")
        answer = {
            "as_of": timezone.localdate().isoformat(),
            "columns": dict(COLUMNS),
            "platforms": open_data(found),
        }
        return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
