"""What an application must hold by law before it can be filed (適正化法5条, 施行令3条), and by 要綱."""

from __future__ import annotations

from collections.abc import Iterator

from grants.guideline.api import Problem, Requirement, Subject
from portal.core.dates import screen_date

from .content import Line
from .requirements import PlanSubject
from .states import BudgetMeasure, Delivery

_LAW = "適正化法施行令3条"
_GRANT_RULES = "交付要綱（対象経費）"

_BASICS = (
    ("applicant_title", "申請者の職名"),
    ("applicant_name", "申請者の氏名"),
    ("starts_on", "事業の開始日"),
    ("completes_on", "事業の完了予定日"),
    ("contact_department", "担当部署"),
    ("contact_name", "担当者"),
    ("contact_phone", "電話番号"),
)
_VISION = (("issues", "現状と課題"), ("vision", "目指す姿"))


def _basics(plan: PlanSubject) -> Iterator[Problem]:
    for section, fields in (("basics", _BASICS), ("vision", _VISION)):
        for name, label in fields:
            if not getattr(plan.content, name):
                yield Problem(f"{section}//{name}", f"{label}を入力してください。")
    starts, completes = plan.content.starts_on, plan.content.completes_on
    if starts and completes and completes < starts:
        yield Problem(
            "basics//completes_on",
            f"完了予定日は、開始日（{screen_date(starts)}）より後の日付にしてください。",
        )
    year = plan.content.fiscal_year
    for name, label, day in (
        ("starts_on", "開始日", starts),
        ("completes_on", "完了予定日", completes),
    ):
        if day and not (year, 4) <= (day.year, day.month) <= (year + 1, 3):
            yield Problem(
                f"basics//{name}",
                f"{label}は、{plan.terms.year_label}の日付にしてください。",
                f"{year}年4月1日から{year + 1}年3月31日までです。",
            )


def _activities(plan: PlanSubject) -> Iterator[Problem]:
    for activity in plan.content.activities:
        for name, label in (("name", "取組の名称"), ("content", "目的と内容")):
            if not getattr(activity, name):
                yield Problem(
                    f"{activity.section}//{name}", f"{activity.title}の{label}を入力してください。"
                )
        if not activity.lines:
            yield Problem(
                f"{activity.section}//lines",
                f"{activity.title}に、積算内訳がありません。",
                "1行以上入力してください。",
            )
        if not any(i.target is not None for i in activity.indicators):
            yield Problem(
                f"{activity.section}//indicators",
                f"{activity.title}に、目標のある指標がありません。",
                "1つ以上の指標に目標を入力してください。",
            )


def _all_lines(plan: PlanSubject) -> Iterator[tuple[str, str, Line]]:
    for line in plan.content.platform.lines:
        yield "platform", "プラットフォーム", line
    for activity in plan.content.activities:
        for line in activity.lines:
            yield activity.section, activity.title, line


def _lines_whole(plan: PlanSubject) -> Iterator[Problem]:
    needed = (
        ("category_code", "節"),
        ("item", "細目"),
        ("delivery", "実施方法"),
        ("quantity", "数量"),
        ("unit_price", "単価"),
    )
    for section, title, line in _all_lines(plan):
        gaps = [(name, label) for name, label in needed if getattr(line, name) in (None, "")]
        if gaps:
            labels = "、".join(label for _, label in gaps)
            yield Problem(
                f"{section}/{line.uid}/{gaps[0][0]}",
                f"{title}の積算内訳{line.number}行目の{labels}を入力してください。",
            )


def _categories(plan: PlanSubject) -> Iterator[Problem]:
    for section, title, line in _all_lines(plan):
        category = plan.terms.category(line.category_code)
        if category is None or not line.is_eligible:
            continue
        place = f"{title}の積算内訳{line.number}行目"
        if not category.is_eligible:
            yield Problem(
                f"{section}/{line.uid}/is_eligible",
                f"{place}の「{category.name}」は、対象経費ではありません。",
                "「対象」の印を外してください。",
            )
        elif category.subsidy_only and line.delivery != Delivery.SUBSIDY:
            yield Problem(
                f"{section}/{line.uid}/category_code",
                f"{place}の「{category.name}」は、⑦・⑧の補助のときだけ対象です。",
                "実施方法を補助にするか、「対象」の印を外してください。",
            )


def _readable(plan: PlanSubject) -> Iterator[Problem]:
    for section, problem in plan.content.unreadable:
        yield Problem(f"{section}//", problem)


def _budget_measure(plan: PlanSubject) -> Iterator[Problem]:
    if not plan.content.budget_measure:
        yield Problem(
            "incomes//budget_measure",
            "予算措置を選んでいません。",
            "当初予算、補正予算、未議決から選んでください。",
        )
    elif plan.content.budget_measure == BudgetMeasure.PENDING and not plan.content.budget_vote_on:
        yield Problem(
            "incomes//budget_vote_on",
            "予算の議決予定日がありません。",
            "未議決のときは、議決予定日を入力してください。",
        )


def _measure_said(plan: PlanSubject) -> str:
    day = plan.content.budget_vote_on
    label = dict(BudgetMeasure.choices).get(plan.content.budget_measure, "")
    if plan.content.budget_measure == BudgetMeasure.PENDING and day:
        return f"{label}（議決予定日 {screen_date(day)}）"
    return str(label)


def _looked_at(plan: PlanSubject) -> Iterator[Problem]:
    titles = {
        "basics": "申請者と期間",
        "vision": "目指す姿",
        "platform": "プラットフォーム",
        "incomes": "収入と予算措置",
        **{activity.section: activity.title for activity in plan.content.activities},
    }
    for key in plan.content.unlooked:
        if key in titles:
            yield Problem(
                f"{key}//",
                f"「{titles[key]}」は、前年度から写した値のままです。",
                "内容を確かめて、保存してください。",
            )


def _amount(plan: PlanSubject) -> Iterator[Problem]:
    if not any(line.amount for line in plan.content.lines):
        yield Problem("platform//lines", "経費が1円も入力されていません。")


def _requirement(id: str, demand: str, judge: object, evidence: str, law: str) -> Requirement:
    return Requirement(
        id,
        "",
        Subject.PLAN,
        demand,
        True,
        judge,  # type: ignore[arg-type]  # Subject.PLAN says what it is given
        lambda _: evidence,
        law=law,
    )


REQUIREMENTS = (
    _requirement(
        "plan.basics", "申請者、期間、担当、目指す姿を記載している。", _basics, "記載あり", _LAW
    ),
    _requirement(
        "plan.activities",
        "取組の内容、指標、積算内訳を記載している。",
        _activities,
        "記載あり",
        _LAW,
    ),
    _requirement("plan.lines", "積算内訳の各行を記載している。", _lines_whole, "すべての行", _LAW),
    _requirement("plan.amount", "経費を記載している。", _amount, "記載あり", _LAW),
    Requirement(
        "plan.budget_measure",
        "",
        Subject.PLAN,
        "都道府県の負担分の予算措置を記載している。",
        True,
        _budget_measure,
        _measure_said,
        law="適正化法施行令3条2項",
    ),
    Requirement(
        "plan.looked_at",
        "",
        Subject.PLAN,
        "前年度から写した値を確かめている。",
        False,
        _looked_at,
        lambda _: "すべての項目",
        law="適正化法5条",
    ),
    _requirement("plan.readable", "読み取れない値がない。", _readable, "なし", _LAW),
    _requirement(
        "plan.categories", "対象経費の区分に当たる。", _categories, "すべての行", _GRANT_RULES
    ),
)
