"""A meeting as a calendar entry (RFC 5545), for the calendars of those who come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from .models import Meeting

_USUAL = timedelta(hours=2)


def calendar_of(meeting: Meeting) -> bytes:
    """One entry. Sent again after a change it replaces the one before; without a time, all day."""
    calendar = Calendar()
    calendar.add("prodid", "-//孤独・孤立対策推進交付金 事務ポータル//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(meeting))
    made: bytes = calendar.to_ical()
    return made


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"{meeting.pk}@{settings.SITE_URL.split('://')[-1]}")
    event.add("sequence", meeting.version)
    event.add("dtstamp", (meeting.notified_at or timezone.now()).astimezone(UTC))
    event.add("summary", f"{meeting.platform} {meeting}")
    if meeting.starts_at is None:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + timedelta(days=1))
    else:
        start = timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at))
        end = (
            timezone.make_aware(datetime.combine(meeting.held_on, meeting.ends_at))
            if meeting.ends_at
            else start + _USUAL
        )
        event.add("dtstart", start.astimezone(UTC))
        event.add("dtend", end.astimezone(UTC))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", settings.SITE_URL + meeting.get_absolute_url())
    titles = meeting.agenda_items.order_by("order").values_list("title", flat=True)
    event.add("description", "\n".join(f"議題{n} {t}" for n, t in enumerate(titles, start=1)))
    return event
