"""From a transition's message key to notices on the screen and mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from portal.accounts.api import Membership, Organisation
from portal.core.actor import Actor
from portal.outbox.api import enqueue, handles

from .models import Notice, Reading


@dataclass(frozen=True, slots=True)
class Draft:
    """One notice to one organisation. `title` is also the subject of the mail.

    `users` names the people it is for, among those in the roles; empty means all of them.
    """

    organisation: Organisation
    roles: tuple[str, ...]
    title: str
    text: str
    url: str
    sender_name: str
    users: tuple[UUID, ...] = ()


Writer = Callable[[str], Iterable[Draft]]
_writers: dict[str, Writer] = {}


def writes(message: str) -> Callable[[Writer], Writer]:
    """Marks the function that turns a message about an object (its id) into drafts."""

    def keep(function: Writer) -> Writer:
        _writers[message] = function
        return function

    return keep


def known_messages() -> frozenset[str]:
    return frozenset(_writers)


@handles("notify")
def deliver(payload: Mapping[str, Any]) -> None:
    """Writes the notices and asks for the mail; a repeat finds the notices and writes nothing."""
    message, pk = payload["message"], payload["pk"]
    for number, draft in enumerate(_writers[message](pk)):
        notice, created = Notice.objects.get_or_create(
            key=f"{payload['key']}:{number}",
            defaults={
                "organisation": draft.organisation,
                "roles": list(draft.roles),
                "users": list(draft.users),
                "title": draft.title,
                "text": draft.text,
                "url": draft.url,
                "sender_name": draft.sender_name,
            },
        )
        if created:
            enqueue("notifications.mail", str(notice.pk), {"pk": str(notice.pk)})


@handles("notifications.mail")
def send(payload: Mapping[str, Any]) -> None:
    """One text mail to each person in the roles; the address of the page, never its content."""
    notice = Notice.objects.select_related("organisation").get(pk=payload["pk"])
    people = Membership.objects.acting().filter(
        organisation_id=notice.organisation_id, role__in=notice.roles
    )
    if notice.users:
        people = people.filter(user_id__in=notice.users)
    addresses = people.order_by("user__email").values_list("user__email", flat=True).distinct()
    text = f"{notice.text}\n\nポータルで確認してください。\n{settings.SITE_URL}{notice.url}\n"
    for address in addresses:
        EmailMessage(f"【交付金】{notice.title}", text, to=[address]).send()


def mark_read(*, actor: Actor, notice: Notice) -> None:
    with transaction.atomic():
        Reading.objects.get_or_create(notice=notice, user_id=actor.user_id)


def count_unread(actor: Actor) -> int:
    return Notice.objects.unread_by(actor).count()
