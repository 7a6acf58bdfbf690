"""What a 仕入控除税額の報告 must say. Pure; the law is that of the recipient's own return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from grants.guideline.api import Problem, Requirement, Subject
from grants.input_tax.api import (
    Declared,
    against_method,
    against_purchases,
    against_sum,
    missing_words,
)

SECTION = "recipient:"
_CONDITION = "適正化法7条3項（交付の条件）"


@dataclass(frozen=True, slots=True)
class Reported:
    """One recipient by its uid, with the yen that go back to the state."""

    uid: str
    declared: Declared
    returned: int


@dataclass(frozen=True, slots=True)
class InputTaxSubject:
    """What a requirement is given: the recipients that are reported on now."""

    reported: tuple[Reported, ...]
    is_correction: bool = False
    correction: str = ""
    corrected_on: date | None = None
    summary: str = ""

    @property
    def returned(self) -> int:
        return sum(one.returned for one in self.reported)


def _any(report: InputTaxSubject) -> Iterator[Problem]:
    if not report.reported:
        yield Problem(f"{SECTION}//is_reported", "今回報告する団体を、一つ以上選んでください。", "")


def _each(
    find: Callable[[Declared], Iterator[tuple[str, str]]],
) -> Callable[[InputTaxSubject], Iterator[Problem]]:
    def judge(report: InputTaxSubject) -> Iterator[Problem]:
        for one in report.reported:
            for name, message in find(one.declared):
                yield Problem(f"{SECTION}{one.uid}//{name}", f"{one.declared.name}：{message}")

    return judge


def _correction(report: InputTaxSubject) -> Iterator[Problem]:
    if not report.is_correction:
        return
    if not report.correction or report.corrected_on is None:
        yield Problem(
            f"{SECTION}//correction", "修正申告か更正かと、その日を入力してください。", ""
        )
    if not report.summary:
        yield Problem(f"{SECTION}//summary", "訂正する理由を、説明に入力してください。", "")


def _sums(declared: Declared) -> Iterator[tuple[str, str]]:
    for message in against_sum(declared):
        yield "untaxed", message


def _purchases(declared: Declared) -> Iterator[tuple[str, str]]:
    for message in against_purchases(declared):
        yield "untaxed", message


def _count(report: InputTaxSubject) -> str:
    return f"{len(report.reported)}団体"


REQUIREMENTS = (
    Requirement(
        "input_tax.any",
        "",
        Subject.INPUT_TAX,
        "控除税額が確定した団体を報告している。",
        True,
        _any,
        _count,
        law=_CONDITION,
    ),
    Requirement(
        "input_tax.correction",
        "",
        Subject.INPUT_TAX,
        "訂正の報告では、修正申告・更正の別とその日、理由を記載している。",
        True,
        _correction,
        lambda report: "訂正の報告" if report.is_correction else "訂正ではない",
        law="国税通則法19条、24条",
    ),
    Requirement(
        "input_tax.whole",
        "",
        Subject.INPUT_TAX,
        "確定申告の有無、課税方式、課税売上高を記載している。",
        True,
        _each(missing_words),
        _count,
        law=_CONDITION,
    ),
    Requirement(
        "input_tax.method",
        "",
        Subject.INPUT_TAX,
        "課税方式が、申告の有無、課税売上割合、特定収入割合と合う。",
        True,
        _each(against_method),
        _count,
        law="消費税法9条、30条、37条、60条",
    ),
    Requirement(
        "input_tax.purchases",
        "",
        Subject.INPUT_TAX,
        "登録番号のない事業者からの仕入れが、対象経費の内訳の範囲にある。",
        True,
        _each(_purchases),
        _count,
        law="平成28年法律15号附則52条、53条",
    ),
    Requirement(
        "input_tax.sum",
        "",
        Subject.INPUT_TAX,
        "税率ごとの額の合計が、対象経費と合う。",
        True,
        _each(_sums),
        _count,
        law=_CONDITION,
    ),
)
