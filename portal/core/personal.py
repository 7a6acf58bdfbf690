"""What in a free text looks like a person: a name, an age, a telephone number, an address.

It finds to ask, never to refuse: whoever wrote it says whether it stays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from .text import find_phone_numbers


@dataclass(frozen=True, slots=True)
class Personal:
    """`kind` says what it looks like in a word that a message can use; `text` is as written, or as
    it reads with half-width digits."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whoever wrote it, in the same words for a form, a file and a program.

    `tick` is the answer that lets it stay; `found` is what it is about.
    """

    code: str
    reason: str
    fix: str
    tick: str
    found: tuple[Personal, ...]


# A file has a hundred thousand cells, and few different names of places.
_REMEMBERED = 4_096
_MOST_NAMED = 3


@lru_cache(maxsize=_REMEMBERED)
def questions_about(text: str, *, is_name: bool = False) -> tuple[Question, ...]:
    """Of a telephone number, and of all else that looks like a person.

    In the name of a place (`is_name`) a family name that stands alone is asked about too.
    """
    found = (*find_personal(text), *(find_namesakes(text) if is_name else ()))
    phones = tuple(one for one in found if one.kind == "電話番号")
    others = tuple(one for one in found if one.kind != "電話番号")
    questions = []
    if phones:
        questions.append(
            Question(
                "phone",
                "個人の電話番号と思われる文字があります。",
                "電話番号を消すか、団体の公開された番号であることを確かめてください。",
                TICKS["phone"],
                phones,
            )
        )
    if others:
        named = "、".join(f"{one.kind}「{one.text}」" for one in others[:_MOST_NAMED])
        questions.append(
            Question(
                "personal",
                f"個人の情報と思われる文字があります（{named}）。",
                "消すか、個人の情報でないことを確かめてください。",
                TICKS["personal"],
                others,
            )
        )
    return tuple(questions)


TICKS = {"phone": "団体の公開された番号である", "personal": "個人の情報ではない"}
"""The codes of questions, with the answer that lets the text stay."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_DASH = r"[-‐‑‒–—―−ー]"
_ADDRESS = re.compile(
    rf"\d+丁目\s?\d+|\d+番地|\d+番\s?\d+号|〒\s?\d{{3}}{_DASH}?\d{{4}}"
    rf"|[町村区字目]\s?\d{{1,4}}{_DASH}\d{{1,4}}(?!\d)"
)
_KANJI = r"[一-龥々髙﨑𠮷ヶ]"
_NAME = rf"(?:{_KANJI}{{1,4}}(?:[ 　]{_KANJI}{{1,3}})?|[ァ-ヴー]{{2,8}}|[A-ZＡ-Ｚ])"
_CALLED = re.compile(rf"({_NAME})(?:[ 　]?)(さん|様|氏|くん|君|ちゃん)(?![一-龥])")
_LABELLED = re.compile(r"(?:氏名|名前|本人)[ 　]?[:：][ 　]?([^\s、。，,]{2,12})")
_AGED = re.compile(r"[0-9０-９]{1,3}[歳才](?:の|代の)?(?:男性|女性|男子|女子|男児|女児)")
# A family name is a place as often as a person («福島市», «石川一部»): alone it says nothing, before
# what given names end in it does.
_GIVEN = rf"{_KANJI}{{0,2}}[子美恵香織江代枝紀奈菜花華穂莉乃希衣葵郎朗太介助男雄夫彦樹輝也哉斗吾司志弘浩博信之幸翔]"
_GIVEN_KANA = r"[ 　][ぁ-ん]{2,3}"
# Words that take such a title without being anybody's name.
_NOBODY = frozenset(
    "皆 各 両 諸 有 王 神 仏 奥 客 お客 子供 子 人 母 父 兄 姉 弟 妹 爺 婆 孫 嫁 方々 諸君 若 娘 息子"
    " 旦那 祖母 祖父 赤 先方 今 スタッフ ボランティア ヘルパー オーナー メンバー".split()
)
_ROLES = tuple(
    "者 員 師 士 長 屋 係 役 団体 会 社 署 課 室 協 学生 生徒 児童 住民 市民 県民 家族 隣人".split()
)
# 前年同様, 多様: before 様 these make a word.
_WORDS_WITH_SAMA = tuple("同多異模仕一")


# Words of kana, letters and a few digits, such as the name of a place, without any form of address:
# nothing below can be in them, and a long file has a hundred thousand.
_NOTHING = re.compile(
    r"(?!.*(?:さん|くん|ちゃん))(?=\D*(?:\d\D*){0,8}\Z)[ 　0-9A-Za-z０-９Ａ-Ｚａ-ｚぁ-ヿ、。・「」]*"
)


def find_personal(text: str) -> tuple[Personal, ...]:
    """In the order telephone, mail, address, name; each finding once."""
    if _NOTHING.fullmatch(text):
        return ()
    folded = unicodedata.normalize("NFKC", text)
    found = [Personal("電話番号", one) for one in find_phone_numbers(text)]
    found += [Personal("メールアドレス", one.group()) for one in _MAIL.finditer(folded)]
    found += [Personal("住所", one.group()) for one in _ADDRESS.finditer(folded)]
    found += [Personal("氏名", one) for one in find_persons(text)]
    return tuple(dict.fromkeys(found))


def named_in(text: str) -> list[str]:
    """«電話番号「0263-00-1234」»: what looks like a person, for a message."""
    return [f"{one.kind}「{one.text}」" for one in find_personal(text)]


def find_persons(text: str) -> tuple[str, ...]:
    """«山田さん», «山田 花子», «氏名：山田太郎», «72歳の女性»; not «皆様», «相談員さん» or «仕様»."""
    found = []
    for match in _CALLED.finditer(text):
        if not _names_nobody(match[1], match[2]):
            found.append(match[0])
    found += [match[0] for match in _LABELLED.finditer(text)]
    found += [match[0] for match in _AGED.finditer(text)]
    found += [
        match[0]
        for match in _full_name().finditer(text)
        if not any(match[0] in called for called in found)
    ]
    return tuple(dict.fromkeys(found))


def find_namesakes(name: str) -> tuple[Personal, ...]:
    """«つながりカフェ髙橋», «髙橋の家»: a family name by itself in the name of a place; not «石川町»."""
    return tuple(
        dict.fromkeys(Personal("氏名", match[0]) for match in _family_alone().finditer(name))
    )


@cache
def _family_alone() -> re.Pattern[str]:
    """Of two characters or more: 林, 原 or 東 are words."""
    names = [name for name in _family_names() if len(name) > 1]
    return re.compile(rf"(?<!{_KANJI})(?:{'|'.join(names)})(?!{_KANJI})")


def _family_names() -> list[str]:
    """The commoner ones, the longest first."""
    names = (Path(__file__).parent / "family_names.txt").read_text(encoding="utf-8").split()
    return sorted(names, key=len, reverse=True)


@cache
def _full_name() -> re.Pattern[str]:
    """One of the commoner family names, then what looks like a given name."""
    either = "|".join(_family_names())
    return re.compile(
        rf"(?<!{_KANJI})(?:{either})(?:[ 　]?{_GIVEN}(?!{_KANJI})|{_GIVEN_KANA}(?![ぁ-ん]))"
    )


def _names_nobody(name: str, address: str) -> bool:
    if address == "様" and name.endswith(_WORDS_WITH_SAMA):
        return True
    return name in _NOBODY or name.endswith(_ROLES)
