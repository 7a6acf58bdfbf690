"""処理状況: what waits, what failed and why. Kinds and times of work; never what a case says."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.audit.api import Visibility, record
from portal.outbox.api import Message, retry

_LABELS = {
    "documents.render": "書類の作成",
    "notify": "お知らせの作成",
    "notifications.mail": "メールの送信",
    "accounts.invite": "招待メールの送信",
    "records.read": "実績ファイルの読み取り",
}


class JobsView(ActionView):
    action = "jobs.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = Message.objects.unfinished()
        oldest = waiting.order_by("created_at").first()
        context = {
            "waiting_count": waiting.count(),
            "oldest": oldest,
            "failed": [
                (message, _LABELS.get(message.topic, message.topic))
                for message in Message.objects.failed()[:100]
            ],
        }
        return render(request, "home/jobs.html", context)


class RetryView(ActionView):
    action = "jobs.retry"

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("key", "")
        with transaction.atomic():
            message = Message.objects.filter(key=key).first()
            if message is None:
                raise Http404
            if retry(key):
                record(
                    self.actor,
                    "jobs.retry",
                    "処理をやり直す",
                    message,
                    visibility=Visibility.ORGANISATION,
                )
                messages.success(
                    request, "やり直します。しばらくしてから、もう一度確認してください。"
                )
        return redirect("jobs")
