"""What a 実績報告 must hold before it is filed, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator

from grants.guideline.api import Problem, Requirement, Subject
from portal.core.dates import screen_date
from portal.core.money import format_yen

from .rules import Report, SpentLine

_REPORT = "適正化法14条"


def _place(line: SpentLine) -> str:
    return f"{line.number}行目「{line.item}」"


def _of_lines(report: Report) -> Iterator[tuple[str, SpentLine]]:
    for part in report.parts:
        for line in part.lines:
            yield part.label, line


def _completed(report: Report) -> Iterator[Problem]:
    if report.completed_on is None:
        yield Problem(
            "basics//completed_on", "事業が完了した日が入力されていません。", "入力してください。"
        )
    elif report.completed_on > report.today:
        yield Problem(
            "basics//completed_on",
            "事業が完了した日が、今日より後です。",
            "完了してから提出してください。",
        )
    if not report.summary.strip():
        yield Problem(
            "basics//summary", "事業全体の成果が入力されていません。", "入力してください。"
        )


def _in_time(report: Report) -> Iterator[Problem]:
    if report.due_on and report.reported_on > report.due_on:
        yield Problem(
            "basics//completed_on",
            f"実績報告の期限（{screen_date(report.due_on)}）を過ぎています。",
            "遅れた理由を、事業全体の成果に書き添えてください。",
        )


def _texts(report: Report) -> Iterator[Problem]:
    for part in report.parts:
        if not part.text.strip():
            yield Problem(
                f"{part.key}//text",
                f"{part.label}の「実施した内容と成果」が入力されていません。",
                "入力してください。",
            )


def _results(report: Report) -> Iterator[Problem]:
    for part in report.parts:
        for one in part.results:
            if one.actual is None:
                yield Problem(
                    f"{part.key}/{one.uid}/actual",
                    f"{part.label}の指標「{one.label}」の実績が入力されていません。",
                    "入力してください。実績がないときは0と入力してください。",
                )


def _differ(report: Report) -> Iterator[Problem]:
    for part in report.parts:
        for one in part.results:
            differs = one.actual is not None and one.recorded not in (None, one.actual)
            if differs and not one.note.strip():
                yield Problem(
                    f"{part.key}/{one.uid}/actual",
                    f"{part.label}の指標「{one.label}」の実績（{one.actual:f}）が、"
                    f"確認済みの記録の合計（{one.recorded:f}）と違います。",
                    "違う理由を説明に書いてください。",
                )


def _amounts(report: Report) -> Iterator[Problem]:
    for label, line in _of_lines(report):
        if line.spent is None:
            yield Problem(
                f"{line.section}/{line.uid}/spent",
                f"{label}の明細{_place(line)}の支出済額が入力されていません。",
                "支出がないときは0と入力してください。",
            )
    for one in report.incomes:
        if one.amount is None:
            yield Problem(
                f"incomes/{one.uid}/amount",
                f"収入「{one.label}」の収入済額が入力されていません。",
                "収入がないときは0と入力してください。",
            )


def _declared(report: Report) -> Iterator[Problem]:
    for label, line in _of_lines(report):
        if not line.other_funding:
            yield Problem(
                f"{line.section}/{line.uid}/other",
                f"{label}の明細{_place(line)}に、他の国庫補助の有無が入力されていません。",
                "「なし」か「あり」を選んでください。",
            )
        elif line.is_funded_twice and line.total:
            yield Problem(
                f"{line.section}/{line.uid}/other",
                f"{label}の明細{_place(line)}は、他の国庫補助を受けた対象経費です。",
                "重複して交付を受けられません。支出済額から除いてください。",
            )


def _over_budget(report: Report) -> Iterator[Problem]:
    for part in report.parts:
        if part.total > part.budget:
            yield Problem(
                f"{part.key}//text",
                f"{part.label}の支出（{format_yen(part.total)}）が、"
                f"計画の額（{format_yen(part.budget)}）を超えています。",
                "経費の配分の変更に当たるか、確認してください。",
            )


def _expected(report: Report) -> Iterator[Problem]:
    if report.expected:
        yield Problem(
            "basics//completed_on",
            f"支払見込額が{format_yen(report.expected)}残っています。",
            "出納整理期間（5月31日まで）の後に、支払済みとして報告し直します。",
        )


def _months(report: Report) -> Iterator[Problem]:
    if report.unconfirmed:
        yield Problem(
            "contracts//",
            f"確認していない月報が{report.unconfirmed}件あります。",
            "指標の実績に入りません。先に確認してください。",
        )


def _accounts(report: Report) -> Iterator[Problem]:
    if report.needs_accounts and not report.has_accounts:
        yield Problem(
            "evidence//",
            "歳入歳出決算書（又は決算見込書）の抄本を添付してください。",
            "証拠書類の画面で追加します。",
        )


REQUIREMENTS = (
    Requirement(
        "performance.completed",
        "",
        Subject.PERFORMANCE,
        "事業が完了し、全体の成果を記載している。",
        True,
        _completed,
        lambda r: screen_date(r.completed_on) if r.completed_on else "",
        law=_REPORT,
    ),
    Requirement(
        "performance.texts",
        "",
        Subject.PERFORMANCE,
        "取組ごとに、実施した内容と成果を記載している。",
        True,
        _texts,
        lambda r: f"{len(r.parts)}項目",
        law=_REPORT,
    ),
    Requirement(
        "performance.results",
        "",
        Subject.PERFORMANCE,
        "計画の指標すべてに、実績を記載している。",
        True,
        _results,
        lambda r: f"{sum(len(part.results) for part in r.parts)}指標",
        law=_REPORT,
    ),
    Requirement(
        "performance.amounts",
        "",
        Subject.PERFORMANCE,
        "明細と収入のすべてに、金額を記載している。",
        True,
        _amounts,
        lambda r: f"支出 {format_yen(r.total)}",
        law=_REPORT,
    ),
    Requirement(
        "performance.other_funding",
        "4(3)",
        Subject.PERFORMANCE,
        "対象経費と重複して、他の国庫補助を受けていない。",
        True,
        _declared,
        lambda r: f"{len(r.lines)}明細で「なし」",
    ),
    Requirement(
        "performance.accounts",
        "",
        Subject.PERFORMANCE,
        "歳入歳出決算書（又は決算見込書）の抄本を、求められたとおり添付している。",
        True,
        _accounts,
        lambda r: "添付あり" if r.has_accounts else "任意",
        law=_REPORT,
    ),
    Requirement(
        "performance.months",
        "2(2)-3",
        Subject.PERFORMANCE,
        "委託先の月報を、すべて確認している。",
        False,
        _months,
        lambda r: "すべて確認済み",
    ),
    Requirement(
        "performance.differs",
        "",
        Subject.PERFORMANCE,
        "指標の実績が、確認済みの記録と合う。",
        False,
        _differ,
        lambda r: "違いなし、又は説明あり",
        law=_REPORT,
    ),
    Requirement(
        "performance.over_budget",
        "",
        Subject.PERFORMANCE,
        "取組ごとの支出が、計画の額以下である。",
        False,
        _over_budget,
        lambda r: "すべて計画の額以下",
        law="適正化法7条1項1号",
    ),
    Requirement(
        "performance.expected",
        "",
        Subject.PERFORMANCE,
        "支払見込額がなく、すべて支払済みである。",
        False,
        _expected,
        lambda r: "すべて支払済み",
        law="地方自治法235条の5",
    ),
    Requirement(
        "performance.in_time",
        "",
        Subject.PERFORMANCE,
        "期限までに報告している。",
        False,
        _in_time,
        lambda r: f"期限 {screen_date(r.due_on)}" if r.due_on else "",
        law=_REPORT,
    ),
)
