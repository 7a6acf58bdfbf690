"""The forms of a 交付要綱 and the number that each has in a year; one without a number is empty.

Named as the kinds of filing (`grants.kinds`) and of papers (`portal.documents`) that they are.
"""

from __future__ import annotations

_PREFIX = "form_of_"
# What it is, and the number that a new programme starts with.
_FORMS: dict[str, tuple[str, str]] = {
    "application": ("交付申請書", "様式第1号"),
    "change": ("変更承認申請書", "様式第2号"),
    "discontinuance": ("中止（廃止）承認申請書", "様式第3号"),
    "incident": ("事故（遅延）報告書", "様式第4号"),
    "progress": ("遂行状況報告書", "様式第5号"),
    "performance": ("実績報告書", "様式第6号"),
    "claim": ("概算払（精算払）請求書", "様式第7号"),
    "input_tax": ("仕入控除税額報告書", "様式第8号"),
    "disposal": ("財産処分承認申請書", "様式第9号"),
    "property_register": ("取得財産等管理台帳", "様式第10号"),
    "property_details": ("取得財産等明細表", "様式第11号"),
    "income": ("収益状況報告書", "様式第12号"),
    "carryover": ("繰越承認申出書", ""),
    "yearend": ("年度終了実績報告書", ""),
    "withdrawal": ("交付申請取下書", ""),
    "needs": ("所要額調査への回答", ""),
    "consultation": ("事前協議書", ""),
    "notice_of_decision": ("交付決定通知書", ""),
    "notice_of_settlement": ("額の確定通知書", ""),
}
# The value that says it.
FORMS = {name: _PREFIX + name for name in _FORMS}
# Name of the value, what it is of, its first text.
FORM_KEYS = tuple(
    (FORMS[name], f"{label}の様式番号", first) for name, (label, first) in _FORMS.items()
)
