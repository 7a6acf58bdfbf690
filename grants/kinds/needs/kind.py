"""A statement of needs as a kind of filing; the 協議 is made of the same parts."""

from __future__ import annotations

from typing import Any

from grants.allocations.api import StatementSubject, needs_table, read_subject
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Subject, judge
from portal.core.money import Rounding


def judgements(filing: Filing) -> list[Judgement]:
    return judge(Subject.STATEMENT, read_subject(filing.statement))


def judged(subject: StatementSubject) -> list[dict[str, Any]]:
    """The checklist as it is sealed and shown."""
    return [
        {
            "id": one.requirement.id,
            "basis": one.requirement.basis,
            "demand": one.requirement.demand,
            "state": one.state,
            "evidence": one.evidence,
            "problems": [{"address": p.address, "message": p.message} for p in one.problems],
        }
        for one in judge(Subject.STATEMENT, subject)
    ]


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time; column I is the wish."""
    statement = filing.statement
    subject = read_subject(statement)
    terms = subject.terms
    return {
        "form": f"{filing.kind}/1",
        "grantee": {"name": filing.grantee.name},
        "terms": {
            "fiscal_year": terms.fiscal_year,
            "year_label": terms.year_label,
            "official_name": terms.official_name,
            "project_name": terms.project_name,
            "addressee": terms.addressee,
            "grant_rate": subject.amounts.rate,
        },
        "round_number": filing.round_number,
        "sections": [_needs(subject, statement), _contact(statement)],
        "amounts": {
            **{column: getattr(subject.amounts, column) for column in "abcdefgh"},
            "i": subject.wish,
        },
        "amount_rows": amount_rows(subject),
        "judgements": judged(subject),
    }


def amount_rows(subject: StatementSubject) -> list[dict[str, Any]]:
    """How much may be wished, and what is: columns as in the application's 所要額調書."""
    table = subject.amounts
    cut = Rounding(table.unit).label
    found = (
        ("A", "総事業費", "取組の合計", table.a),
        ("B", "寄附金その他の収入", "取組の合計", table.b),
        ("C", "差引額", "A−B", table.c),
        ("D", "対象経費", "取組の合計", table.d),
        ("E", "基準額", "定めなし" if table.e is None else "制度の値", table.e),
        ("F", "選定額", f"C・D・Eのうち最も少ない額（{table.decides}）", table.f),
        ("G", "計算できる額", f"F×{table.rate}＝{table.exact}、{cut}", table.g),
        ("H", "既交付決定額", "この年度の決定の合計" if table.h else "なし", table.h),
        ("I", "希望額", "G−H以下", subject.wish),
    )
    return [
        {"column": c, "label": label, "how": how, "amount": amount, "decides": c == "I"}
        for c, label, how, amount in found
    ]


def _needs(subject: StatementSubject, statement: Any) -> dict[str, Any]:
    return {
        "key": "needs",
        "title": "所要額",
        "mark": "",
        "clause": "",
        "amount": subject.amounts.a,
        "fields": [_field("remarks", "備考", statement.remarks)],
        "tables": [needs_table(subject.rows)],
    }


def _contact(statement: Any) -> dict[str, Any]:
    return {
        "key": "contact",
        "title": "担当と回答",
        "mark": "",
        "clause": "",
        "fields": [
            _field("contact_name", "担当者", statement.contact_name),
            _field("contact_phone", "電話番号", statement.contact_phone),
            _field("questions", "聞かれたこと", statement.survey.questions),
            _field("answer", "回答", statement.answer),
        ],
        "tables": [],
    }


def _field(key: str, label: str, value: str) -> dict[str, Any]:
    return {"key": key, "label": label, "kind": "text", "value": value}


NEEDS = FilingKind(
    name="needs",
    label="所要額調査",
    symbol="N",
    payload=payload,
    judgements=judgements,
    document_kind="statement",
    editors=lambda filing: set(filing.statement.editors.values_list("pk", flat=True)),
    writing_url_name="needs:edit",
)
