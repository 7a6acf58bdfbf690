"""What a statement of needs must say before it leaves the prefecture. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from grants.guideline.api import Problem, Requirement, Subject
from portal.core.money import Rounding, format_number, format_yen

from .statements import StatementSubject

Problems = Iterator[Problem]
_BASIS = "適正化法5条（交付申請の準備）"


def _whole_units(subject: StatementSubject) -> Problems:
    unit = subject.terms.amount_unit
    for row in subject.rows:
        if row.wish % unit:
            yield Problem(
                f"needs/{row.uid}/wish",
                f"{row.title}の希望額（{format_yen(row.wish)}）に、{format_number(unit)}円未満の端数があります。",
                f"{format_number(unit)}円未満を切り捨ててください。",
            )


def _eligible_within_total(subject: StatementSubject) -> Problems:
    for row in subject.rows:
        if row.eligible > row.total:
            over = format_yen(row.eligible - row.total)
            yield Problem(
                f"needs/{row.uid}/eligible",
                f"{row.title}の対象経費が、総事業費より{over}多くなっています。",
                "どちらかを直してください。",
            )


def _within_rule(subject: StatementSubject) -> Problems:
    most = subject.amounts.i
    if subject.wish > most:
        yield Problem(
            "needs//wish",
            f"希望額の合計（{format_yen(subject.wish)}）が、計算できる額（{format_yen(most)}）を"
            f"{format_yen(subject.wish - most)}超えています。",
            f"差引額・対象経費・基準額のうち最も少ない額に{subject.amounts.rate}を掛けた額以下にしてください。",
        )


def _several_types(subject: StatementSubject) -> Problems:
    types = {row.type_code for row in subject.rows if row.total and row.type_code != "PF"}
    if subject.wish and len(types) < 2:
        yield Problem(
            "needs//wish",
            f"取組が{len(types)}種類です。申請のときは、①から⑩のうち2種類以上を選びます。",
            "取組を見直してください。",
        )


def _somebody_to_ask(subject: StatementSubject) -> Problems:
    if not subject.contact_name.strip():
        yield Problem("contact//contact_name", "担当者がありません。", "担当者を入力してください。")


def _questions_answered(subject: StatementSubject) -> Problems:
    if subject.questions.strip() and not subject.answer.strip():
        yield Problem(
            "contact//answer", "聞かれたことへの回答がありません。", "回答を入力してください。"
        )


def _wish_said(subject: StatementSubject) -> str:
    return f"希望額 {format_yen(subject.wish)}"


REQUIREMENTS = (
    Requirement(
        "statement.units",
        "",
        Subject.STATEMENT,
        "希望額が、制度の単位になっている。",
        True,
        _whole_units,
        lambda s: Rounding(s.terms.amount_unit).label,
        law=_BASIS,
    ),
    Requirement(
        "statement.eligible",
        "",
        Subject.STATEMENT,
        "対象経費が、総事業費以下である。",
        True,
        _eligible_within_total,
        lambda s: f"対象経費 {format_yen(s.amounts.d)}",
        law=_BASIS,
    ),
    Requirement(
        "statement.rule",
        "",
        Subject.STATEMENT,
        "希望額が、交付率と基準額で計算できる額以下である。",
        True,
        _within_rule,
        _wish_said,
        law=_BASIS,
    ),
    Requirement(
        "statement.contact",
        "",
        Subject.STATEMENT,
        "担当者が分かる。",
        True,
        _somebody_to_ask,
        lambda s: s.contact_name,
        law=_BASIS,
    ),
    Requirement(
        "statement.answer",
        "",
        Subject.STATEMENT,
        "聞かれたことに回答している。",
        True,
        _questions_answered,
        lambda s: "回答済み" if s.questions else "質問なし",
        law=_BASIS,
    ),
    Requirement(
        "statement.types",
        "3(2)-1",
        Subject.STATEMENT,
        "2種類以上の取組を予定している。",
        False,
        _several_types,
        lambda s: f"{len({r.type_code for r in s.rows if r.total} - {'PF'})}種類",
    ),
)
