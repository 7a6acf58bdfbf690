"""Codes and numbers that others gave out: 団体コード, 法人番号, 登録番号, 文書番号.

`read_…` takes what a person typed and returns a Reading; the functions that compute take digits
and raise ValueError, because wrong digits there are a fault of the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import NOTE_WIDTH, Reading, fold_for_numbers, has_wide_digits

_PREFECTURES = range(1, 48)


def local_government_check_digit(five: str) -> str:
    """The sixth digit of a 全国地方公共団体コード: weights 6 to 2, 11 less the rest by 11."""
    if not re.fullmatch(r"\d{5}", five):
        raise ValueError(f"not five digits: {five!r}")
    total = sum(int(digit) * weight for digit, weight in zip(five, range(6, 1, -1), strict=True))
    return str((11 - total % 11) % 10)


def complete_local_government_code(five: str) -> str:
    """13308 → 133086."""
    return five + local_government_check_digit(five)


def is_local_government_code(code: str) -> bool:
    return (
        bool(re.fullmatch(r"\d{6}", code))
        and int(code[:2]) in _PREFECTURES
        and code[5] == local_government_check_digit(code[:5])
    )


def read_local_government_code(text: str) -> Reading[str]:
    """Six digits, or five that are completed; what a spreadsheet did to leading zeros is not seen
    here, because it takes the sender's prefecture to see it."""
    folded = fold_for_numbers(text)
    if not folded:
        return Reading(None, text)
    notes = (NOTE_WIDTH,) if has_wide_digits(text) else ()
    if not re.fullmatch(r"\d{5,6}", folded):
        return Reading(
            None, text, problem="団体コードは6桁の数字で入力してください（例：132012）。"
        )
    if int(folded[:2]) not in _PREFECTURES:
        return Reading(
            None, text, problem="団体コードの初めの2桁は、都道府県の01から47にしてください。"
        )
    if len(folded) == 5:
        code = complete_local_government_code(folded)
        return Reading(code, text, (*notes, f"5桁の団体コードを6桁の{code}にしました。"))
    if not is_local_government_code(folded):
        right = complete_local_government_code(folded[:5])
        return Reading(
            None,
            text,
            problem=f"団体コード{folded}は検査数字が合いません。{right}の誤りでないか確かめてください。",
        )
    return Reading(folded, text, notes)


def corporate_check_digit(base: str) -> str:
    """The leading digit of a 法人番号, from its 12 digits of 基礎番号 (法人番号省令2条)."""
    if not re.fullmatch(r"\d{12}", base):
        raise ValueError(f"not twelve digits: {base!r}")
    total = sum(
        int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(base), start=1)
    )
    return str(9 - total % 9)


def is_corporate_number(number: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{12}", number)) and number[0] == corporate_check_digit(
        number[1:]
    )


def read_corporate_number(text: str) -> Reading[str]:
    """13 digits, with or without the hyphens of forms. A 0 typed for a 9 cannot be detected."""
    folded = fold_for_numbers(text).replace("-", "")
    if not folded:
        return Reading(None, text)
    if not re.fullmatch(r"\d{13}", folded):
        return Reading(
            None, text, problem="法人番号は13桁の数字で入力してください（例：2000012010019）。"
        )
    if not is_corporate_number(folded):
        return Reading(
            None, text, problem="法人番号の検査数字が合いません。13桁の数字を確かめてください。"
        )
    return Reading(folded, text, (NOTE_WIDTH,) if has_wide_digits(text) else ())


def read_invoice_number(text: str) -> Reading[str]:
    """T and 13 digits. For a person or a body without 法人番号 no check digit is promised, so only
    the form is checked."""
    folded = fold_for_numbers(text).replace("-", "").upper()
    if not folded:
        return Reading(None, text)
    if not re.fullmatch(r"T[1-9]\d{12}", folded):
        return Reading(
            None,
            text,
            problem="登録番号は「T」と13桁の数字で入力してください（例：T2000012010019）。",
        )
    return Reading(folded, text, (NOTE_WIDTH,) if has_wide_digits(text) else ())


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """府孤推第７号: the office's mark, the number, and の2 where there is a branch.

    `key` is equal for two writings of one number; `original` is what is printed.
    """

    body: str
    number: int
    branch: int | None
    original: str

    @property
    def key(self) -> str:
        branch = f"の{self.branch}" if self.branch is not None else ""
        return f"{self.body}第{self.number}号{branch}"


# The mark may hold digits itself: 平成20年府会第393号.
_DOCUMENT_NUMBER = re.compile(r"(?P<body>.*\D)第(?P<number>\d+)号(?:の(?P<branch>\d+))?")


def read_document_number(text: str) -> Reading[DocumentNumber]:
    """A 文書番号 from an office's own register; stored as typed, compared by its key."""
    folded = fold_for_numbers(text)
    if not folded:
        return Reading(None, text)
    match = _DOCUMENT_NUMBER.fullmatch(folded)
    if match is None:
        return Reading(
            None, text, problem="文書番号は「府孤推第７号」のように、記号と番号で入力してください。"
        )
    branch = int(match["branch"]) if match["branch"] else None
    number = DocumentNumber(match["body"], int(match["number"]), branch, text.strip())
    return Reading(number, text)
