"""When a key opens, and how much it may ask for; from plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

LONGEST = timedelta(days=365)


def why_not(*, expires_on: date, is_revoked: bool, is_in_force: bool, today: date) -> str:
    """The reason why a key does not open, or nothing; `expires_on` is the last day on which it does."""
    if is_revoked:
        return "この接続キーは無効にされています。"
    if today > expires_on:
        return "この接続キーは期限が切れています。責任者に、新しいキーの発行を頼んでください。"
    if not is_in_force:
        return "この契約は有効ではありません。"
    return ""


def expiry_problem(expires_on: date, today: date) -> str:
    """Why a key cannot be made to last to this day, or nothing."""
    if expires_on < today:
        return "期限には、今日以後の日付を入力してください。"
    if expires_on > today + LONGEST:
        return "期限は、今日から365日までにしてください。"
    return ""


# ---- Rate ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limit:
    """What one key may ask for in each window of `seconds`, counted from the epoch."""

    seconds: int
    requests: int
    rows: int

    @property
    def span(self) -> str:
        """«10分», or seconds where they are no whole minutes."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}分" if minutes and not seconds else f"{self.seconds}秒"

    def window(self, now: datetime) -> datetime:
        """The moment at which the window of `now` began."""
        passed = now.timestamp() % self.seconds
        return now.replace(microsecond=0) - timedelta(seconds=int(passed))

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds until the next window, at least one."""
        return self.seconds - int(now.timestamp() % self.seconds)


@dataclass(frozen=True, slots=True)
class Use:
    """What a key asked for in the window that began at `window`; `refused` were above the limit."""

    window: datetime
    requests: int = 0
    rows: int = 0
    refused: int = 0

    def at(self, window: datetime) -> Use:
        """Nothing yet, once another window has begun."""
        return self if self.window == window else Use(window)


def charge(use: Use, limit: Limit, *, requests: int = 0, rows: int = 0) -> tuple[Use, str]:
    """What the key has used afterwards, and the reason why it may not; a refusal costs nothing."""
    reason = ""
    if use.requests + requests > limit.requests:
        reason = f"{limit.span}に{limit.requests:,}回までです。"
    elif use.rows + rows > limit.rows:
        left = max(0, limit.rows - use.rows)
        reason = f"{limit.span}に{limit.rows:,}行までです（残り{left:,}行）。"
    if reason:
        return replace(use, refused=use.refused + 1), reason
    return replace(use, requests=use.requests + requests, rows=use.rows + rows), ""
