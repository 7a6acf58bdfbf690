"""What an award costs in the end. Pure: yen in, yen and reasons out (適正化法14条, 15条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from portal.core.money import format_yen

from .states import Verdict


@dataclass(frozen=True, slots=True)
class SpentLine:
    """One line of the plan in force and what became of it, in yen.

    `spent` is empty while it was not typed; `expected` is still to be paid until the books close.
    """

    uid: UUID
    section: str
    number: int
    category_code: str
    category: str
    item: str
    delivery: str
    budget: int
    is_eligible: bool
    spent: int | None
    expected: int
    other_funding: str
    other_funding_name: str
    note: str

    @property
    def total(self) -> int:
        return (self.spent or 0) + self.expected

    @property
    def is_funded_twice(self) -> bool:
        return self.other_funding == "exists" and self.is_eligible


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator: `recorded` is what the confirmed records add up to, where they say it."""

    uid: UUID
    label: str
    unit: str
    target: Decimal | None
    actual: Decimal | None
    recorded: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """The platform or one activity: what it brought about, by indicators and by lines.

    `contracted` is the yen of its contracts.
    """

    key: str
    mark: str
    title: str
    clause: str
    name: str
    text: str
    is_saved: bool
    results: tuple[Result, ...]
    lines: tuple[SpentLine, ...]
    contracted: int = 0

    @property
    def budget(self) -> int:
        return sum(line.budget for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def label(self) -> str:
        return f"{self.mark} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Revenue:
    uid: UUID
    label: str
    budget: int
    amount: int | None


@dataclass(frozen=True, slots=True)
class Contracted:
    """One contract of the award as the report lists it; yen."""

    uid: UUID
    title: str
    contractor: str
    activities: str
    amount: int
    method: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a requirement on a 実績報告 is given; yen. `unconfirmed` counts 月報 that nobody confirmed.

    `reported_on` is the day of its first submission, which a return does not move (26条の3), or
    today. `ordered` is what refund orders ask back of `received` already. `needs_accounts` is the
    programme's word on the 歳入歳出決算書（又は決算見込書）の抄本.
    """

    completed_on: date | None
    today: date
    reported_on: date
    due_on: date | None
    summary: str
    parts: tuple[Part, ...]
    incomes: tuple[Revenue, ...]
    contracts: tuple[Contracted, ...]
    decided: int
    received: int
    ordered: int
    unconfirmed: int
    needs_accounts: bool = False
    has_accounts: bool = False

    @property
    def lines(self) -> tuple[SpentLine, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def eligible(self) -> int:
        return sum(line.total for line in self.lines if line.is_eligible)

    @property
    def expected(self) -> int:
        return sum(line.expected for line in self.lines)

    @property
    def income(self) -> int:
        return sum(one.amount or 0 for one in self.incomes)


def fixed_amount(decided: int, recomputed: int) -> int:
    """確定額 in yen: never above what was decided."""
    return min(decided, recomputed)


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands between the money received and 確定額, in yen; one of the two is nothing."""

    over: int
    short: int


def difference(*, received: int, ordered: int, decided: int, fixed: int) -> Difference:
    """What 額の確定 itself asks back (適正化法18条2項), or leaves to be paid (精算払).

    `ordered` came back or will by orders that stand already; what lies above `decided` was revoked
    and comes back by 18条1項 (both yen).
    """
    kept = received - ordered
    return Difference(max(0, min(kept, decided) - fixed), max(0, fixed - kept))


def verdict_reasons(
    verdict: str, cut: int | None, reason: str, clause: str, *, total: int
) -> Iterator[str]:
    """Why a verdict on a line of `total` yen cannot stand: a cut names amount, reason and clause."""
    if verdict == Verdict.ACCEPTED:
        return
    if not reason.strip():
        yield "理由を入力してください。"
    if verdict != Verdict.CUT:
        return
    if cut is None or not 0 < cut <= total:
        yield f"減額は、1円以上、この明細の額（{format_yen(total)}）以下にしてください。"
    if not clause.strip():
        yield "減額の根拠（法令、要綱、要領、条件、契約）を入力してください。"


def look_reasons(verdict: str, looked_at: str, outcome: str) -> Iterator[str]:
    """Why a line that was picked cannot be accepted or cut: what was looked at and what came of it."""
    if verdict not in (Verdict.ACCEPTED, Verdict.CUT):
        return
    if not looked_at.strip():
        yield "抽出した明細です。確かめたものを入力してください。"
    if not outcome.strip():
        yield "抽出した明細です。確かめた結果を入力してください。"


def draw_reasons(population: int, count: int) -> Iterator[str]:
    """Why `count` lines cannot be drawn of `population`."""
    if not population:
        yield "抽出のもとになる明細がありません。すべて抽出済みです。"
    elif not 1 <= count <= population:
        yield f"抽出する件数は、1件から{population}件までにしてください。"


def drawn(population: Sequence[UUID], count: int, seed: str) -> list[UUID]:
    """The first `count` in the order of SHA-256 of «seed, line feed, uid»: each has an equal chance,
    and whoever has the seed draws the same."""
    ordered = sorted(population, key=lambda uid: sha256(f"{seed}\n{uid}".encode()).hexdigest())
    return ordered[:count]


def owed_by_step(steps: Sequence[tuple[int, int]]) -> list[int]:
    """What each act asks back in yen, in the order of the acts; nothing later changes it.

    A step is what had been received in all when the act came, and what may be kept after it.
    """
    found: list[int] = []
    for received, limit in steps:
        found.append(max(0, received - sum(found) - limit))
    return found


def evenness_reasons(*, fixed: int, paid: int, repaid: int) -> Iterator[str]:
    """Why the money of an award is not even yet: what was paid less what came back is 確定額."""
    kept = paid - repaid
    if kept < fixed:
        yield f"確定額に対し、{format_yen(fixed - kept)}の支払（精算払）が残っています。"
    elif kept > fixed:
        yield f"確定額を超える{format_yen(kept - fixed)}が、まだ返還されていません。"
