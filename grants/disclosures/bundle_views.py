"""All that one request gives, as one file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView

from .bundling import against_bundling, ask_for_bundle, take_out
from .models import Bundle, DisclosureRequest
from .packing import given_by

_MOST = 20


class BundleView(ActionView):
    """What goes in, and what was made of it before."""

    action = "disclosures.bundle"
    model = DisclosureRequest

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        one: DisclosureRequest = self.subject
        context = {
            "request_": one,
            "given": given_by(one),
            "against": against_bundling(one),
            "bundles": list(one.bundles.for_user(self.actor)[:_MOST]),
        }
        return render(request, "disclosures/bundle.html", context)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        made = ask_for_bundle(actor=self.actor, request=self.subject)
        messages.success(request, "開示するファイルをまとめています。")
        return redirect(made)


class BundleFileView(ActionView):
    """Streamed from where it is kept."""

    action = "disclosures.take_out"
    model = Bundle

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()

    def get(self, request: HttpRequest, pk: Any) -> StreamingHttpResponse:
        bundle: Bundle = self.subject
        parts = take_out(actor=self.actor, bundle=bundle)
        response = StreamingHttpResponse(parts, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{bundle.file_name}"'
        response["Content-Length"] = str(bundle.size)
        response["Cache-Control"] = "private, no-store"
        return response
