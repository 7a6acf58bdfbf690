"""When an objection is in time, and what stands against its steps. Pure (適正化法25条, 施行令15条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.core.dates import Deadline, Period, RollRule, day_with_weekday, deadline_after

from .states import ObjectionState


@dataclass(frozen=True, slots=True)
class Count:
    """The period of 施行令15条: `since` is the notice's arrival, or the day the act was known."""

    since: date
    days: int
    is_known_day: bool
    deadline: Deadline

    @property
    def last_day(self) -> date:
        return self.deadline.day

    def is_late(self, on: date) -> bool:
        return on > self.last_day

    @property
    def steps(self) -> tuple[str, ...]:
        """How it was counted, in sentences."""
        began = "処分があったことを知りました" if self.is_known_day else "通知を受けました"
        nominal = day_with_weekday(self.deadline.nominal)
        found = [
            f"{day_with_weekday(self.since)}に{began}。",
            f"その翌日から{self.days}日を数えます。{self.days}日目は{nominal}です。",
        ]
        if self.deadline.remark:
            found.append(self.deadline.remark)
        return tuple(found)


def count_from(arrived_on: date | None, known_on: date | None, days: int) -> Count | None:
    """Without a notice it runs from the day the act was known; unknown yet, it does not run.

    A period fixed by order for an act toward an office of the state rolls on (休日法2条).
    """
    since = arrived_on or known_on
    if since is None:
        return None
    deadline = deadline_after(since, Period(days=days), RollRule.STATUTORY_NEXT)
    return Count(since, days, arrived_on is None, deadline)


def writing_reasons(
    *, content: str, reasons: str, late_reason: str, count: Count | None, today: date
) -> Iterator[str]:
    """What 施行令15条 asks to be written, and the reason that a late one needs."""
    if not content.strip():
        yield "処分の内容を入力してください（施行令15条）。"
    if not reasons.strip():
        yield "不服の理由を入力してください（施行令15条）。"
    if count is None:
        yield "処分を受けた年月日を入力してください（施行令15条）。"
    elif count.is_late(today) and not late_reason.strip():
        last = day_with_weekday(count.last_day)
        yield (
            f"期限（{last}）を過ぎています。やむを得ない理由があるときは、その理由を入力してください。"
        )


def dismissal_reasons(*, state: str, is_late: bool, mend_due: date | None, today: date) -> str:
    """Nothing when it may be refused without a hearing: it came late, or was not mended in time."""
    if state == ObjectionState.FILED and is_late:
        return ""
    if state == ObjectionState.MENDING and mend_due is not None and today > mend_due:
        return ""
    if state == ObjectionState.MENDING:
        return "補正の期限が過ぎていません。期限まで待ってください。"
    return "期限内に届いた申出は、受理して意見を述べる機会を与えてください（適正化法25条2項）。"
