"""The kinds of findings: each a code with its group and its label."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    group: str
    label: str


_GROUPS = {
    "不適正経理": (
        ("deposit", "預け金"),
        ("lump_payment", "一括払"),
        ("substitution", "差替え"),
        ("delivered_next_year", "翌年度納入"),
        ("delivered_last_year", "前年度納入"),
        ("paid_ahead", "先払い"),
        ("delivered_before_contract", "契約前納入"),
        ("not_delivered", "未納入"),
        ("fictitious_travel", "カラ出張"),
        ("fictitious_employment", "カラ雇用"),
    ),
    "対象外": (
        ("ineligible_cost", "対象外経費"),
        ("ineligible_year", "対象外年度"),
        ("started_before_decision", "交付決定前着手"),
        ("other_purpose", "目的外使用"),
    ),
    "金額": (
        ("overpaid", "過大交付"),
        ("miscalculated", "積算誤り"),
        ("tax_credit_not_returned", "消費税仕入控除未返還"),
        ("income_not_deducted", "収入未控除"),
        ("wrong_rounding", "端数誤り"),
    ),
    "重複": (
        ("granted_twice", "他補助金との二重交付"),
        ("wrong_apportionment", "同一経費の按分誤り"),
    ),
    "手続": (
        ("change_not_approved", "変更承認漏れ"),
        ("no_competition", "競争性欠如"),
        ("negotiated_without_reason", "随契理由不備"),
        ("no_acceptance_record", "検査調書なし"),
        ("property_disposed", "財産無断処分"),
        ("register_incomplete", "台帳・表示不備"),
        ("papers_not_kept", "書類保存不備"),
    ),
    "成果": (
        ("result_overstated", "KPI未達・実績水増し"),
        ("no_effect", "効果不発現"),
    ),
}

FAULTS = {
    code: Fault(code, group, label) for group, rows in _GROUPS.items() for code, label in rows
}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped, as a select shows them."""
    return [(group, list(rows)) for group, rows in _GROUPS.items()]
