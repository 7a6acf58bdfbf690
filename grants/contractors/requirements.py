"""What the 実施要領 and the 地方自治法 ask of a contract. Pure functions over ContractSubject."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from grants.guideline.api import Problem, Requirement, Subject
from portal.core.money import format_yen

from .rules import (
    Finding,
    PlannedActivityTerms,
    Quote,
    estimate_reasons,
    exclusion_reasons,
)
from .states import CheckKind, ContractKind, Ground, Method
from .wording import Words, words_of


@dataclass(frozen=True, slots=True)
class AllocatedLine:
    """Yen of the contract on one line; `left` of the plan's line, or None where it is not there."""

    item: str
    amount: int
    left: int | None


@dataclass(frozen=True, slots=True)
class ContractSubject:
    """One contract as plain values; `first_eligible_on` is empty where the programme does not say.

    `entrusted_on` is the day on which the body must be none that is excluded: that of the contract,
    or of a change by which more is entrusted to it.
    `activities` are those chosen, as the plan in force has them; `missing` names chosen ones that
    the plan has no longer. `small_nearby` are the amounts (yen) of other small contracts with the
    same body within 30 days; `small_ceiling` (yen) is that of the programme on the day of the
    contract (地方自治法施行令別表第五), which the body's own 規則 may set lower.
    `papers_asked` and `estimates_asked` are what the programme asks of the method; `papers_named`
    what the files were said to be; `first_amount` (yen) is that before any change.
    `subsidy_missing` names what the decision of an indirect subsidy does not say yet.
    """

    kind: str
    amount: int
    signed_on: date
    entrusted_on: date
    starts_on: date
    ends_on: date
    method: str
    ground: str
    ground_reason: str
    selection_reason: str
    evidence_count: int
    findings: tuple[Finding, ...]
    activities: tuple[PlannedActivityTerms, ...]
    missing: tuple[str, ...]
    first_eligible_on: date | None
    year: tuple[date, date]
    allocated: tuple[AllocatedLine, ...]
    small_ceiling: int
    small_nearby: tuple[int, ...] = ()
    papers_asked: tuple[str, ...] = ()
    papers_named: frozenset[str] = frozenset()
    estimates: tuple[Quote, ...] = ()
    estimates_asked: int = 0
    first_amount: int = 0
    single_estimate_reason: str = ""
    dearer_reason: str = ""
    subsidy_missing: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        return words_of(self.kind)


Problems = Iterator[Problem]
_KIND_LABELS = dict(ContractKind.choices)
_METHODS = dict(Method.choices)
# Of a subsidy nothing is asked that belongs to a contract, and the other way round.
ONLY_OF_CONTRACTS = frozenset(
    f"contract.{name}" for name in ("method", "ground", "estimates", "small", "split")
)
ONLY_OF_SUBSIDIES = frozenset({"contract.subsidy_decided"})


def _not_excluded(*kinds: CheckKind) -> Callable[[ContractSubject], Problems]:
    def judge(contract: ContractSubject) -> Problems:
        for kind in kinds:
            for reason in exclusion_reasons(contract.findings, kind, contract.entrusted_on):
                yield Problem(
                    f"checks//{kind.value}",
                    reason,
                    "委託先の画面で確認の結果を記録してください。",
                )

    return judge


def _checked_until(*kinds: CheckKind) -> Callable[[ContractSubject], str]:
    def say(contract: ContractSubject) -> str:
        days = [f.expires_on for f in contract.findings if f.kind in kinds]
        last = max(days)
        return f"確認済み（{last.year}年{last.month}月{last.day}日まで有効）"

    return say


def _delivered_as_planned(contract: ContractSubject) -> Problems:
    label = _KIND_LABELS[contract.kind]
    if not contract.activities and not contract.missing:
        yield Problem("contract//activities", "対象の取組がありません。", "取組を選んでください。")
    for name in contract.missing:
        yield Problem(
            "contract//activities",
            f"「{name}」は、交付決定を受けた計画にありません。",
            "取組を選び直してください。",
        )
    for activity in contract.activities:
        if not activity.amount(contract.kind):
            yield Problem(
                "contract//activities",
                f"{activity.title}の積算内訳に、{label}の行がありません。",
                "計画の実施方法に合わせるか、計画の変更を申請してください。",
            )


def _subsidy_allowed(contract: ContractSubject) -> Problems:
    if contract.kind != ContractKind.SUBSIDY:
        return
    for activity in contract.activities:
        if not activity.may_subsidise:
            yield Problem(
                "contract//kind",
                f"{activity.title}は、間接補助では行えません。補助で行えるのは⑦と⑧だけです。",
                "種別を委託にしてください。",
            )


def _subsidy_decided(contract: ContractSubject) -> Problems:
    for name in contract.subsidy_missing:
        yield Problem(
            "contract//subsidy", f"{name}がありません。", "補助の内容に入力してください。"
        )


