"""What in free text looks like a person: telephone, address, mail, a name with its title.

A finding is a question to the writer, never a judgement: it names what was found and what to do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from portal.core.text import find_phone_numbers


@dataclass(frozen=True, slots=True)
class Personal:
    """`kind` says what it looks like in a word that a message can use; `text` is as written, or as
    it reads with half-width digits."""

    kind: str
    text: str


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_DASH = r"[-‐‑‒–—―−ー]"
_ADDRESS = re.compile(
    rf"\d+丁目\s?\d+|\d+番地|\d+番\s?\d+号|〒\s?\d{{3}}{_DASH}?\d{{4}}"
    rf"|[町村区字目]\s?\d{{1,4}}{_DASH}\d{{1,4}}(?!\d)"
)
_NAME = re.compile(
    r"(?P<name>[一-龥々髙﨑]{1,4}|[ァ-ヴー]{2,8})[ 　]?(?:さん|様(?!々|子|式|な|に)|氏(?!名)|君|くん|ちゃん)"
)
# Words that take such a title without being anybody's name.
_NOBODY = frozenset(
    "皆 母 父 兄 姉 弟 妹 娘 息子 孫 奥 嫁 旦那 祖母 祖父 子 子供 赤 客 患者 参加者 利用者 相談者"
    " 当事者 支援者 高齢者 来場者 来所者 希望者 関係者 業者 講師 職員 店員 学生 生徒 児童 住民 市民"
    " 県民 家族 隣人 民生委員 保健師 看護師 医師 先方 両 同 各 諸 多 仕 模 一 異 今 有 神 仏 王"
    " スタッフ ボランティア ヘルパー オーナー メンバー".split()
)


def find_personal(text: str) -> tuple[Personal, ...]:
    """In the order telephone, mail, address, name; each finding once."""
    folded = unicodedata.normalize("NFKC", text)
    found = [Personal("電話番号", one) for one in find_phone_numbers(text)]
    found += [Personal("メールアドレス", one.group()) for one in _MAIL.finditer(folded)]
    found += [Personal("住所", one.group()) for one in _ADDRESS.finditer(folded)]
    found += [
        Personal("氏名", one.group())
        for one in _NAME.finditer(folded)
        if not any(one["name"].endswith(word) for word in _NOBODY)
    ]
    return tuple(dict.fromkeys(found))
