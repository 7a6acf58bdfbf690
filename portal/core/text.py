"""What people type, and the forms of it that are compared, searched and printed.

The raw text is what is stored: even NFC changes 22 kanji of names that CP932 can carry (神 U+FA19),
and NFKC turns ① into 1. Everything here makes a *second* text beside it, for one purpose each.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What was made of a typed text.

    `value` is None for a blank text and for one that cannot be read; only the second has a
    `problem`, which says what to do. `notes` say what was normalised, so that the person can see
    it; `warnings` are doubts the person should look at although a value was found.
    """

    value: T | None
    original: str
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def is_ok(self) -> bool:
        return self.problem is None

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.problem is None


NOTE_WIDTH = "全角の数字を半角にしました。"

CIRCLED_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CIRCLED_TO_BRACKETED = {ord(mark): f"({n})" for n, mark in enumerate(CIRCLED_NUMBERS, start=1)}

# Look-alikes that NFKC leaves apart or that a keyboard offers in place of the ASCII sign.
_DASHES = "‐‑‒–—―−－─﹣"
_TILDES = "〜～∼˜"
_FOLD_SIGNS = {ord(sign): "-" for sign in _DASHES} | {ord(sign): "~" for sign in _TILDES}
_LONG_VOWEL_BESIDE_DIGIT = re.compile(r"(?<=[0-9])[ーｰ]|[ーｰ](?=[0-9])")

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DROPPED_FROM_KEYS = {ord(sign): None for sign in " 　・･ー-~'’゛゜"}

# Forms of one character in names, for search alone: whoever types 高橋 wants to find 髙橋 too.
_NAME_VARIANTS = str.maketrans(
    {
        "髙": "高",
        "﨑": "崎",
        "嵜": "崎",
        "𠮷": "吉",
        "邊": "辺",
        "邉": "辺",
        "齋": "斎",
        "齊": "斉",
        "濵": "浜",
        "濱": "浜",
        "德": "徳",
        "瀨": "瀬",
        "栁": "柳",
        "澤": "沢",
        "廣": "広",
        "國": "国",
        "眞": "真",
        "惠": "恵",
        "龍": "竜",
        "嶋": "島",
        "嶌": "島",
        "冨": "富",
        "桒": "桑",
    }
)


def fold_signs(text: str) -> str:
    """Make every dash and tilde the ASCII one; ー only where it stands beside a digit."""
    return _LONG_VOWEL_BESIDE_DIGIT.sub("-", text.translate(_FOLD_SIGNS))


def fold_for_numbers(text: str) -> str:
    """Full width to half width, ① to (1), look-alike signs to ASCII, spaces gone.

    For numbers, codes and dates; never for a text that is kept.
    """
    bracketed = text.translate(_CIRCLED_TO_BRACKETED)
    return re.sub(r"\s+", "", fold_signs(unicodedata.normalize("NFKC", bracketed)))


def has_wide_digits(text: str) -> bool:
    return bool(re.search(r"[０-９]", text))


def search_key(text: str) -> str:
    """Two texts that a person would call the same word have the same key.

    Width, case, hiragana or katakana, spaces, ・, long vowels and known variants of kanji in names
    do not count; voiced marks do (see `voiceless_key`).
    """
    folded = unicodedata.normalize("NFKC", text.translate(_CIRCLED_TO_BRACKETED))
    folded = folded.translate(_FOLD_SIGNS).translate(_NAME_VARIANTS).casefold()
    kana = folded.translate(_KATAKANA_TO_HIRAGANA).translate(_DROPPED_FROM_KEYS)
    return re.sub(r"\s+", "", kana)


def voiceless_key(text: str) -> str:
    """`search_key` without 濁点 and 半濁点: ながさき finds なかさき."""
    parts = unicodedata.normalize("NFD", search_key(text))
    return "".join(part for part in parts if part not in "\u3099\u309a")


_NUMBER_IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9０-９])[0-9０-９]+(?:[,，.．][0-9０-９]+)*(?![A-Za-z])"
)
_TO_WIDE = {ord(str(n)): chr(ord("０") + n) for n in range(10)}
_TO_NARROW = {ord("０") + n: str(n) for n in range(10)} | {ord("，"): ",", ord("．"): "."}


def house_digits(text: str) -> str:
    """Digits as outgoing documents print them: one digit full width, two or more half width.

    The style of the 実施要領 itself (「令和５年法律第45号」, 「府孤推第７号」). Paper sizes and
    other digits that touch a Latin letter stay as they are.
    """

    def house(match: re.Match[str]) -> str:
        narrow = match.group().translate(_TO_NARROW)
        return narrow.translate(_TO_WIDE) if len(narrow) == 1 else narrow

    return _NUMBER_IN_TEXT.sub(house, text)


@dataclass(frozen=True, slots=True)
class Unencodable:
    """A character that a CP932 file cannot hold; `position` counts from 0."""

    position: int
    character: str
    code_point: str


def cp932_failures(text: str) -> tuple[Unencodable, ...]:
    """The characters that would be lost in a CP932 export, so that the person can be asked."""
    failures = []
    for position, character in enumerate(text):
        try:
            character.encode("cp932")
        except UnicodeEncodeError:
            failures.append(Unencodable(position, character, f"U+{ord(character):04X}"))
    return tuple(failures)


_D = "[0-9０-９]"
_SEPARATOR = r"[-‐‑‒–—―−－ー()（）\s]"
_PHONE = re.compile(
    rf"(?<!{_D})(?:[+＋](?:81|８１){_SEPARATOR}{{0,2}}|[0０(（])"
    rf"(?:{_D}|{_SEPARATOR}(?=[{_SEPARATOR[1:-1]}0-9０-９]|$)){{7,16}}(?!{_D})"
)


def find_phone_numbers(text: str) -> tuple[str, ...]:
    """What looks like a Japanese telephone number in free text, as written.

    A number is 0 and nine or ten digits (or +81 in place of the 0). Eight-digit dates and sums of
    money do not begin with 0, and codes of 13 digits are too long.
    """
    found = []
    for match in _PHONE.finditer(text):
        candidate = match.group().rstrip("-‐‑‒–—―−－ー()（） 　\t\r\n")
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", candidate))
        national = "0" + digits[2:] if candidate[0] in "+＋" else digits
        if national.startswith("0") and len(national) in (10, 11):
            found.append(candidate)
    return tuple(found)