def _selection_said(contract: ContractSubject) -> Problems:
    if not contract.selection_reason:
        yield Problem(
            "contract//selection_reason",
            "選定の経過と理由がありません。",
            "都道府県が責任を持って選定したことが分かるように書いてください。",
        )


def _method_shown(contract: ContractSubject) -> Problems:
    if contract.kind != ContractKind.CONTRACT:
        return
    missing = [f"「{name}」" for name in contract.papers_asked if name not in contract.papers_named]
    label = Method(contract.method).label
    if missing:
        yield Problem(
            "contract//evidence",
            f"{label}によったことを示す資料のうち、{''.join(missing)}がありません。",
            "資料を追加し、何の資料かを選んでください。",
        )
    elif not contract.evidence_count:
        yield Problem(
            "contract//evidence",
            f"{label}によったことを示す資料がありません。",
            "資料を追加してください。",
        )


def _estimates_compared(contract: ContractSubject) -> Problems:
    if contract.kind != ContractKind.CONTRACT or contract.method != Method.NEGOTIATED:
        return
    for message, remedy in estimate_reasons(
        contract.estimates,
        contract.estimates_asked,
        contract.first_amount,
        contract.single_estimate_reason,
        contract.dearer_reason,
    ):
        yield Problem("contract//estimates", message, remedy)


def _ground_given(contract: ContractSubject) -> Problems:
    if contract.kind != ContractKind.CONTRACT or contract.method != Method.NEGOTIATED:
        return
    if not contract.ground:
        yield Problem("contract//ground", "随意契約の号がありません。", "号を選んでください。")
    if not contract.ground_reason:
        yield Problem(
            "contract//ground_reason",
            "競争によらない理由がありません。",
            "競争によることができない理由と、価格が適正である理由を書いてください。",
        )


def _is_small(contract: ContractSubject) -> bool:
    is_negotiated = contract.method == Method.NEGOTIATED and contract.ground == Ground.G1
    return contract.kind == ContractKind.CONTRACT and is_negotiated


def _small_enough(contract: ContractSubject) -> Problems:
    ceiling = contract.small_ceiling
    if _is_small(contract) and contract.amount > ceiling:
        yield Problem(
            "contract//ground",
            f"契約額（{format_yen(contract.amount)}）が、1号の上限（{format_yen(ceiling)}）を"
            "超えています。",
            "別の号によるか、競争の手続によってください。",
        )


def _not_split(contract: ContractSubject) -> Problems:
    total = contract.amount + sum(contract.small_nearby)
    ceiling = contract.small_ceiling
    if _is_small(contract) and contract.small_nearby and contract.amount <= ceiling < total:
        yield Problem(
            "contract//ground",
            f"同じ団体との30日以内の少額の随意契約と合わせると{format_yen(total)}になり、1号の上限"
            f"（{format_yen(ceiling)}）を超えます。",
            "分割発注に当たらないことを、選定の経過と理由に書いてください。",
        )


def _within_plan(contract: ContractSubject) -> Problems:
    planned = sum(activity.amount(contract.kind) for activity in contract.activities)
    if planned and contract.amount > planned:
        yield Problem(
            "contract//amount",
            f"{contract.words.amount}（{format_yen(contract.amount)}）が、計画の{_KIND_LABELS[contract.kind]}の経費"
            f"（{format_yen(planned)}）を超えています。",
            f"{contract.words.amount}を確かめるか、計画の変更を申請してください。",
        )


def _allocated_whole(contract: ContractSubject) -> Problems:
    total = sum(line.amount for line in contract.allocated)
    if total != contract.amount:
        yield Problem(
            "contract//lines",
            f"{contract.words.amount}（{format_yen(contract.amount)}）のうち、積算内訳に充てたのは{format_yen(total)}です。",
            f"{contract.words.amount}のすべてを、計画の積算内訳に充ててください。",
        )
    for line in contract.allocated:
        if line.left is None:
            yield Problem(
                "contract//lines",
                f"「{line.item}」は、この取組の積算内訳にありません。",
                "充当をやり直してください。",
            )


def _lines_suffice(contract: ContractSubject) -> Problems:
    for line in contract.allocated:
        if line.left is not None and line.amount > line.left:
            yield Problem(
                "contract//lines",
                f"「{line.item}」への充当（{format_yen(line.amount)}）が、計画の額のうち他に"
                f"充てていない額（{format_yen(line.left)}）を超えています。",
                "充当を確かめるか、計画の変更を申請してください。",
            )


def _after_first_day(contract: ContractSubject) -> Problems:
    first = contract.first_eligible_on
    if first and contract.signed_on < first:
        yield Problem(
            "contract//signed_on",
            f"{contract.words.signed}が、経費が対象になる最初の日"
            f"（{first.year}年{first.month}月{first.day}日）より前です。",
            "交付決定前の着手に当たります。"
            f"この{contract.words.noun}による経費が対象になるか、内閣府に確認してください。",
        )
    if first and contract.starts_on < first:
        yield Problem(
            "contract//starts_on",
            f"期間の初日が、経費が対象になる最初の日"
            f"（{first.year}年{first.month}月{first.day}日）より前です。",
            "その日より前の分の経費は、交付金の対象になりません。",
        )


