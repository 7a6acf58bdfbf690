"""操作履歴: everything that was done, for auditors; and the check of the chain."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access.api import ActionView

from .models import Event, Head
from .services import verify


class LogView(ActionView):
    action = "audit.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        events = Event.objects.readable_by(self.actor).order_by("-seq")
        word = request.GET.get("q", "").strip()
        if word:
            events = events.containing(word)
        page = Paginator(events, 50).get_page(request.GET.get("page"))
        return render(request, "audit/log.html", {"page_obj": page, "word": word})


class VerifyView(ActionView):
    """Walks the whole chain on request; says where it is broken, by number."""

    action = "audit.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        head = Head.objects.filter(pk=1).first()
        return render(request, "audit/verify.html", {"head": head, "is_checked": False})

    def post(self, request: HttpRequest) -> HttpResponse:
        faults = verify()
        head = Head.objects.filter(pk=1).first()
        context = {"head": head, "faults": faults, "is_checked": True}
        return render(request, "audit/verify.html", context)
