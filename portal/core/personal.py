"""What in a free text looks like a person: a name with さん or 様, an age, a telephone number.

It finds to ask, never to refuse: whoever wrote it says whether it stays.
"""

from __future__ import annotations

import re

from .text import find_phone_numbers

_KANJI = r"[一-龥々髙﨑𠮷ヶ]"
_NAME = rf"(?:{_KANJI}{{1,4}}(?:[ 　]{_KANJI}{{1,3}})?|[ァ-ヴー]{{2,8}}|[A-ZＡ-Ｚ])"
_CALLED = re.compile(rf"({_NAME})(?:[ 　]?)(さん|様|氏|くん|君|ちゃん)(?![一-龥])")
_LABELLED = re.compile(r"(?:氏名|名前|本人)[ 　]?[:：][ 　]?([^\s、。，,]{2,12})")
_AGED = re.compile(r"[0-9０-９]{1,3}[歳才](?:の|代の)?(?:男性|女性|男子|女子|男児|女児)")
# Words that end like an address but name nobody.
_NOBODY = frozenset(
    "皆 各 両 諸 有 王 神 仏 奥 客 お客 子供 人 母 父 兄 姉 弟 妹 爺 婆 孫 嫁 方々 諸君 若".split()
)
_ROLES = (
    "者",
    "員",
    "師",
    "士",
    "長",
    "屋",
    "係",
    "役",
    "団体",
    "会",
    "社",
    "署",
    "課",
    "室",
    "協",
)
# 前年同様, 多様: before 様 these make a word.
_WORDS_WITH_SAMA = tuple("同多異模仕一")


def find_personal(text: str) -> tuple[str, ...]:
    """Every place that looks like a person or a private number, as written, each once."""
    return tuple(dict.fromkeys((*find_phone_numbers(text), *find_persons(text))))


def find_persons(text: str) -> tuple[str, ...]:
    """«山田さん», «Aさん», «氏名：山田», «72歳の女性»; not «皆様», «相談員さん» or «仕様»."""
    found = []
    for match in _CALLED.finditer(text):
        if not _names_nobody(match[1], match[2]):
            found.append(match[0])
    found += [match[0] for match in _LABELLED.finditer(text)]
    found += [match[0] for match in _AGED.finditer(text)]
    return tuple(dict.fromkeys(found))


def _names_nobody(name: str, address: str) -> bool:
    if address == "様" and name.endswith(_WORDS_WITH_SAMA):
        return True
    return name in _NOBODY or name.endswith(_ROLES)
