"""Questions of money and of days about a finding. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .states import FindingState


def decrease(before: int, after: int) -> int:
    """交付額の減少見込み in yen: what was or would be fixed, less the same without the cost found."""
    return max(before - after, 0)


def is_overdue(state: str, due_on: date | None, today: date) -> bool:
    """Its correction is still owed when its day is over."""
    return state == FindingState.UPHELD and due_on is not None and today > due_on


def citation_reasons(clause: str, article: str) -> Iterator[str]:
    """要領5(2): a finding names what was not met; the portal never fills it in by itself."""
    if not clause and not article.strip():
        yield "適合しない規定を、要領の条項か、法律・要綱・条件・契約の条で示してください。"


def ruling_reasons(state: str, comment_due_on: date | None, today: date) -> Iterator[str]:
    """The body is heard before it is ruled: its comment is there, or its day is over."""
    if state == FindingState.ISSUED and comment_due_on is not None and today <= comment_due_on:
        yield "団体の意見の期限が過ぎていません。意見が届くか、期限が過ぎるのを待ってください。"


def correction_reasons(plan: str, owner: str, report: str) -> Iterator[str]:
    """What is still missing before a correction can be reported."""
    missing = [
        word
        for word, text in (("是正の計画", plan), ("担当", owner), ("行った是正", report))
        if not text.strip()
    ]
    if missing:
        yield f"{'、'.join(missing)}を入力してください。"
