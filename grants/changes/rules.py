"""Which changes of a plan need approval (適正化法7条1項1号, 3号; 交付要綱). Pure; integer yen.

What is compared is the plan that the last decision put in force with the plan as it would be, so
that small changes add up until the next decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.plans.api import PlanContent
from grants.programmes.api import Terms
from portal.core.dates import FiscalYear, screen_date
from portal.core.money import format_yen

COST, CONTENT = "適正化法7条1項1号", "適正化法7条1項3号"
UNITS = {"category": "節", "activity": "取組"}
BASES = {
    "smaller": "増える区分と減る区分の、いずれか少ない方の額",
    "source": "減る区分の額",
    "destination": "増える区分の額",
}


@dataclass(frozen=True, slots=True)
class Shift:
    """One 節 or one 取組: yen of 対象経費 decided and as it would be.

    `limit` is how far it may move without approval; nothing where this side is not limited.
    """

    label: str
    before: int
    after: int
    limit: int | None

    @property
    def delta(self) -> int:
        return self.after - self.before

    @property
    def is_over(self) -> bool:
        return self.limit is not None and abs(self.delta) > self.limit

    @property
    def percent(self) -> str:
        """Of what was decided, to one place, cut off; nothing where nothing was decided."""
        if not self.before:
            return ""
        tenths = abs(self.delta) * 1000 // self.before
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class Need:
    """One reason why approval is needed, with its basis."""

    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` says the programme's rule in words; `shifts` is the computation, unit by unit."""

    rule: str
    shifts: tuple[Shift, ...]
    needs: tuple[Need, ...]

    @property
    def is_needed(self) -> bool:
        return bool(self.needs)

    def as_values(self) -> dict[str, object]:
        """JSON-ready, as it is shown, sealed and printed: only what moved."""
        return {
            "rule": self.rule,
            "is_needed": self.is_needed,
            "needs": [{"text": need.text, "basis": need.basis} for need in self.needs],
            "shifts": [
                {
                    "label": one.label,
                    "before": one.before,
                    "after": one.after,
                    "delta": one.delta,
                    "percent": one.percent,
                    "limit": one.limit,
                    "is_over": one.is_over,
                }
                for one in self.shifts
                if one.delta
            ],
        }


def rule_in_words(terms: Terms) -> str:
    unit = UNITS[terms.minor_change_unit]
    return (
        f"{unit}の間で移る額が、{BASES[terms.minor_change_basis]}の"
        f"{terms.minor_change_percent}%以内なら、承認は要りません。"
        "前の決定からの変更を合わせて数えます。"
    )


def shares(content: PlanContent, terms: Terms) -> dict[str, int]:
    """対象経費 in yen by the programme's unit, under its name, in the plan's order."""
    if terms.minor_change_unit == "activity":
        found = {"PF 地方版官民連携プラットフォーム": _eligible(content.platform.lines)}
        for one in content.activities:
            label = f"{one.title} {one.name}".strip()
            found[label] = found.get(label, 0) + _eligible(one.lines)
        return found
    by_code: Counter[str] = Counter()
    for line in content.lines:
        if line.is_eligible:
            by_code[line.category_code] += line.amount or 0
    return {label_of(code, terms): by_code[code] for code in sorted(by_code)}


def label_of(category_code: str, terms: Terms) -> str:
    category = terms.category(category_code)
    return f"{category.code} {category.name}" if category else category_code or "節が未入力"


def _eligible(lines: Iterable[Any]) -> int:
    return sum(line.amount or 0 for line in lines if line.is_eligible)


def shifts(before: Mapping[str, int], after: Mapping[str, int], terms: Terms) -> tuple[Shift, ...]:
    """Every unit of either plan, with how far it may move."""
    return tuple(
        _shift(label, before.get(label, 0), after.get(label, 0), terms)
        for label in dict.fromkeys([*before, *after])
    )


def _shift(label: str, before: int, after: int, terms: Terms) -> Shift:
    limited = {"smaller": (True, True), "source": (False, True), "destination": (True, False)}
    gains, losses = limited[terms.minor_change_basis]
    applies = gains if after > before else losses
    limit = before * terms.minor_change_percent // 100 if applies else None
    return Shift(label, before, after, limit)


def needs_of_shifts(found: tuple[Shift, ...]) -> Iterator[Need]:
    for one in found:
        if one.is_over and one.limit is not None:
            way = "増える" if one.delta > 0 else "減る"
            yield Need(
                f"「{one.label}」が{format_yen(abs(one.delta))}{way}（{format_yen(one.before)}から"
                f"{format_yen(one.after)}へ）。承認の要らない範囲は、{format_yen(one.limit)}までです。",
                COST,
            )


