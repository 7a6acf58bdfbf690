"""A plan that meets every requirement, as plain values, and ways to spoil it. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from grants.activities.api import get_activity_type
from grants.plans.content import (
    Activity,
    Discussion,
    Indicator,
    Line,
    PlanContent,
    PlatformPart,
    Revenue,
)
from grants.plans.requirements import PlanSubject
from grants.programmes.api import JST, ExpenseCategory, Terms

_SPACE = UUID("00000000-0000-0000-0000-000000000000")
MEETING = Discussion("第1回会議（2026年2月3日） 議題1「居場所」", date(2026, 2, 3))


def uid(name: str) -> UUID:
    return uuid5(_SPACE, name)


def line(name: str = "line", **changed: Any) -> Line:
    values: dict[str, Any] = {
        "uid": uid(name),
        "activity_uid": None,
        "number": 1,
        "category_code": "07",
        "item": "謝金",
        "basis": "",
        "delivery": "direct",
        "quantity": Decimal(10),
        "unit": "回",
        "unit_price": 12_500,
        "amount": 125_000,
        "tax": "included",
        "is_eligible": True,
        "other_funding": "none",
        "other_funding_name": "",
    }
    return Line(**{**values, **changed})


def activity(code: str, **changed: Any) -> Activity:
    values: dict[str, Any] = {
        "uid": uid(f"activity {code}"),
        "type": get_activity_type(code),
        "name": "地域の縁側づくり",
        "content": "予約なしで立ち寄れる場を開く。",
        "vision_link": "どの地域にも居場所がある姿に近づける。",
        "contract_reason": "",
        "coming_meeting_on": None,
        "discussions": (MEETING,),
        "indicators": (Indicator(uid(f"i {code}"), "拠点数", "か所", Decimal(10), ""),),
        "lines": (line(f"line {code}"),),
    }
    return Activity(**{**values, **changed})


def platform(**changed: Any) -> PlatformPart:
    values: dict[str, Any] = {
        "uid": uid("platform"),
        "name": "長野県つながりプラットフォーム",
        "form": "new",
        "existing_body": "",
        "members": 58,
        "private_members": 41,
        "content": "官民で課題を出し合う。",
        "discussions": (MEETING,),
        "lines": (line("platform line"),),
    }
    return PlatformPart(**{**values, **changed})


def plan(**changed: Any) -> PlanContent:
    values: dict[str, Any] = {
        "fiscal_year": 2026,
        "grantee_name": "長野県",
        "grantee_kind": "prefecture",
        "grantee_code": "200000",
        "applicant_title": "長野県知事",
        "applicant_name": "髙橋 𠮷",
        "starts_on": date(2026, 4, 1),
        "completes_on": date(2027, 3, 31),
        "contact_department": "地域福祉課",
        "contact_name": "小林 由佳",
        "contact_phone": "026-235-0000",
        "issues": "人と話す機会が減っている。",
        "vision": "どの地域にも居場所がある。",
        "vision_measure": "",
        "budget_measure": "initial",
        "budget_vote_on": None,
        "platform": platform(),
        "activities": (activity("04"), activity("07")),
        "incomes": (Revenue(uid("income"), "寄附", 30_000),),
        "unreadable": (),
    }
    return PlanContent(**{**values, **changed})


# What holds after 額の確定: 仕入控除税額, income and property.
AFTERWARDS: dict[str, Any] = {
    "input_tax_due_years": 2,
    "input_tax_due_day": (6, 30),
    "input_tax_share": "rate",
    "input_tax_transition": (),
    "income_report": "all",
    "income_first": "next",
    "income_years": 5,
    "income_due_day": (6, 30),
    "income_roll": "none",
    "income_deducted": ("costs", "own"),
    "income_share": "actual",
    "income_threshold": 0,
    "income_ceiling": "net",
    "property_threshold": 500_000,
    "inventory_day": (3, 31),
    "blanket_years": 10,
    "blanket_disposals": ("divert", "transfer", "lend", "demolish", "discard"),
    "residual_counting": "years",
    "disposal_return": "higher",
    "disposal_report_months": 1,
    "carryover_day": (3, 10),
    "carryover_causes": ("気象の関係", "資材の入手難"),
    "accident_causes": ("異常な天然現象",),
    "carryover_minister": "required",
    "retention_years": 5,
    "office_retention_years": 5,
    "unawarded_retention_years": 5,
    "expiry_measure": "dispose",
    "disclosure_days": 30,
    "disclosure_extension_days": 30,
    "reading_days": 90,
}

CONTRACTS: dict[str, Any] = {
    "check_pledges": ("religious", "political", "organised_crime"),
    "check_evidence": ("religious", "political", "organised_crime"),
    "papers_general": ("公告", "入札結果"),
    "papers_designated": ("指名理由", "入札結果"),
    "papers_proposal": ("実施要領", "審査結果"),
    "papers_small": ("随意契約理由書",),
    "papers_negotiated": ("随意契約理由書",),
    "estimate_grounds": ("g1",),
    "estimate_bodies": 2,
    "small_contract_ceiling": ((date.max, 2_000_000),),
    "subcontract_depth": 2,
    "officers_keep_days": 365,
}


def terms(**changed: Any) -> Terms:
    values: dict[str, Any] = {
        "fiscal_year": 2026,
        "official_name": "孤独・孤立対策推進交付金",
        "project_name": "地方における孤独・孤立対策推進事業",
        "purpose": "地方における孤独・孤立対策の推進",
        "guideline_title": "実施要領",
        "addressee": "内閣総理大臣",
        "eligible_bodies": ("prefecture",),
        "grant_rate": Fraction(1, 2),
        "amount_unit": 1000,
        "base_amount": None,
        "grant_cap": None,
        "budget": 100_000_000,
        "window_opens": datetime(2026, 4, 3, 9, tzinfo=JST),
        "window_closes": datetime(2026, 5, 29, 17, tzinfo=JST),
        "standard_processing_days": 30,
        "due_soon_days": 7,
        "withdraw_days": 15,
        "answer_days": 14,
        "first_eligible_day": "decision",
        "over_allotment": "block",
        "file_limit_mb": 25,
        "filing_limit_mb": 200,
        "month_due_day": 10,
        "unusual_percent": 30,
        "minor_change_percent": 20,
        "minor_change_basis": "smaller",
        "minor_change_unit": "category",
        "always_approved": ("amount", "total", "purpose", "activities", "delivery"),
        "progress_dates": ((9, 30), (12, 31)),
        "progress_due_days": 30,
        "progress_gap_points": 20,
        "report_months": 1,
        "report_counting": "from_next_day",
        "report_day": (4, 10),
        "unfinished_day": (4, 30),
        "report_roll": "none",
        "accounts_paper": "optional",
        "interest_rate": Fraction(219, 2000),
        "interest_unit": 1,
        "refund_reduces": "newest",
        "refund_due_days": 20,
        "appeal_days": 30,
        "payment_day": (4, 30),
        "publish_threshold": 5,
        **CONTRACTS,
        **AFTERWARDS,
        "receipt_symbol": "A",
        "form_numbers": {},
        "categories": (
            ExpenseCategory("07", "報償費", True, False, ""),
            ExpenseCategory("12", "委託料", True, False, ""),
            ExpenseCategory("14", "工事請負費", False, False, ""),
            ExpenseCategory("18", "負担金、補助及び交付金", True, True, ""),
        ),
        "papers": (),
    }
    return Terms(**{**values, **changed})


def judged(content: PlanContent, **changed: Any) -> PlanSubject:
    return PlanSubject(content, terms(**changed))


def with_line(content: PlanContent, code: str, **changed: Any) -> PlanContent:
    """The plan with the line of one activity (or of the platform, «PF») changed."""
    if code == "PF":
        lines = tuple(replace(one, **changed) for one in content.platform.lines)
        return replace(content, platform=replace(content.platform, lines=lines))
    return with_activity(
        content,
        code,
        lines=tuple(
            replace(one, **changed)
            for a in content.activities
            if a.type.code == code
            for one in a.lines
        ),
    )


def with_activity(whole: PlanContent, code: str, /, **changed: Any) -> PlanContent:
    return replace(
        whole,
        activities=tuple(
            replace(one, **changed) if one.type.code == code else one for one in whole.activities
        ),
    )


def with_platform(whole: PlanContent, /, **changed: Any) -> PlanContent:
    return replace(whole, platform=replace(whole.platform, **changed))
