"""What a link of a chain is judged by: plain values in, reasons out. No database, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from grants.contractors.api import ContractKind, Finding
from portal.core.dates import screen_date
from portal.core.money import format_yen

LAW = "適正化法23条1項"
GUIDELINE = "要領5(1)"


@dataclass(frozen=True, slots=True)
class Link:
    """One body of a chain and what it was given to do. The contract itself is the first link.

    `shares` in yen by the uid of the 積算内訳 that the money comes from; `activities` by uid, true
    where all of the work on it goes on.
    """

    body: UUID
    name: str
    kind: str
    shares: Mapping[UUID, int]
    activities: Mapping[UUID, bool]
    starts_on: date
    ends_on: date
    findings: tuple[Finding, ...] = ()

    @property
    def amount(self) -> int:
        return sum(self.shares.values())


@dataclass(frozen=True, slots=True)
class LinkSubject:
    """A link that is asked for, between what is above it and what is beside and below it.

    `above` begins with the contract. `beside` are the links in force that the same body has passed
    on already, without the one that this replaces, whose own links are `below`. `prefecture` is the
    body number of the grantee's organisation. `day` is the day of the consent, or today.
    `begun_on` says that the work began before anybody asked.
    """

    link: Link
    above: tuple[Link, ...]
    beside: tuple[Link, ...]
    below: tuple[Link, ...]
    items: Mapping[UUID, str]
    names: Mapping[UUID, str]
    organisation: UUID
    prefecture: UUID
    organisations_above: tuple[UUID, ...]
    deepest: int
    day: date
    begun_on: date | None = None

    @property
    def parent(self) -> Link:
        return self.above[-1]

    @property
    def depth(self) -> int:
        """1 directly below the contract."""
        return len(self.above)


def passed_on(links: Iterable[Link]) -> dict[UUID, int]:
    """Yen by line over all of these links."""
    found: dict[UUID, int] = {}
    for link in links:
        for uid, amount in link.shares.items():
            found[uid] = found.get(uid, 0) + amount
    return found


def share_reasons(parent: Link, links: Sequence[Link], items: Mapping[UUID, str]) -> Iterator[str]:
    """Line by line, what goes on stays within what the link above has for it."""
    for uid, amount in passed_on(links).items():
        has = parent.shares.get(uid, 0)
        if amount > has:
            yield (
                f"「{items.get(uid, 'この契約にない行')}」から再委託する額の合計（{format_yen(amount)}）が、"
                f"{parent.name}の額（{format_yen(has)}）を超えています。"
            )


def whole_reasons(parent: Link, links: Sequence[Link]) -> Iterator[str]:
    """一括再委託: neither all the money nor all the work of all activities may go on."""
    total = sum(link.amount for link in links)
    if total >= parent.amount:
        yield (
            f"再委託する額の合計（{format_yen(total)}）が、{parent.name}の額"
            f"（{format_yen(parent.amount)}）のすべてになります。"
        )
    gone = {uid for link in links for uid, is_whole in link.activities.items() if is_whole}
    if parent.activities and gone >= set(parent.activities):
        yield f"{parent.name}の取組のすべてについて、業務の全部を再委託することになります。"


def period_reasons(parent: Link, links: Iterable[Link]) -> Iterator[str]:
    for link in links:
        if link.starts_on < parent.starts_on or link.ends_on > parent.ends_on:
            yield (
                f"{link.name}の期間（{screen_date(link.starts_on)}から{screen_date(link.ends_on)}まで）が、"
                f"{parent.name}の期間（{screen_date(parent.starts_on)}から"
                f"{screen_date(parent.ends_on)}まで）に収まっていません。"
            )


def change_reasons(new: Link, links: Sequence[Link], items: Mapping[UUID, str]) -> Iterator[str]:
    """What stands against agreeing the contract anew as `new`: what was passed on must still fit."""
    if links:
        yield from share_reasons(new, links, items)
        yield from whole_reasons(new, links)
        yield from period_reasons(new, links)


@dataclass(frozen=True, slots=True)
class Reach:
    """By what a body of a chain can be inspected, and why."""

    basis: str
    explanation: str


def reach(kinds: Sequence[str], contract: str, article: str, consent: str) -> Reach:
    """`kinds` from the contract down to the body's own link.

    適正化法2条4項: what is given on without a return, directly or indirectly out of the grant, is
    an indirect subsidy, so 23条 reaches every body of an unbroken line of subsidies. Where anything
    on the way is a contract, the body is reached by 要領5(1) and what was agreed.
    """
    if all(kind == ContractKind.SUBSIDY for kind in kinds):
        return Reach(
            f"{LAW}、{GUIDELINE}",
            f"間接補助「{contract}」を通じて補助を受けた間接補助事業者等として、同項が及びます。",
        )
    return Reach(
        f"{GUIDELINE}、「{contract}」の契約{article}、再委託の承諾（{consent}）",
        f"再委託先には適正化法23条が及ばないため、契約「{contract}」と承諾の条件によります。",
    )


@dataclass(frozen=True, slots=True)
class PaidLine:
    """Yen that an invoice says was paid on, out of one line. `is_known`: to a body with a consent."""

    line: UUID
    body: str
    amount: int
    is_known: bool
    consented: int = 0
    before: int = 0


def payee_reasons(
    rows: Sequence[PaidLine], billed: Mapping[UUID, int], items: Mapping[UUID, str]
) -> Iterator[str]:
    """What is paid on stays within what is asked for, and within what was consented to; yen."""
    totals: dict[UUID, int] = {}
    for row in rows:
        totals[row.line] = totals.get(row.line, 0) + row.amount
    for uid, total in totals.items():
        if total > billed.get(uid, 0):
            yield (
                f"「{items[uid]}」の支払先の合計（{format_yen(total)}）が、この請求の額"
                f"（{format_yen(billed.get(uid, 0))}）を超えています。"
            )
    sums: dict[tuple[str, UUID], int] = {}
    for row in rows:
        if row.is_known:
            key = (row.body, row.line)
            sums[key] = sums.get(key, row.before) + row.amount
            if sums[key] > row.consented:
                yield (
                    f"{row.body}への支払の累計（「{items[row.line]}」{format_yen(sums[key])}）が、"
                    f"承諾した額（{format_yen(row.consented)}）を超えています。"
                )
