"""口座名義 in the characters that banks exchange (全銀): half-width kana, capitals, few signs. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# As long as the name of a payee may be in a transfer.
MAX_KANA = 30

_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ"
_FULL = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
_SIGNS = "().-/,｢｣\\ "
ALLOWED = frozenset(_KANA + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _SIGNS)

_LARGE = dict(zip("ァィゥェォッャュョヮヵヶヰヱヲ", "アイウエオツヤユヨワカケイエオ", strict=True))
_TO_HALF = dict(zip(_FULL, _KANA, strict=False)) | {"\u3099": "ﾞ", "\u309a": "ﾟ"}
_MARKS = {"゛": "ﾞ", "゜": "ﾟ", "・": ".", "。": ".", "、": ",", "￥": "\\", "¥": "\\"}
_MARKS |= dict.fromkeys("ー‐‑‒–—―−－─﹣", "-") | {"「": "｢", "」": "｣", "　": " "}
_HIRAGANA_TO_KATAKANA = 0x60


@dataclass(frozen=True, slots=True)
class Kana:
    """What a typed name becomes: `misfits` are the characters that a bank does not take as they are;
    of these `refused` have no other form (kanji, say)."""

    text: str
    misfits: tuple[str, ...]
    refused: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.misfits


def read_holder(typed: str) -> Kana:
    """Small kana become large, ー a hyphen, voiced marks characters of their own."""
    found: list[str] = []
    misfits: list[str] = []
    refused: list[str] = []
    for character in typed.strip():
        form = character if character in ALLOWED else _form_of(character)
        if form != character:
            misfits.append(character)
        if form is None:
            refused.append(character)
        found.append(form or "")
    return Kana("".join(found), tuple(dict.fromkeys(misfits)), tuple(dict.fromkeys(refused)))


def _form_of(character: str) -> str | None:
    """The characters a bank takes for it; None for one that has none."""
    if character in _MARKS:
        return _MARKS[character]
    wide = unicodedata.normalize("NFKC", character)
    if wide in _MARKS:
        return _MARKS[wide]
    parts = []
    for part in unicodedata.normalize("NFD", wide):
        kana = chr(ord(part) + _HIRAGANA_TO_KATAKANA) if "ぁ" <= part <= "ゖ" else part
        kana = _LARGE.get(kana, kana)
        parts.append(_TO_HALF.get(kana, kana.upper()))
    form = "".join(parts)
    return form if form and set(form) <= ALLOWED else None
