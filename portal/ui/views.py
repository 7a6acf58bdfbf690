"""Pages about the portal itself: help, statements, status, and the catalogue of its parts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from portal.access.api import PUBLIC, SIGNED_IN, ActionView

from . import catalogue
from .context import idle_seconds


class _TextView(ActionView):
    """A page of text. Open to strangers: help is needed most by those who cannot sign in."""

    action = PUBLIC
    template_name: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.template_name, self.context())

    def context(self) -> dict[str, Any]:
        return {}


class HelpView(_TextView):
    template_name = "ui/help.html"


class ContactView(_TextView):
    template_name = "ui/contact.html"


class AccessibilityView(_TextView):
    template_name = "ui/accessibility.html"


class PrivacyView(_TextView):
    template_name = "ui/privacy.html"


class StatusView(_TextView):
    """Whether the portal works, asked of the database now. Answers 503 when it does not."""

    template_name = "ui/status.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        works = _database_answers()
        return render(request, self.template_name, {"works": works}, status=200 if works else 503)


class KeepAliveView(ActionView):
    """A person pressed 続ける. The request itself extends the session; the page is told how long."""

    action = SIGNED_IN

    def post(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse({"seconds": idle_seconds()})


class ComponentsView(_TextView):
    """Every part in every state, for whoever makes a page."""

    template_name = "ui/components.html"

    def context(self) -> dict[str, Any]:
        return catalogue.context()


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
