"""What an application puts on the home pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from grants.approvals.api import Circulation, standings
from grants.filings.api import Filing, FilingState, ReviewItem, clock_of
from grants.programmes.api import Ledger, Programme, Round, newest_programme
from portal.access.api import PREFECTURE, Role
from portal.accounts.api import Membership, Work
from portal.core.actor import Actor
from portal.core.dates import deadline_phrase, now_jst, remaining_phrase
from portal.home.api import Panel

from .overview import overview

_STEPS = (
    ("下書き", ("draft", "returned")),
    ("決裁", ("awaiting_approval",)),
    ("提出", ("submitted",)),
    ("審査", ("under_review", "reviewed")),
    ("決定", ("decided", "declined")),
)


def _current(actor: Actor) -> tuple[Programme | None, Filing | None]:
    """The newest year and this body's application in it."""
    programme = newest_programme()
    if programme is None:
        return None, None
    filing = (
        Filing.objects.for_user(actor)
        .with_plan()
        .filter(programme=programme, kind="application")
        .order_by("-created_at")
        .first()
    )
    return programme, filing


def deadline(actor: Actor) -> Mapping[str, Any] | None:
    """The one line at the top: the deadline and the one main action."""
    programme, filing = _current(actor)
    if programme is None:
        return None
    rounds = Round.objects.for_body(actor.organisation_id)
    round_ = rounds.of(programme.pk, filing.round_number if filing is not None else 1)
    closes = round_.closing()
    is_drafting = filing is not None and filing.is_with_writers
    if filing is not None and filing.state == FilingState.RETURNED and filing.answer_due:
        due: Any = filing.answer_due
    else:
        due = closes
    return {
        "programme": programme,
        "filing": filing,
        "due": deadline_phrase(due),
        "remaining": remaining_phrase(due, now_jst()),
        "is_open": filing is None or is_drafting,
        "overview": overview(filing) if filing is not None and is_drafting else None,
        "open_points": _open_points(filing) if filing is not None and is_drafting else 0,
        "may_start": actor.role == Role.DRAFTER,
        "is_drafter": actor.role == Role.DRAFTER,
    }


def _open_points(filing: Filing) -> int:
    """Points of the return that have no answer yet, not even a draft of one."""
    return filing.items.filter(state="open").count()


def steps(actor: Actor) -> Mapping[str, Any] | None:
    programme, filing = _current(actor)
    if filing is None:
        return None
    at = next((n for n, (_, states) in enumerate(_STEPS) if filing.state in states), 0)
    closed = filing.state in (FilingState.DECIDED, FilingState.DECLINED)
    rows = []
    for n, (label, _) in enumerate(_STEPS):
        state = "done" if n < at or closed else "current" if n == at else "ahead"
        shown = filing.get_state_display() if n == at else ""
        detail = "" if shown == label else shown
        rows.append((label, detail, state))
    return {"filing": filing, "programme": programme, "steps": rows}


def points(actor: Actor) -> Mapping[str, Any] | None:
    """Returned points, unanswered before answered."""
    items = list(
        ReviewItem.objects.for_user(actor)
        .unresolved()
        .filter(filing__state__in=(FilingState.RETURNED, FilingState.AWAITING_APPROVAL))
        .select_related("filing__programme", "filing__grantee")
        .prefetch_related("messages")
        .order_by("-state", "filing", "number")[:50]
    )
    return {"items": items, "filing": items[0].filing} if items else None


def approvals(actor: Actor) -> Mapping[str, Any] | None:
    """My turn first; how many come later is said beside."""
    going = Circulation.objects.for_user(actor).going_round().for_lists().order_by("requested_at")
    found = standings(list(going))
    mine = [one.circulation for one in found if one.stop_for(actor) is not None]
    return {"mine": mine, "later": len(found) - len(mine)}


def reviews(actor: Actor) -> Mapping[str, Any] | None:
    waiting = list(
        Filing.objects.for_user(actor)
        .awaiting_review()
        .for_lists()
        .order_by("first_submitted_at")[:20]
    )
    return {
        "rows": [(filing, clock_of(filing)) for filing in waiting],
        "total": Filing.objects.for_user(actor).awaiting_review().count(),
    }


