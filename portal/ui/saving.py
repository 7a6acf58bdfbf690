"""A page with one form about one object, kept by a service."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.core.problems import Refused, Stale


class SavingView(ActionView):
    """What was typed stays on every refusal: 422 for wrong input, 409 for what the service refuses.

    `save` returns where to go. It may raise Refused and Stale, and ValidationError about a file.
    """

    template_name = ""
    said = ""

    def form(self, data: Any = None, files: Any = None) -> Any:
        raise NotImplementedError

    def save(self, form: Any) -> Any:
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self.form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            place = self.save(form)
        except ValidationError as error:
            form.add_error("file", error)
            return self._page(request, form, status=422)
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, self.said)
        return redirect(place)

    def _page(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        context = {"form": form, "subject": self.subject}
        return render(request, self.template_name, context, status=status)
