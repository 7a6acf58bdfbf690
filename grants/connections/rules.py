"""When a key opens, from plain values."""

from __future__ import annotations

from datetime import date, timedelta

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
