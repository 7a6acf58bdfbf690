"""繰越し of this year's awards: one that was approved, one before its decision, one being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils import timezone

from grants.awards.api import Award
from grants.carryovers.api import Carryover, against_carrying, save_carryover, start_carryover
from grants.filings.api import Filing, latest_version
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.identifiers import read_document_number

from . import cases
from .people import Cast


@dataclass(frozen=True, slots=True)
class _Story:
    """`share` per cent of the largest line that no contract stands for is carried."""

    share: int
    cause: str
    reason: str
    progress: str
    schedule: str
    ends: tuple[int, int]
    stage: str


_STORIES = (
    _Story(
        70,
        "気象の関係",
        "9月の豪雨で、居場所を開く予定の旧公民館が浸水した。乾燥と内装の改修に時間を要し、年度内に開設できない。",
        "運営する団体との協議と、備品の選定を終えた。改修の設計は11月に終えた。",
        "5月までに改修を終え、6月から居場所を開く。9月に効果を測る調査を行う。",
        (9, 30),
        "decided",
    ),
    _Story(
        50,
        "計画に関する諸条件",
        "地域の関係者との調整に時間を要し、研修の会場と日程が年度内にそろわないため。",
        "研修の教材を作り、講師の承諾を得た。",
        "4月から6月に、4つの圏域で研修を行う。",
        (6, 30),
        "reviewed",
    ),
    _Story(
        40,
        "資材の入手難",
        "相談窓口に置く機器の納期が、来年度の4月になるため。",
        "仕様を決め、見積りを取った。",
        "",
        (5, 31),
        "draft",
    ),
)
_TAKEN = frozenset({"07", "13", "20", "21", "25", "31", "37", "43"})


def load_carryovers(cast: Cast, office: Organisation, programme: Programme) -> None:
    awards = (
        Award.objects.in_force()
        .filter(programme=programme, discontinued_on=None)
        .exclude(grantee__prefecture_id__in=_TAKEN)
        .select_related("programme", "grantee", "decision")
        .order_by("grantee__prefecture_id")
    )
    free = [award for award in awards if not against_carrying(award)]
    for n, (award, story) in enumerate(zip(free, _STORIES, strict=False)):
        filing = _write(cast, award, story)
        if story.stage != "draft":
            filing = _to_the_decider(cast, office, filing)
        if story.stage == "decided":
            _approve(cast, office, filing, 2600 + n)


def _write(cast: Cast, award: Award, story: _Story) -> Filing:
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    filing = start_carryover(actor=drafter, award=award)
    carryover = Carryover.objects.get(filing=filing)
    rows = list(carryover.rows.all())
    open_rows = [row for row in rows if row.is_eligible and not row.is_contracted]
    largest = max(open_rows, key=lambda row: row.base)
    carried = int(largest.base) * story.share // 100 // 1000 * 1000
    share = Fraction(int(award.amount), sum(int(row.base) for row in rows if row.is_eligible))
    national = int(carried * share) // 1000 * 1000
    save_carryover(
        actor=drafter,
        carryover=carryover,
        seen_version=carryover.version,
        values={
            "kind": "granted",
            "cause": story.cause,
            "reason": story.reason,
            "progress": story.progress,
            "schedule": story.schedule,
            "last_day": date(carryover.year.following, *story.ends),
            "resolved_on": timezone.localdate() + timedelta(days=20),
        },
        rows={
            row.uid: {
                "direct": (int(row.base) - carried) // 2 // 1000 * 1000,
                "national": national,
                "own": carried - national,
            }
            if row is largest
            else {}
            for row in rows
        },
    )
    return filing


def _to_the_decider(cast: Cast, office: Organisation, filing: Filing) -> Filing:
    filing = cases.begin_review(cast, office, cases.submit(cast, filing))
    said = "事由はやむを得ない。国費の額は、積算内訳ごとに確かめた。"
    return cases.step(filing, "finish_review", cast.actor(office, Role.REVIEWER), opinion=said)


def _approve(cast: Cast, office: Organisation, filing: Filing, number: int) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # it was filed above
    today = timezone.localdate()
    cases.step(
        filing,
        "approve_carryover",
        cast.actor(office, Role.DECIDER),
        lines=[line["line_uid"] for line in sealed.content["lines"]],
        part_reason="",
        minister_on=today,
        minister_number="財計第1182号",
        document_number=read_document_number(f"府孤推第{number}号").value,
        decided_on=today,
        issued_on=today,
        conditions=[],
        confirmed=True,
    )
