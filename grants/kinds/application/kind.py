"""The application as a kind of filing: what is judged, what is sealed, what is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from grants.allocations.api import Told, first_eligible_day, told, wish_before
from grants.awards.api import already_decided
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Problem, Requirement, Subject, judge
from grants.plans.api import (
    AmountTable,
    PlanContent,
    PlanRevision,
    PlanSubject,
    editors_of,
    read_content,
    required_amounts,
    rows,
    sheet,
)
from grants.programmes.api import Terms
from portal.core.asking import once
from portal.core.dates import screen_date
from portal.core.money import format_yen

from .attachments import Slot, slots


@dataclass(frozen=True, slots=True)
class FilingSubject:
    """What a requirement on an application is given, beside its plan; amounts in yen.

    `promised` is the 内示額 of the round, `wished` what was talked over before it; `first_day` is
    the first that counts, or the earliest that it can be while it is not known.
    """

    slots: tuple[Slot, ...]
    applied: int
    promised: int | None
    wished: int | None
    over: str
    starts_on: date | None
    first_day: date | None


def _missing_papers(filing: FilingSubject) -> Iterator[Problem]:
    for slot in filing.slots:
        if slot.is_missing:
            yield Problem(
                "attachments//",
                f"「{slot.label}」が添付されていません。",
                "ファイルを追加してください。",
            )


def _over_promise(mode: str) -> Callable[[FilingSubject], Iterator[Problem]]:
    """The programme says whether more than the 内示額 stops the filing or is pointed out."""

    def judge(filing: FilingSubject) -> Iterator[Problem]:
        if filing.over == mode and filing.promised is not None:
            over = filing.applied - filing.promised
            if over > 0:
                yield Problem(
                    "activities//",
                    f"申請額（{format_yen(filing.applied)}）が、内示額（{format_yen(filing.promised)}）を"
                    f"{format_yen(over)}超えています。",
                    "積算内訳を見直し、内示額以下にしてください。",
                )

    return judge


def _over_wish(filing: FilingSubject) -> Iterator[Problem]:
    if filing.promised is None and filing.wished is not None and filing.applied > filing.wished:
        yield Problem(
            "activities//",
            f"申請額（{format_yen(filing.applied)}）が、協議・所要額調査の希望額"
            f"（{format_yen(filing.wished)}）を{format_yen(filing.applied - filing.wished)}超えています。",
            "増えた理由を、審査担当に伝えてください。",
        )


def _starts_before(filing: FilingSubject) -> Iterator[Problem]:
    if filing.starts_on and filing.first_day and filing.starts_on < filing.first_day:
        yield Problem(
            "basics//starts_on",
            f"事業の開始日（{screen_date(filing.starts_on)}）が、経費が対象になる最初の日"
            f"（{screen_date(filing.first_day)}）より前です。",
            "その日より前の分の経費は、交付金の対象になりません。開始日を確かめてください。",
        )


def _promise_said(filing: FilingSubject) -> str:
    return (
        "内示はまだありません"
        if filing.promised is None
        else f"内示額 {format_yen(filing.promised)}"
    )


_ATTACHMENTS = Requirement(
    "filing.attachments",
    "",
    Subject.FILING,
    "必要な資料を添付している。",
    True,
    _missing_papers,
    lambda filing: f"{sum(len(slot.documents) for slot in filing.slots)}点",
    law="適正化法施行令3条2項",
)

_LATE = Requirement(
    "filing.late_papers",
    "",
    Subject.FILING,
    "議決後に提出する資料が、そろっている。",
    False,
    lambda f: (
        Problem(
            "attachments//",
            f"「{slot.label}」は、議決後に提出します（{screen_date(slot.due_on)}まで）。",
            "議決の後に、差戻しを待たずに提出できます。",
        )
        for slot in f.slots
        if slot.is_awaited
    ),
    lambda f: "議決を待つ資料なし",
    law="適正化法施行令3条2項",
)

_BUDGET = "適正化法6条1項（予算の範囲）"

FILING_REQUIREMENTS = (
    _ATTACHMENTS,
    _LATE,
    Requirement(
        "filing.promise",
        "",
        Subject.FILING,
        "申請額が、内示額以下である。",
        True,
        _over_promise("block"),
        _promise_said,
        law=_BUDGET,
    ),
    Requirement(
        "filing.promise_noted",
        "",
        Subject.FILING,
        "申請額が内示額を超えるときは、理由が分かる。",
        False,
        _over_promise("warn"),
        _promise_said,
        law=_BUDGET,
    ),
    Requirement(
        "filing.wish",
        "",
        Subject.FILING,
        "申請額が、協議・所要額調査の希望額以下である。",
        False,
        _over_wish,
        lambda f: (
            "内示額による"
            if f.promised is not None
            else "回答なし"
            if f.wished is None
            else f"希望額 {format_yen(f.wished)}"
        ),
        law=_BUDGET,
    ),
    Requirement(
        "filing.start",
        "",
        Subject.FILING,
        "事業が、経費の対象になる最初の日以後に始まる。",
        False,
        _starts_before,
        lambda f: "" if f.starts_on is None else f"開始日 {screen_date(f.starts_on)}",
        law="交付要綱（交付決定前の着手）",
    ),
)


def content_of(filing: Filing) -> PlanContent:
    revision = PlanRevision.objects.with_everything().get(pk=filing.revision_id)
    return read_content(revision)


def joined_revision(filing: Filing) -> PlanRevision:
    """With all its rows, of a filing that a page has just read `with_plan()`: a question less."""
    revision = filing.plan_revision
    revision.plan.programme, revision.plan.grantee = filing.programme, filing.grantee
    prefetch_related_objects([revision], *PlanRevision.objects.all().parts())
    return revision


@dataclass(frozen=True, slots=True)
class Before:
    """What came before this application; its wish stands for nothing once there is an 内示."""

    told: Told
    wish: Any


def before(filing: Filing) -> Before:
    """Two queries, one where there is an 内示; asked once a request."""

    def ask() -> Before:
        known = told(filing)
        return Before(known, wish_before(filing) if known.promised is None else None)

    return once(f"applications.before:{filing.pk}", ask)


def filing_subject(filing: Filing, content: PlanContent, given: list[Slot]) -> FilingSubject:
    terms, known = filing.programme.terms(), before(filing)
    return FilingSubject(
        slots=tuple(given),
        applied=required_amounts(content, terms, known.told.decided).i,
        promised=known.told.promised,
        wished=known.wish.amount if known.wish else None,
        over=terms.over_allotment,
        starts_on=content.starts_on,
        first_day=first_eligible_day(filing.programme, filing.grantee_id, known.told)
        or timezone.localdate(terms.window_opens),
    )


def judgements(
    filing: Filing, content: PlanContent | None = None, given: list[Slot] | None = None
) -> list[Judgement]:
    """The live checklist: the plan's requirements and the filing's own.

    `content` and `given` save the queries where the caller has them already.
    """
    terms = filing.programme.terms()
    read = content or content_of(filing)
    own = filing_subject(filing, read, given or slots(filing))
    found = [*judge(Subject.PLAN, PlanSubject(read, terms)), *judge(Subject.FILING, own)]
    return sorted(found, key=lambda j: {"unmet": 0, "warning": 1, "met": 2}[j.state])


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time, which `seal()` adds."""
    terms = filing.programme.terms()
    content = content_of(filing)
    amounts = required_amounts(content, terms, already_decided(filing))
    return {
        "form": "application/1",
        "grantee": {"name": content.grantee_name, "code": content.grantee_code},
        "terms": _terms(terms),
        "sections": sheet(content, terms),
        "amounts": _amounts(amounts),
        "amount_rows": [
            {
                "column": row.column,
                "label": row.label,
                "how": row.how,
                "amount": row.amount,
                "decides": row.decides,
            }
            for row in rows(amounts)
        ],
        "judgements": [_judgement(one) for one in judgements(filing, content)],
    }


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        "fiscal_year": terms.fiscal_year,
        "year_label": terms.year_label,
        "official_name": terms.official_name,
        "project_name": terms.project_name,
        "guideline_title": terms.guideline_title,
        "addressee": terms.addressee,
        "grant_rate": f"{terms.grant_rate.numerator}/{terms.grant_rate.denominator}",
    }


def _amounts(table: AmountTable) -> dict[str, Any]:
    return {column: getattr(table, column) for column in "abcdefghi"}


def _judgement(one: Judgement) -> dict[str, Any]:
    return {
        "id": one.requirement.id,
        "basis": one.requirement.basis,
        "demand": one.requirement.demand,
        "state": one.state,
        "evidence": one.evidence,
        "problems": [{"address": p.address, "message": p.message} for p in one.problems],
    }


APPLICATION = FilingKind(
    name="application",
    label="交付申請",
    symbol="A",
    payload=payload,
    judgements=judgements,
    document_kind="application",
    editors=lambda filing: editors_of(filing.plan_revision),
    is_decided=True,
)
