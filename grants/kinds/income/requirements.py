"""What a 収益状況報告 must say (適正化法7条2項). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grants.guideline.api import Problem, Requirement, Subject
from portal.core.money import format_yen

SECTION = "income"
_LAW = "適正化法7条2項（交付の条件）"


@dataclass(frozen=True, slots=True)
class IncomeSubject:
    """What a requirement is given; yen. `bare` are the lines without a file, by uid, each with its
    words."""

    year_label: str
    is_over: bool
    is_nothing: bool
    income: int
    costs: int
    bare: tuple[tuple[str, str], ...] = ()
    is_correction: bool = False
    summary: str = ""


def _over(report: IncomeSubject) -> Iterator[Problem]:
    if not report.is_over:
        yield Problem(
            f"{SECTION}//fiscal_year",
            f"{report.year_label}は、まだ終わっていません。",
            "年度が終わった後に提出してください。",
        )


def _told(report: IncomeSubject) -> Iterator[Problem]:
    if report.is_nothing and report.income:
        yield Problem(
            f"{SECTION}//is_nothing",
            "「収入はなかった」に印がありますが、収入が入力されています。",
            "印を外すか、収入の行を削除してください。",
        )
    elif not report.is_nothing and not report.income:
        yield Problem(
            f"{SECTION}//is_nothing",
            "収入が入力されていません。",
            "収入を入力するか、「収入はなかった」に印を付けてください。",
        )


def _evidence(report: IncomeSubject) -> Iterator[Problem]:
    for uid, what in report.bare:
        yield Problem(f"{SECTION}/{uid}/evidence", f"「{what}」の証拠書類が選ばれていません。")


def _correction(report: IncomeSubject) -> Iterator[Problem]:
    if report.is_correction and not report.summary.strip():
        yield Problem(f"{SECTION}//summary", "訂正する理由を、説明に入力してください。")


REQUIREMENTS = (
    Requirement(
        "income.over",
        "",
        Subject.INCOME,
        "報告する年度が終わっている。",
        True,
        _over,
        lambda report: report.year_label,
        law=_LAW,
    ),
    Requirement(
        "income.told",
        "",
        Subject.INCOME,
        "収入を記載している。ないときは、その旨を記載している。",
        True,
        _told,
        lambda report: "収入なし" if report.is_nothing else f"収入 {format_yen(report.income)}",
        law=_LAW,
    ),
    Requirement(
        "income.evidence",
        "",
        Subject.INCOME,
        "収入と必要経費に、証拠書類を添えている。",
        False,
        _evidence,
        lambda report: "添付あり" if report.income or report.costs else "該当なし",
        law=_LAW,
    ),
    Requirement(
        "income.correction",
        "",
        Subject.INCOME,
        "訂正の報告では、理由を記載している。",
        True,
        _correction,
        lambda report: "訂正の報告" if report.is_correction else "訂正ではない",
        law=_LAW,
    ),
)
