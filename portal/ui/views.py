"""Pages about the portal itself: help, statements, status, and the catalogue of its parts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from portal.access.api import PUBLIC, SIGNED_IN, ActionView
from portal.core.dates import screen_datetime as full_datetime

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

    def context(self) -> dict[str, Any]:
        return {
            "keys": [
                ("Tab、Shift＋Tab", "次の欄、前の欄へ移る"),
                ("Ctrl＋S", "一時保存する"),
                ("Enter", "入力欄では一時保存する。提出はしない"),
                ("Esc", "開いたメニューを閉じる"),
            ]
        }


class ContactView(_TextView):
    template_name = "ui/contact.html"


class AccessibilityView(_TextView):
    template_name = "ui/accessibility.html"


class PrivacyView(_TextView):
    template_name = "ui/privacy.html"

    def context(self) -> dict[str, Any]:
        return {
            "kept": [
                ("利用者", "氏名、職場のメールアドレス、所属、役割とその期間"),
                ("操作の記録", "日時、利用者、役割、行った操作、接続元のIPアドレス"),
                ("申請などの担当者", "書類に記載する氏名、部署、連絡先"),
                ("会議の出席者", "団体名と、登録した人の職名・氏名"),
            ]
        }


class StatusView(_TextView):
    """Whether the portal works, asked of the database now. Answers 503 when it does not."""

    template_name = "ui/status.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        works = _database_answers()
        context = {"works": works, "now": full_datetime(timezone.now())}
        return render(request, self.template_name, context, status=200 if works else 503)


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
