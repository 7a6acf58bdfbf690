"""Rows of the accounting system beside the payments recorded here. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.text import search_key

from .states import Found

_OFFICES = ("知事", "会計管理者", "出納長")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the file; `body` is the grantee's name as the portal has it, empty where unknown."""

    number: int
    reference: str
    payee: str
    body: str
    amount: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class Recorded:
    """A payment recorded here."""

    pk: UUID
    reference: str
    body: str
    amount: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """An accepted claim; `amount` is what is left to pay of it, in yen."""

    pk: UUID
    receipt_number: str
    body: str
    amount: int


@dataclass(frozen=True, slots=True)
class Match:
    """`differing` are the columns that differ; `reason` says what was found, or why nothing was."""

    found: Found
    entry: Entry | None = None
    payment: Recorded | None = None
    claim: Waiting | None = None
    differing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def can_be_taken(self) -> bool:
        """Its day of payment can be taken over: nothing but the day differs, or a claim waits."""
        return self.found == Found.CLAIM or self.differing == (DAY,)

    @property
    def key(self) -> str:
        """What a person chose, so that a row that means something else by now is not taken."""
        on = self.payment or self.claim
        return f"{self.entry.number}:{on.pk}" if self.entry and on else ""


REFERENCE, BODY, AMOUNT, DAY = "文書番号", "相手方", "支払額", "支払日"


def body_of(payee: str, bodies: Iterable[str]) -> str:
    """«長野県知事» and «長野県会計管理者» are 長野県; empty for nobody who is known."""
    key = search_key(payee)
    for name in bodies:
        rest = key.removeprefix(search_key(name))
        if rest != key and (not rest or rest in map(search_key, _OFFICES)):
            return name
    return ""


def fold_reference(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def compare(
    entries: Sequence[Entry], payments: Sequence[Recorded], claims: Sequence[Waiting]
) -> list[Match]:
    """By number first; then by body, amount and day; then by body and amount where that is clear.

    A row and a payment meet once. In the order of the file, then what only the portal has.
    """
    left, open_, waiting = list(entries), list(payments), list(claims)
    made: dict[int, Match] = {}
    keys: tuple[Callable[[Entry | Recorded], tuple[object, ...] | None], ...] = (
        _by_reference,
        lambda one: (one.body, one.amount, one.paid_on),
        lambda one: (one.body, one.amount),
    )
    for place, key in enumerate(keys):
        for entry in list(left):
            wanted = key(entry)
            found = [one for one in open_ if wanted is not None and key(one) == wanted]
            rivals = [one for one in left if key(one) == wanted]
            is_clear = len(found) == len(rivals) == 1 or (place == 1 and bool(found))
            if is_clear:
                made[entry.number] = _paired(entry, found[0])
                left.remove(entry)
                open_.remove(found[0])
    for entry in list(left):
        fits = [one for one in waiting if (one.body, one.amount) == (entry.body, entry.amount)]
        if fits:
            waiting.remove(fits[0])
            left.remove(entry)
            reason = f"請求（{fits[0].receipt_number}）の支払として記録できます。"
            made[entry.number] = Match(Found.CLAIM, entry, claim=fits[0], reason=reason)
    for entry, claim in list(_parts(left, waiting)):
        left.remove(entry)
        reason = f"請求（{claim.receipt_number}）の一部の支払として記録できます。"
        made[entry.number] = Match(Found.CLAIM, entry, claim=claim, reason=reason)
    for entry in left:
        made[entry.number] = Match(Found.ONLY_THERE, entry, reason=_why_alone(entry, open_))
    here = [
        Match(Found.ONLY_HERE, payment=one, reason="会計の記録に、合う行がありません。")
        for one in open_
    ]
    return [made[entry.number] for entry in entries] + here


def _parts(entries: Sequence[Entry], claims: Sequence[Waiting]) -> Iterator[tuple[Entry, Waiting]]:
    """Rows that pay a claim in parts: only where one claim of the body waits, and all of them fit."""
    for claim in claims:
        rows = [one for one in entries if one.body == claim.body]
        is_clear = sum(one.body == claim.body for one in claims) == 1
        if is_clear and sum(one.amount for one in rows) <= claim.amount:
            yield from ((row, claim) for row in rows)


def _by_reference(one: Entry | Recorded) -> tuple[object, ...] | None:
    folded = fold_reference(one.reference)
    return (folded,) if folded else None


def _paired(entry: Entry, payment: Recorded) -> Match:
    numbers = (fold_reference(entry.reference), fold_reference(payment.reference))
    pairs = (
        # A number that one side does not have says nothing.
        (REFERENCE, *(numbers if all(numbers) else ("", ""))),
        (BODY, entry.body, payment.body),
        (AMOUNT, entry.amount, payment.amount),
        (DAY, entry.paid_on, payment.paid_on),
    )
    differing = tuple(name for name, there, here in pairs if there != here)
    if not differing:
        return Match(Found.SAME, entry, payment)
    reason = f"{'、'.join(differing)}が違います。"
    return Match(Found.DIFFERS, entry, payment, differing=differing, reason=reason)


def _why_alone(entry: Entry, open_: Sequence[Recorded]) -> str:
    if not entry.body:
        return f"相手方「{entry.payee}」が、この年度に交付決定を受けた団体に見つかりません。"
    same = [one for one in open_ if (one.body, one.amount) == (entry.body, entry.amount)]
    if same:
        return "同じ団体の同じ額が複数あり、どれと合うか決められません。番号をそろえてください。"
    return "この番号の支払も、同じ額の支払も、ポータルにありません。"
