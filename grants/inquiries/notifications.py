"""Who is told of an inquiry. Not its content: that is read on the page."""

from __future__ import annotations

from collections.abc import Iterable

from portal.accounts.api import Organisation
from portal.core.dates import deadline_phrase
from portal.notifications.api import Draft, writes

from .models import Inquiry, Reply
from .policy import ANSWERERS, ASKERS

_SENDER = "内閣府"


def _drafts(replies: Iterable[Reply], title: str, text: str) -> Iterable[Draft]:
    for reply in replies:
        due = deadline_phrase(reply.inquiry.due_at)
        yield Draft(
            reply.grantee,
            tuple(sorted(ANSWERERS)),
            title.format(title=reply.inquiry.title, due=due),
            text.format(due=due),
            reply.get_absolute_url(),
            _SENDER,
        )


def _of(pk: str) -> Iterable[Reply]:
    inquiry = Inquiry.objects.get(pk=pk)
    return inquiry.replies.for_lists().order_by("grantee__prefecture_id")


@writes("inquiry.asked")
def asked(pk: str) -> Iterable[Draft]:
    return _drafts(
        _of(pk), "照会「{title}」への回答をお願いします（{due}まで）", "回答の期限は{due}です。"
    )


@writes("inquiry.prolonged")
def prolonged(pk: str) -> Iterable[Draft]:
    owed = _of(pk).owed()
    return _drafts(
        owed, "照会「{title}」の回答の期限が延びました（{due}まで）", "新しい期限は{due}です。"
    )


@writes("inquiry.answered")
def answered(pk: str) -> Iterable[Draft]:
    """To whoever asked, not to their colleagues: a question to 47 bodies has 47 answers."""
    reply = Reply.objects.select_related("inquiry", "grantee").get(pk=pk)
    yield Draft(
        Organisation.objects.cabinet_office().get(),
        tuple(sorted(ASKERS)),
        f"{reply.grantee.name}から、照会「{reply.inquiry.title}」への回答が届きました",
        "回答を読み、確認済みにするか、差し戻してください。",
        reply.get_absolute_url(),
        reply.grantee.name,
        users=(reply.inquiry.written_by_id,),
    )


@writes("inquiry.reminder")
def reminder(pk: str) -> Iterable[Draft]:
    owed = _of(pk).owed()
    return _drafts(
        owed,
        "照会「{title}」への回答がまだ届いていません",
        "回答の期限は{due}です。至急、回答してください。",
    )


@writes("inquiry.sent_back")
def sent_back(pk: str) -> Iterable[Draft]:
    found = Reply.objects.for_lists().filter(pk=pk)
    return _drafts(
        found,
        "照会「{title}」への回答が差し戻されました",
        "理由を確認し、もう一度回答してください。",
    )