def decisions(actor: Actor) -> Mapping[str, Any] | None:
    waiting = list(
        Filing.objects.for_user(actor).awaiting_decision().for_lists().order_by("submitted_at")[:20]
    )
    return {"filings": waiting}


def budget(actor: Actor) -> Mapping[str, Any] | None:
    programme = newest_programme()
    if programme is None:
        return None
    terms = programme.terms()
    ledger = Ledger.objects.get(programme=programme)
    applications = Filing.objects.for_user(actor).of_kind("application")
    by_state = applications.of_year(programme.fiscal_year).counts_by_state()
    counts = [
        (label, sum(by_state.get(state, 0) for state in states))
        for label, states in (
            ("審査を待つもの", ("submitted", "under_review")),
            ("差戻し中", ("returned", "awaiting_approval")),
            ("審査済み", ("reviewed",)),
            ("決定", ("decided",)),
        )
    ]
    return {
        "programme": programme,
        "budget": terms.budget,
        "decided": ledger.decided,
        "promised": ledger.promised,
        "left": ledger.left(terms.budget),
        "bar": [(ledger.decided, "a"), (ledger.promised, "b")],
        "counts": counts,
    }


def deadlines(actor: Actor) -> Mapping[str, Any] | None:
    """Days to come, soonest first."""
    programme = newest_programme()
    if programme is None:
        return None
    closes = programme.terms().window_closes
    rows = []
    if closes > timezone.now():
        rows.append((closes.date(), f"{programme.year_label} 交付申請の締切", ""))
    returned = (
        Filing.objects.for_user(actor)
        .for_lists()
        .filter(state=FilingState.RETURNED)
        .exclude(answer_due=None)
        .order_by("answer_due")[:5]
    )
    rows += [
        (f.answer_due, f"{f.grantee} {f.programme.year_label} 差戻しへの回答", f.get_absolute_url())
        for f in returned
    ]
    rows.sort(key=lambda row: row[0])
    now = now_jst()
    return {"rows": [(day, remaining_phrase(day, now), what, url) for day, what, url in rows]}


def work_of(membership: Membership) -> Iterator[Work]:
    """What this person has written or asked for and their office still holds."""
    if membership.role != Role.DRAFTER:
        return
    mine = Q(revision__editors__user=membership.user) | Q(requested_by=membership.user)
    held = Filing.objects.filter(mine, grantee_id=membership.organisation_id).with_writers()
    for filing in held.for_lists().order_by("created_at").distinct():
        yield Work(f"{filing}（{filing.get_state_display()}）", filing.get_absolute_url())


_OFFICE = frozenset(
    {Role.REVIEWER, Role.DECIDER, Role.AUDITOR, Role.PROGRAMME_MANAGER, Role.INSPECTOR}
)

PANELS = (
    Panel("deadline", PREFECTURE, "home/panels/deadline.html", deadline, "hero"),
    Panel("points", PREFECTURE, "home/panels/points.html", points, "main", 10),
    Panel(
        "approvals", frozenset({Role.APPROVER}), "home/panels/approvals.html", approvals, "main", 5
    ),
    Panel("steps", PREFECTURE, "home/panels/steps.html", steps, "main", 20),
    Panel(
        "reviews",
        frozenset({Role.REVIEWER, Role.AUDITOR, Role.INSPECTOR, Role.PROGRAMME_MANAGER}),
        "home/panels/reviews.html",
        reviews,
        "main",
        10,
    ),
    Panel(
        "decisions",
        frozenset({Role.DECIDER, Role.AUDITOR}),
        "home/panels/decisions.html",
        decisions,
        "main",
        8,
    ),
    Panel("budget", _OFFICE, "home/panels/budget.html", budget, "side", 10),
    Panel("deadlines", PREFECTURE | _OFFICE, "home/panels/deadlines.html", deadlines, "side", 20),
)