def judge_change(
    before: PlanContent, after: PlanContent, *, decided: int, asked: int, terms: Terms
) -> Finding:
    """`decided` is the amount in force, `asked` the amount applied for (yen)."""
    found = shifts(shares(before, terms), shares(after, terms), terms)
    always = (
        *_money(before, after, decided, asked),
        *_content(before, after),
        *_activities(before, after),
    )
    needs = [need for key, need in always if key in terms.always_approved]
    return Finding(rule_in_words(terms), found, (*needs, *needs_of_shifts(found)))


def judge_moves(
    before: PlanContent, by_code: Mapping[str, int], terms: Terms, by_section: Mapping[str, int]
) -> Finding:
    """流用 alone: `by_code` and `by_section` are the yen moved in and out of each 節 and 取組."""
    base = shares(before, terms)
    after = dict(base)
    moved = by_section if terms.minor_change_unit == "activity" else by_code
    for label, amount in moved.items():
        after[label] = after.get(label, 0) + amount
    found = shifts(base, after, terms)
    return Finding(rule_in_words(terms), found, tuple(needs_of_shifts(found)))


Found = Iterator[tuple[str, Need]]


def _money(before: PlanContent, after: PlanContent, decided: int, asked: int) -> Found:
    if asked != decided:
        yield (
            "amount",
            Need(
                f"交付決定額を{format_yen(decided)}から{format_yen(asked)}に変える。",
                "適正化法6条1項、7条1項",
            ),
        )
    old, new = _eligible(before.lines), _eligible(after.lines)
    if new > old:
        yield (
            "total",
            Need(f"対象経費が{format_yen(old)}から{format_yen(new)}に増える。", COST),
        )


def _content(before: PlanContent, after: PlanContent) -> Found:
    if before.vision != after.vision:
        yield "purpose", Need("目指す姿を変える。", CONTENT)
    old, new = before.completes_on, after.completes_on
    if old and new and new > old:
        yield (
            "completion",
            Need(
                f"完了予定日を{screen_date(old)}から{screen_date(new)}に延ばす。",
                "適正化法7条1項5号",
            ),
        )


def _activities(before: PlanContent, after: PlanContent) -> Found:
    old = {activity.uid: activity for activity in before.activities}
    new = {activity.uid: activity for activity in after.activities}
    for uid, activity in new.items():
        if uid not in old:
            yield "activities", Need(f"{activity.title}「{activity.name}」を加える。", CONTENT)
    for uid, activity in old.items():
        if uid not in new:
            yield "activities", Need(f"{activity.title}「{activity.name}」をやめる。", CONTENT)
            continue
        if activity.deliveries != new[uid].deliveries:
            yield (
                "delivery",
                Need(f"{activity.title}の実施方法（直営・委託・補助）を変える。", CONTENT),
            )
        targets = {one.uid: one for one in new[uid].indicators}
        for one in activity.indicators:
            now = targets.get(one.uid)
            if one.target is not None and (
                now is None or now.target is None or now.target < one.target
            ):
                yield "targets", Need(f"{activity.title}の目標「{one.label}」を下げる。", CONTENT)
    if {x.delivery for x in before.platform.lines} != {x.delivery for x in after.platform.lines}:
        yield "delivery", Need("プラットフォームの実施方法（直営・委託）を変える。", CONTENT)


@dataclass(frozen=True, slots=True)
class MovableLine:
    """A line of the plan in force with what 流用 left of it, in yen."""

    uid: object
    label: str
    section: str
    category: str
    amount: int
    is_eligible: bool


def move_reasons(
    source: MovableLine | None, target: MovableLine | None, amount: int, reason: str
) -> Iterator[str]:
    """Why yen cannot be moved from one line of the plan to another."""
    if source is None or target is None:
        yield "その明細は、いまの計画にありません。画面を開き直してください。"
        return
    if source.uid == target.uid:
        yield "流用元と流用先には、別の明細を選んでください。"
    if source.is_eligible != target.is_eligible:
        yield "対象経費と対象外の経費の間では、流用できません。"
    if not 0 < amount <= source.amount:
        yield f"流用する額は、1円以上、流用元の残り（{format_yen(source.amount)}）以下にしてください。"
    if not reason.strip():
        yield "理由を入力してください。"


def progress_days(terms: Terms, year: FiscalYear) -> list[date]:
    """The programme's days of 遂行状況報告 as dates of the fiscal year, in order (適正化法12条)."""
    found = []
    for month, day in terms.progress_dates:
        in_first = month >= year.start.month
        found.append(date(year.start.year if in_first else year.end.year, month, day))
    return sorted(found)