def _within_year(contract: ContractSubject) -> Problems:
    first, last = contract.year
    if contract.starts_on < first or contract.ends_on > last:
        yield Problem(
            "contract//ends_on",
            f"{contract.words.noun}の期間が、交付決定の年度に収まっていません。",
            f"{first.year}年4月1日から{last.year}年3月31日までにしてください。",
        )


def _requirement(
    id: str,
    clause: str,
    demand: str,
    judge: Callable[[ContractSubject], Problems],
    evidence: Callable[[ContractSubject], str],
    *,
    blocking: bool = True,
    law: str = "",
) -> Requirement:
    return Requirement(
        f"contract.{id}", clause, Subject.CONTRACT, demand, blocking, judge, evidence, law
    )


_BELIEFS = (CheckKind.RELIGIOUS, CheckKind.POLITICAL)

REQUIREMENTS = (
    _requirement(
        "planned",
        "2(2)-1",
        "計画で委託又は補助とした経費について、契約又は交付決定をしている。",
        _delivered_as_planned,
        lambda c: "、".join(activity.title for activity in c.activities),
    ),
    _requirement(
        "selection",
        "2(2)-2",
        "都道府県が責任を持って選定している。",
        _selection_said,
        lambda c: "選定の経過と理由を記録",
    ),
    _requirement(
        "beliefs",
        "2(2)-4",
        "宗教活動や政治活動を主たる目的とする団体でない。",
        _not_excluded(*_BELIEFS),
        _checked_until(*_BELIEFS),
    ),
    _requirement(
        "organised_crime",
        "2(2)-5",
        "暴力団又は暴力団員の統制の下にある団体でない。",
        _not_excluded(CheckKind.ORGANISED_CRIME),
        _checked_until(CheckKind.ORGANISED_CRIME),
    ),
    _requirement(
        "method",
        "2(3)-1",
        "競争性のある手続によっており、契約の方法を資料で示している。",
        _method_shown,
        lambda c: f"{_METHODS.get(c.method, '')}、資料{c.evidence_count}点",
    ),
    _requirement(
        "ground",
        "2(3)-2",
        "競争によりがたいときは、号と理由を示している。",
        _ground_given,
        lambda c: Ground(c.ground).label if c.ground else "競争による",
    ),
    _requirement(
        "estimates",
        "2(3)-2",
        "競争によりがたいときも、見積書を比べている。",
        _estimates_compared,
        lambda c: f"見積書{len(c.estimates)}者分" if c.estimates else "見積書を求めない方法",
    ),
    _requirement(
        "subsidy",
        "2(4)",
        "間接補助によるのは、⑦と⑧だけである。",
        _subsidy_allowed,
        lambda c: _KIND_LABELS[c.kind],
    ),
    _requirement(
        "subsidy_decided",
        "2(4)",
        "間接補助の要綱、申請、交付決定、補助の額が分かる。",
        _subsidy_decided,
        lambda c: "交付決定の内容を記録",
    ),
    _requirement(
        "small",
        "",
        "少額を理由とする随意契約は、上限の額以下である。",
        _small_enough,
        lambda c: "上限以下" if c.ground == Ground.G1 else "少額を理由としない",
        law="地方自治法施行令167条の2第1項1号",
    ),
    _requirement(
        "split",
        "",
        "少額の随意契約に分割していない。",
        _not_split,
        lambda c: (
            "30日以内に、同じ団体との少額の随意契約がない"
            if not c.small_nearby
            else "合わせても上限以下"
        ),
        blocking=False,
        law="地方自治法施行令167条の2第1項1号",
    ),
    _requirement(
        "amount",
        "",
        "契約額や交付決定額が、計画の経費の範囲に収まっている。",
        _within_plan,
        lambda c: format_yen(c.amount),
        blocking=False,
        law="交付要綱（対象経費）",
    ),
    _requirement(
        "allocated",
        "",
        "契約額や交付決定額のすべてを、計画の積算内訳に充てている。",
        _allocated_whole,
        lambda c: f"{len(c.allocated)}行に充当",
        law="適正化法11条",
    ),
    _requirement(
        "lines",
        "",
        "充てた額が、積算内訳の行ごとの計画額に収まっている。",
        _lines_suffice,
        lambda c: format_yen(sum(line.amount for line in c.allocated)),
        blocking=False,
        law="交付要綱（対象経費）",
    ),
    _requirement(
        "first_day",
        "",
        "経費が対象になる最初の日以後に始まる。",
        _after_first_day,
        lambda c: f"{c.starts_on.year}年{c.starts_on.month}月{c.starts_on.day}日から",
        blocking=False,
        law="交付要綱（対象経費）",
    ),
    _requirement(
        "year",
        "",
        "契約や補助の期間が、年度の中にある。",
        _within_year,
        lambda c: f"{c.ends_on.year}年{c.ends_on.month}月{c.ends_on.day}日まで",
        law="地方自治法208条",
    ),
)
