"""What a body was told before it applies: its 内示額, and the wish it talked over."""

from __future__ import annotations

from grants.filings.api import Filing
from grants.plans.api import PlanRevision

from .comparison import Wish, wishes
from .models import Promise


def promise_to(filing: Filing) -> Promise | None:
    """The 内示 of the body in the filing's round, whether or not a decision followed."""
    found: Promise | None = Promise.objects.of_filing(filing).first()
    return found


def wish_before(filing: Filing) -> Wish | None:
    """Of the 協議, else of the 所要額調査: the ceiling to start with while there is no 内示."""
    found = wishes(filing.programme_id, filing.round_number, [filing.grantee_id])
    return found.get(filing.grantee_id)


def allowance_of_revision(revision: PlanRevision) -> int | None:
    """内示額 in yen for the application that owns this revision; None while there is none."""
    filing = getattr(revision, "filing", None)
    made = promise_to(filing) if filing is not None else None
    return made.amount if made is not None else None
