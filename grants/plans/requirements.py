"""What the 実施要領 asks of a plan, clause by clause. Pure functions over PlanContent and Terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grants.guideline.api import Problem, Requirement, Subject
from grants.programmes.api import Terms

from .content import Activity, PlanContent, delivery_label
from .states import Delivery, OtherFunding


@dataclass(frozen=True, slots=True)
class PlanSubject:
    """What a requirement on a plan is given."""

    content: PlanContent
    terms: Terms


Problems = Iterator[Problem]


def _eligible_body(plan: PlanSubject) -> Problems:
    if plan.content.grantee_kind not in plan.terms.eligible_bodies:
        yield Problem(
            "basics//applicant_title",
            f"{plan.content.grantee_name}は、{plan.terms.year_label}の実施主体に当たりません。",
            "内閣府の制度管理者に確認してください。",
        )


def _something_direct(plan: PlanSubject) -> Problems:
    lines = [line for line in plan.content.lines if line.delivery]
    if lines and not any(line.delivery == Delivery.DIRECT for line in lines):
        yield Problem(
            "platform//lines",
            "すべての経費が委託か補助です。委託できるのは事業の一部です。",
            "都道府県が自ら行う部分（直営）を積算内訳に入れてください。",
        )


def _contract_reason(plan: PlanSubject) -> Problems:
    for activity in plan.content.activities:
        if Delivery.CONTRACT in activity.deliveries and not activity.contract_reason:
            yield Problem(
                f"{activity.section}//contract_reason",
                f"{activity.title}に、委託とする理由がありません。",
                "直接行う場合と比べ、委託が必要で、合理的・効果的な点を書いてください。",
            )


def _subsidy_only_where_allowed(plan: PlanSubject) -> Problems:
    for line in plan.content.platform.lines:
        if line.delivery == Delivery.SUBSIDY:
            yield Problem(
                f"platform/{line.uid}/delivery",
                f"プラットフォームの{line.number}行目が補助になっています。",
                "補助で行えるのは⑦と⑧だけです。直営か委託にしてください。",
            )
    for activity in plan.content.activities:
        if activity.type.may_subsidise:
            continue
        for line in activity.lines:
            if line.delivery == Delivery.SUBSIDY:
                yield Problem(
                    f"{activity.section}/{line.uid}/delivery",
                    f"{activity.title}の{line.number}行目が補助になっています。",
                    "補助で行えるのは⑦と⑧だけです。直営か委託にしてください。",
                )


def _platform_part(plan: PlanSubject) -> Problems:
    part = plan.content.platform
    if not part.name:
        yield Problem(
            "platform//platform_name",
            "プラットフォームの名称がありません。",
            "構築する地方版官民連携プラットフォームの名称を入力してください。",
        )
    if not part.content:
        yield Problem(
            "platform//platform_content",
            "プラットフォームで取り組む内容がありません。",
            "だれが参画し、どのように連携と協働を進めるかを書いてください。",
        )


def _several_types(plan: PlanSubject) -> Problems:
    types = {activity.type.code for activity in plan.content.activities}
    if len(types) < 2:
        yield Problem(
            "activities//",
            f"取組が{len(types)}種類です。①から⑩のうち、2種類以上を選びます。",
            "取組を追加してください。同じ種類を2つ選んでも1種類です。",
        )


def _linked_to_vision(plan: PlanSubject) -> Problems:
    for activity in plan.content.activities:
        if not activity.vision_link:
            yield Problem(
                f"{activity.section}//vision_link",
                f"{activity.title}に、目指す姿とのつながりがありません。",
                "この取組が目指す姿のどこに役立つかを書いてください。",
            )


def _linked_to_discussion(plan: PlanSubject) -> Problems:
    for activity in plan.content.activities:
        if activity.discussions:
            continue
        if activity.coming_meeting_on:
            day = activity.coming_meeting_on
            yield Problem(
                f"{activity.section}//discussions",
                f"{activity.title}は、まだ会議で議論していません"
                f"（{day.month}月{day.day}日に開催予定）。",
                "会議のあとで、議題を結び付けてください。",
            )
        else:
            yield Problem(
                f"{activity.section}//discussions",
                f"{activity.title}が、どの会議の議論とも結び付いていません。",
                "議題を選ぶか、会議の開催予定日を入力してください。",
            )


def _discussed_at_all(plan: PlanSubject) -> Problems:
    part = plan.content.platform
    if not part.discussions and not any(a.discussions for a in plan.content.activities):
        yield Problem(
            "platform//platform_discussions",
            "参画する関係機関等と議論した会議が、一つも示されていません。",
            "議論した会議の議題を選んでください。",
        )


def _platform_form(plan: PlanSubject) -> Problems:
    part = plan.content.platform
    if not part.form:
        yield Problem(
            "platform//platform_form",
            "プラットフォームの設置の形を選んでいません。",
            "新設、既存の会議体への機能の追加、分科会としての組込みから選んでください。",
        )
    elif part.form != "new" and not part.existing_body:
        yield Problem(
            "platform//platform_existing_body",
            "使う会議体の名称がありません。",
            "機能を追加する、又は組み込む会議体の名称を入力してください。",
        )


def _declared(plan: PlanSubject) -> Problems:
    for section, title, lines in _tables(plan.content):
        missing = [line for line in lines if not line.other_funding]
        if missing:
            numbers = "、".join(str(line.number) for line in missing[:8])
            more = "ほか" if len(missing) > 8 else ""
            yield Problem(
                f"{section}/{missing[0].uid}/other_funding",
                f"{title}の{numbers}行目{more}に、他の国庫補助の申告がありません。",
                "「なし」か「あり」を選んでください。",
            )


def _not_funded_twice(plan: PlanSubject) -> Problems:
    for section, title, lines in _tables(plan.content):
        for line in lines:
            if line.is_funded_twice:
                yield Problem(
                    f"{section}/{line.uid}/other_funding",
                    f"{title}の{line.number}行目は、他の国庫補助と重複しています。",
                    "対象経費から外すか、他の補助金を充てない計画にしてください。",
                )


def _tables(content: PlanContent) -> Iterator[tuple[str, str, tuple[object, ...]]]:
    yield "platform", "プラットフォーム", content.platform.lines
    for activity in content.activities:
        yield activity.section, activity.title, activity.lines


def _count_by_delivery(plan: PlanSubject) -> str:
    activities = plan.content.activities
    return "、".join(f"{a.type.mark}{delivery_label(a.deliveries)}" for a in activities)


def _marks(activities: tuple[Activity, ...]) -> str:
    return "".join(sorted({a.type.mark for a in activities}))


def _requirement(
    id: str, clause: str, demand: str, judge: object, evidence: object, blocking: bool = True
) -> Requirement:
    return Requirement(id, clause, Subject.PLAN, demand, blocking, judge, evidence)  # type: ignore[arg-type]  # Subject.PLAN says what it is given


REQUIREMENTS = (
    _requirement(
        "plan.body",
        "2(1)",
        "実施主体が都道府県である。",
        _eligible_body,
        lambda p: f"{p.content.grantee_name}（団体コード{p.content.grantee_code}）",
    ),
    _requirement(
        "plan.part",
        "2(2)-1",
        "委託は事業の一部である。",
        _something_direct,
        _count_by_delivery,
    ),
    _requirement(
        "plan.contract_reason",
        "2(2)-1",
        "委託が必要かつ合理的・効果的である理由を示している。",
        _contract_reason,
        lambda p: (
            _marks(tuple(a for a in p.content.activities if Delivery.CONTRACT in a.deliveries))
            or "委託なし"
        ),
    ),
    _requirement(
        "plan.subsidy",
        "2(4)",
        "補助で行うのは⑦及び⑧のみである。",
        _subsidy_only_where_allowed,
        lambda p: (
            _marks(tuple(a for a in p.content.activities if Delivery.SUBSIDY in a.deliveries))
            or "補助による取組なし"
        ),
    ),
    _requirement(
        "plan.platform",
        "3(1)-1",
        "地方版官民連携プラットフォームを構築する。",
        _platform_part,
        lambda p: p.content.platform.name,
    ),
    _requirement(
        "plan.types",
        "3(2)-1",
        "取組を二つ以上選んでいる。",
        _several_types,
        lambda p: _marks(p.content.activities),
    ),
    _requirement(
        "plan.vision",
        "3(2)-2",
        "取組が目指す姿を踏まえている。",
        _linked_to_vision,
        lambda p: "すべての取組に記載",
        blocking=False,
    ),
    _requirement(
        "plan.discussion",
        "3(2)-2",
        "取組がプラットフォームにおける議論を踏まえている。",
        _linked_to_discussion,
        lambda p: "すべての取組に議題あり",
        blocking=False,
    ),
    _requirement(
        "plan.form",
        "4(1)③",
        "他の会議体の活用を検討し、設置の形を示している。",
        _platform_form,
        lambda p: p.content.platform.existing_body or "新設",
    ),
    _requirement(
        "plan.discussed",
        "4(2)",
        "参画する関係機関等と議論しながら検討している。",
        _discussed_at_all,
        lambda p: "会議の議題あり",
        blocking=False,
    ),
    _requirement(
        "plan.declared",
        "4(3)",
        "すべての経費に、他の国庫補助の有無を申告している。",
        _declared,
        lambda p: f"積算内訳{len(p.content.lines)}行すべてに申告",
    ),
    _requirement(
        "plan.not_twice",
        "4(3)",
        "対象経費と重複して、他の国庫補助を受けていない。",
        _not_funded_twice,
        lambda p: (
            "重複なし"
            if not any(line.other_funding == OtherFunding.EXISTS for line in p.content.lines)
            else "他の補助のある行は対象外"
        ),
    ),
)
