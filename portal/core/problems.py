"""The three answers other than yes: not for you (404), not allowed (403), not now (409)."""

from __future__ import annotations

from collections.abc import Iterable


class Denied(Exception):
    """The person may never do this to this object in this role: HTTP 403."""

    status = 403

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class Refused(Denied):
    """Not in this state, or a rule is not met yet: HTTP 409 with every reason, not the first."""

    status = 409


class Stale(Denied):
    """Someone else saved first: HTTP 409. `seen` and `current` are row versions."""

    status = 409

    def __init__(self, seen: int, current: int) -> None:
        self.seen, self.current = seen, current
        super().__init__(
            ["ほかの人が先に更新しました。最新の内容を確認してから、もう一度操作してください。"]
        )
