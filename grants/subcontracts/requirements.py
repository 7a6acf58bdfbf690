"""What the 実施要領 and the contract ask of a link. Pure functions over LinkSubject."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grants.contractors.api import CheckKind, ContractKind, exclusion_reasons
from grants.guideline.api import Problem, Requirement, Subject
from portal.core.dates import screen_date
from portal.core.money import format_yen

from .rules import Link, LinkSubject, period_reasons, share_reasons, whole_reasons
from .states import LinkKind

_BASIS = "要領2(2)、委託契約（再委託の事前の承諾）"
Problems = Iterator[Problem]


def _not_excluded(*kinds: CheckKind) -> Callable[[LinkSubject], Problems]:
    def judge(subject: LinkSubject) -> Problems:
        for link in (subject.link, *subject.above):
            for kind in kinds:
                for reason in exclusion_reasons(link.findings, kind, subject.day):
                    yield Problem(
                        f"checks//{kind.value}",
                        f"{link.name}：{reason}",
                        "団体の画面で確認の結果を記録してください。",
                    )

    return judge


def _checked_until(*kinds: CheckKind) -> Callable[[LinkSubject], str]:
    def say(subject: LinkSubject) -> str:
        last = max(f.expires_on for f in subject.link.findings if f.kind in kinds)
        return f"確認済み（{screen_date(last)}まで有効）"

    return say


def _together(subject: LinkSubject) -> list[Link]:
    return [*subject.beside, subject.link]


def _not_whole(subject: LinkSubject) -> Problems:
    for reason in whole_reasons(subject.parent, _together(subject)):
        yield Problem("link//shares", reason, "再委託する業務を減らしてください。")


def _within_shares(subject: LinkSubject) -> Problems:
    if not subject.link.amount:
        yield Problem("link//shares", "再委託する額がありません。", "額を入力してください。")
    for reason in share_reasons(subject.parent, _together(subject), subject.items):
        yield Problem("link//shares", reason, "再委託する額を減らしてください。")
    for reason in share_reasons(subject.link, subject.below, subject.items):
        yield Problem("link//shares", reason, "先に、その下の再委託を変えてください。")


def _within_period(subject: LinkSubject) -> Problems:
    for reason in period_reasons(subject.parent, [subject.link]):
        yield Problem("link//ends_on", reason, "期間を直してください。")
    for reason in period_reasons(subject.link, subject.below):
        yield Problem("link//ends_on", reason, "先に、その下の再委託を変えてください。")


def _activities_above(subject: LinkSubject) -> Problems:
    if not subject.link.activities:
        yield Problem("link//activities", "再委託する取組がありません。", "取組を選んでください。")
    for uid in set(subject.link.activities) - set(subject.parent.activities):
        yield Problem(
            "link//activities",
            f"「{subject.names.get(uid, '不明な取組')}」は、{subject.parent.name}の業務にありません。",
            "取組を選び直してください。",
        )


def _no_loop(subject: LinkSubject) -> Problems:
    name = subject.link.name
    if subject.organisation == subject.prefecture:
        yield Problem("link//body", "再委託先が都道府県です。", "別の団体を選んでください。")
    elif subject.organisation in subject.organisations_above:
        yield Problem(
            "link//body",
            f"{name}は、この再委託より上にある団体です。",
            "業務が元の団体に戻らないよう、別の団体を選んでください。",
        )


def _not_too_deep(subject: LinkSubject) -> Problems:
    if subject.depth > subject.deepest:
        yield Problem(
            "link//parent",
            f"再委託は{subject.deepest}段までです。この再委託は{subject.depth}段目になります。",
            "上の団体が自ら行うか、契約の相手方が直接再委託してください。",
        )


def _subsidy_below_subsidy(subject: LinkSubject) -> Problems:
    is_subsidy = subject.link.kind == LinkKind.SUBSIDY
    if is_subsidy and any(link.kind != ContractKind.SUBSIDY for link in subject.above):
        yield Problem(
            "link//kind",
            "委託された業務を、補助として他の団体に行わせることはできません。",
            "種別を再委託にしてください。",
        )


def _asked_before(subject: LinkSubject) -> Problems:
    starts = subject.link.starts_on
    if subject.begun_on is None and starts < subject.day:
        yield Problem(
            "link//starts_on",
            f"期間の初日（{screen_date(starts)}）が、{screen_date(subject.day)}より前です。",
            "承諾の後の日にするか、もう始めているときは始めた日を入力してください。",
        )


def _not_begun(subject: LinkSubject) -> Problems:
    if subject.begun_on is not None:
        yield Problem(
            "link//begun_on",
            f"承諾の前の{screen_date(subject.begun_on)}に始めています。",
            "承諾までの分は、承諾のない再委託です。経費の扱いを確かめてください。",
        )


def _requirement(
    id: str,
    clause: str,
    demand: str,
    judge: Callable[[LinkSubject], Problems],
    evidence: Callable[[LinkSubject], str],
    *,
    blocking: bool = True,
    law: str = "",
) -> Requirement:
    return Requirement(
        f"link.{id}", clause, Subject.SUBCONTRACT, demand, blocking, judge, evidence, law
    )


_BELIEFS = (CheckKind.RELIGIOUS, CheckKind.POLITICAL)
# What the prefecture finds out about the bodies; who asks for a consent cannot mend it.
CHECKS = frozenset({"link.beliefs", "link.organised_crime"})

REQUIREMENTS = (
    _requirement(
        "beliefs",
        "2(2)-4",
        "再委託先と、その上の団体が、宗教活動や政治活動を主たる目的とする団体でない。",
        _not_excluded(*_BELIEFS),
        _checked_until(*_BELIEFS),
    ),
    _requirement(
        "organised_crime",
        "2(2)-5",
        "再委託先と、その上の団体が、暴力団又は暴力団員の統制の下にある団体でない。",
        _not_excluded(CheckKind.ORGANISED_CRIME),
        _checked_until(CheckKind.ORGANISED_CRIME),
    ),
    _requirement(
        "whole",
        "2(2)-1",
        "業務の全部を再委託していない（一括再委託でない）。",
        _not_whole,
        lambda s: (
            f"{s.parent.name}の{format_yen(s.parent.amount)}のうち"
            f"{format_yen(sum(link.amount for link in _together(s)))}"
        ),
    ),
    _requirement(
        "shares",
        "",
        "再委託する額が、行ごとに、上の団体の額に収まっている。",
        _within_shares,
        lambda s: format_yen(s.link.amount),
        law="適正化法11条",
    ),
    _requirement(
        "activities",
        "2(2)-1",
        "再委託するのは、上の団体の業務にある取組である。",
        _activities_above,
        lambda s: "、".join(s.names.get(uid, "") for uid in s.link.activities),
    ),
    _requirement(
        "loop",
        "2(2)-2",
        "再委託先は、その上の団体でも都道府県でもない。",
        _no_loop,
        lambda s: s.link.name,
    ),
    _requirement(
        "depth",
        "2(2)-2",
        "再委託の段数が、年度の制度の上限に収まっている。",
        _not_too_deep,
        lambda s: f"{s.depth}段目（{s.deepest}段まで）",
    ),
    _requirement(
        "period",
        "",
        "期間が、上の団体の期間に収まっている。",
        _within_period,
        lambda s: f"{screen_date(s.link.ends_on)}まで",
        law=_BASIS,
    ),
    _requirement(
        "subsidy",
        "2(4)",
        "補助として行わせるのは、補助を受けた団体だけである。",
        _subsidy_below_subsidy,
        lambda s: LinkKind(s.link.kind).label,
    ),
    _requirement(
        "before",
        "",
        "業務を行わせる前に承諾を求めている。",
        _asked_before,
        lambda s: f"{screen_date(s.link.starts_on)}から",
        law=_BASIS,
    ),
    _requirement(
        "begun",
        "",
        "承諾の前に業務を始めていない。",
        _not_begun,
        lambda s: "始めていない",
        blocking=False,
        law=_BASIS,
    ),
)
