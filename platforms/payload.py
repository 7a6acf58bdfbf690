"""What minutes say, as plain values: what is printed is what was sealed."""

from __future__ import annotations

from typing import Any

from .models import Meeting


def minutes_payload(meeting: Meeting) -> dict[str, Any]:
    return {
        "owner": meeting.platform.owner.name,
        "platform": meeting.platform.name,
        "meeting": str(meeting),
        "kind": meeting.get_kind_display(),
        "group": str(meeting.working_group or ""),
        "held_on": meeting.held_on.isoformat(),
        "time": _time(meeting),
        "place": meeting.place,
        "attendance_public": meeting.attendance_public,
        "attendance_private": meeting.attendance_private,
        "chair": meeting.get_chair_side_display(),
        "problems": meeting.problems,
        "note": meeting.note,
        "items": [
            {
                "order": item.order,
                "title": item.title,
                "proposed_by": item.proposed_by or item.get_proposer_side_display(),
                "problem": item.problem,
                "agreement": item.agreement,
            }
            for item in meeting.agenda_items.order_by("order")
        ],
        "actions": [
            {
                "title": action.title,
                "owner": action.owner_name,
                "due_on": action.due_on.isoformat() if action.due_on else "",
            }
            for action in meeting.joint_actions.order_by("order")
        ],
    }


def _time(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return ""
    end = f"{meeting.ends_at:%H:%M}" if meeting.ends_at else ""
    return f"{meeting.starts_at:%H:%M}から{end}" + ("まで" if end else "")
