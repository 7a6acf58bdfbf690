"""Whether two rows mean the same body, as people write names (一般に使われる略記). Pure.

Bodies are never merged by a guess that nobody sees: a name that is the same is a proposal, a
法人番号 that is different is another body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from portal.core.text import search_key

# What is written short, by what it stands for. Where it stands stays: ㈱みらい is not みらい㈱.
_LEGAL_FORMS = {
    "株式会社": ("㈱",),
    "有限会社": ("㈲",),
    "合同会社": ("(同)",),
    "特定非営利活動法人": ("npo法人", "(特非)", "(npo)"),
    "一般社団法人": ("(一社)",),
    "公益社団法人": ("(公社)",),
    "一般財団法人": ("(一財)",),
    "公益財団法人": ("(公財)",),
    "社会福祉法人": ("(福)", "(社福)"),
    "医療法人": ("(医)",),
    "学校法人": ("(学)",),
}
_SHORT = tuple(
    (search_key(short), search_key(long))
    for long, shorts in _LEGAL_FORMS.items()
    for short in shorts
)
# 県社協 is 県社会福祉協議会; 会社協会 is not.
_WELFARE_COUNCIL = re.compile("(?<!会)社協")
_BRACKETED_NOTE = re.compile(r"\((?:事務局|代表|オブザーバー|会長|副会長|幹事)[^)]*\)")
T = TypeVar("T")


def name_key(name: str) -> str:
    """Equal for two writings of one name: width, spaces, 髙 and 高, ㈱ and 株式会社."""
    key = search_key(name)
    key = _BRACKETED_NOTE.sub("", key)
    for short, long in _SHORT:
        key = key.replace(short, long)
    return _WELFARE_COUNCIL.sub("社会福祉協議会", key)


class Ground(StrEnum):
    """Why two are taken for one."""

    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    body: T
    ground: Ground


@dataclass(frozen=True, slots=True)
class Known(Generic[T]):
    """A body that is there already, or an earlier row of the same list."""

    body: T
    name: str
    number: str


class Matcher(Generic[T]):
    """Finds among the known; two numbers that differ are two bodies, whatever their names."""

    def __init__(self, known: Iterable[Known[T]] = ()) -> None:
        self._by_number: dict[str, Known[T]] = {}
        self._by_name: dict[str, list[Known[T]]] = {}
        for one in known:
            self.add(one)

    def add(self, one: Known[T]) -> None:
        if one.number:
            self._by_number.setdefault(one.number, one)
        self._by_name.setdefault(name_key(one.name), []).append(one)

    def find(self, name: str, number: str) -> Match[T] | None:
        if number and number in self._by_number:
            return Match(self._by_number[number].body, Ground.NUMBER)
        for one in self._by_name.get(name_key(name), ()):
            if not (number and one.number):
                return Match(one.body, Ground.NAME)
        return None


def read_several(text: str, words: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """«居場所、若者» as the keys of `words` (label → key), and the words that none of them is."""
    found, unknown = [], []
    by_key = {search_key(label): key for label, key in words.items()}
    for word in split_words(text):
        key = by_key.get(search_key(word)) or _only_part(search_key(word), by_key)
        if key is None:
            unknown.append(word)
        elif key not in found:
            found.append(key)
    return found, unknown


def _only_part(word: str, by_key: Mapping[str, str]) -> str | None:
    """«若者» is «若者・ひきこもり» where no other label holds the word."""
    holding: Sequence[str] = [key for label, key in by_key.items() if word and word in label]
    return holding[0] if len(holding) == 1 else None


def split_words(text: str) -> list[str]:
    """Words of a cell or a line, as people part them; each once."""
    words = [word.strip() for word in re.split(r"[、,，\n\r;；／/]+", text)]
    return list(dict.fromkeys(word for word in words if word))
