from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from portal.access.api import SIGNED_IN, ActionView

from .models import Notice
from .services import mark_read


class InboxView(ActionView):
    action = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        notices = (
            Notice.objects.for_user(self.actor).with_read_mark(self.actor).order_by("-arrived_at")
        )[:100]
        return render(request, "notifications/inbox.html", {"notices": notices})


class OpenView(ActionView):
    """Marks it read and goes to the page it speaks of."""

    action = SIGNED_IN
    model = Notice

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        mark_read(actor=self.actor, notice=self.subject)
        return HttpResponseRedirect(self.subject.url or reverse("notifications:inbox"))
