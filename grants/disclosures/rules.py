"""Which words are hidden, and when a decision is due. Pure (情報公開法5条, 6条, 10条)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core.dates import Deadline, Period, deadline_after
from portal.core.personal import find_personal

from .states import FileOutcome

MARK = "■■■"
_NAMES = ("氏名", "担当者")
_DASHES = frozenset("‐‑‒–—―−－─﹣")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A word that stands nowhere in what is disclosed; `number` is its place in the list of masks."""

    number: int
    word: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What looks like a person, and what it looks like."""

    kind: str
    word: str


def folded(text: str) -> str:
    """In which two writings of one word are equal: width, spaces and dashes say nothing."""
    return "".join(sign for sign, _ in _folded(text))


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """Each sign with where it stands in `text`; taken apart, so that ｶﾞ and ガ are one."""
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign).casefold():
            if not part.isspace():
                yield ("-" if part in _DASHES else part), place


def masked(text: str, words: Sequence[Hidden]) -> tuple[str, frozenset[int]]:
    """The text with every occurrence of every word replaced, however it is written, and which were
    found. Where two overlap, all that either covers is hidden."""
    pairs = list(_folded(text))
    signs = "".join(sign for sign, _ in pairs)
    cover: dict[int, int] = {}
    found: set[int] = set()
    for one in sorted(words, key=lambda one: -len(folded(one.word))):
        wanted = folded(one.word)
        at = signs.find(wanted) if wanted else -1
        while at >= 0:
            found.add(one.number)
            first, last = pairs[at][1], pairs[at + len(wanted) - 1][1]
            for place in range(first, last + 1):
                cover.setdefault(place, one.number)
            at = signs.find(wanted, at + 1)
    return "".join(_drawn(text, cover)), frozenset(found)


def _drawn(text: str, cover: dict[int, int]) -> Iterator[str]:
    before: int | None = None
    for place, sign in enumerate(text):
        number = cover.get(place)
        if number is None:
            yield sign
        elif number != before:
            yield f"{MARK}〔{number}〕"
        before = number


def suspicions(lines: Iterable[tuple[str, str]]) -> tuple[Suspicion, ...]:
    """Each word once, in the order in which it is read; what is labelled as a name is one."""
    found: dict[str, Suspicion] = {}
    for label, text in lines:
        if label.endswith(_NAMES) and text:
            found.setdefault(folded(text), Suspicion("氏名", text))
        for one in find_personal(text):
            found.setdefault(folded(one.text), Suspicion(one.kind, one.text))
    return tuple(found.values())


def decision_due(received_on: date, days: int) -> Deadline:
    """10条1項, and 2項 with the days of an extension added: the first day does not count, and
    nothing rolls, since it is the office that acts."""
    return deadline_after(received_on, Period(days=days))


def file_reasons(outcome: str, *, ground: str, masked: str, original: str) -> Iterator[str]:
    """5条, 6条: what is hidden has its ground, and a part is given as a copy of its own. `masked` and
    `original` are hashes, empty where there is no copy."""
    if outcome in FileOutcome.hiding() and not ground:
        yield "開示しない根拠を選んでください。"
    if outcome == FileOutcome.PART and not masked:
        yield "開示しない部分を覆った写しを追加してください。"
    if outcome == FileOutcome.PART and masked == original:
        yield "覆った写しが、元のファイルと同じです。開示しない部分を覆ったファイルを選んでください。"


def readiness_reasons(*, picked: int, undecided: int, files: int = 0) -> Iterator[str]:
    """`files` are those of the case of which nothing was decided."""
    if files:
        yield f"案件のファイルのうち、{files}件の扱いが決まっていません。すべて決めてください。"

    if not picked:
        yield "開示の対象とする文書の部分を選んでください。"
    if undecided:
        yield (
            f"個人に関すると思われる語句のうち、{undecided}件を隠すかどうかが決まっていません。"
            "1件ずつ決めてください。"
        )
