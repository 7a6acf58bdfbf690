"""Mail that opens an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from portal.outbox.api import handles

from .models import Invitation


@handles("accounts.invite")
def send_invitation(payload: Mapping[str, Any]) -> None:
    invitation = Invitation.objects.select_related("organisation").get(pk=payload["pk"])
    link = settings.SITE_URL + reverse("accounts:accept", args=[payload["token"]])
    text = render_to_string(
        "accounts/mail/invitation.txt", {"invitation": invitation, "link": link}
    )
    day = invitation.expires_at.astimezone().strftime("%-m月%-d日")
    send_mail(f"【交付金】ポータルへの招待（{day}まで）", text, None, [invitation.email])
