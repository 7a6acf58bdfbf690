"""What a transition of an inquiry or a reply does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from portal.core.actor import Actor
from portal.core.dates import deadline_phrase
from portal.documents.api import Document, Limits, attach

from .models import Inquiry, Reply

Data = Mapping[str, Any]
ANSWER_FILE = "inquiry:answer"


def ask(inquiry: Inquiry, actor: Actor, data: Data) -> None:
    inquiry.opened_at = timezone.now()
    bodies = list(inquiry.grantees.order_by("prefecture_id"))
    Reply.objects.bulk_create(Reply(inquiry=inquiry, grantee=body) for body in bodies)
    data["_said"]["照会先"] = f"{len(bodies)}団体"
    data["_said"]["回答の期限"] = deadline_phrase(inquiry.due_at)


def prolong(inquiry: Inquiry, actor: Actor, data: Data) -> None:
    """A reminder that was sent for the earlier day does not stand in the way of the next."""
    data["_said"]["前の期限"] = deadline_phrase(inquiry.due_at)
    inquiry.due_at, inquiry.reminded_on = data["due_at"], None
    data["_said"]["新しい期限"] = deadline_phrase(inquiry.due_at)
    data["_said"]["理由"] = data["reason"]


def close(inquiry: Inquiry, actor: Actor, data: Data) -> None:
    inquiry.closed_at = timezone.now()
    data["_said"]["未回答"] = f"{inquiry.replies.owed().count()}団体"


def answer(reply: Reply, actor: Actor, data: Data) -> None:
    """The file comes with the answer; a later one is added to those before."""
    reply.text = data["text"]
    reply.answered_at = timezone.now()
    reply.answered_by_name = actor.name
    upload = data.get("file")
    if upload is not None:
        attach(
            actor=actor,
            upload=upload,
            kind=ANSWER_FILE,
            subject=reply,
            limits=Limits(),
            case_id=reply.pk,
        )
        Document.objects.of_subject(reply).update(is_filed=True)
        data["_said"]["添付"] = upload.name
    data["_said"]["回答"] = data["text"][:200]


def send_back(reply: Reply, actor: Actor, data: Data) -> None:
    reply.return_reason = data["reason"]
    data["_said"]["理由"] = data["reason"]
