"""請求書, 検査調書, 完了届, 事故報告書, and those of a subsidy as they are printed: their parts, and the text of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from portal.core.dates import document_date
from portal.core.money import format_number

from .layouts import Layout, Paper, Part, blocks_of, register_paper

Content = Mapping[str, Any]

_CONTRACT = (
    Part("contract", "契約の名称", needed=True),
    Part("signed", "契約日・契約額"),
    Part("period", "契約の期間"),
)
_SUBSIDY = (
    Part("contract", "補助事業の名称", needed=True),
    Part("signed", "交付決定の日・額"),
    Part("period", "補助事業の期間"),
)
# On a paper that both have, the rows of a contract are called as of a subsidy (要領2(4)).
_AS_SUBSIDY = {part.key: part.label for part in _SUBSIDY}


def _yen(amount: int) -> str:
    return f"{format_number(amount)}円"


def _day(content: Content, name: str) -> str:
    return document_date(date.fromisoformat(content[name]))


def _of_contract(content: Content) -> dict[str, str]:
    number = f"（{content['contract_number']}）" if content["contract_number"] else ""
    return {
        "contract": f"{content['contract']}{number}",
        "signed": f"{_day(content, 'signed_on')}　{_yen(content['contract_amount'])}",
        "period": f"{_day(content, 'starts_on')}から{_day(content, 'ends_on')}まで",
    }


def _invoice(content: Content) -> dict[str, str]:
    tax = _yen(content["tax_amount"])
    taxed = f"（うち消費税及び地方消費税の額　{tax}）" if content["is_taxable"] else ""
    return {
        "amount": f"金　{_yen(content['amount'])}{taxed}",
        "invoice_number": content["invoice_number"],
        "corporate_number": content["corporate_number"],
        "registered_number": content["registered_number"],
        "covers": content.get("covers", ""),
        "note": content["note"],
    }


def _inspection(content: Content) -> dict[str, str]:
    return {
        "contractor": content["contractor"],
        "inspected": _day(content, "inspected_on"),
        "result": f"{content['result']}　合格とした額　{_yen(content['amount'])}",
        "findings": content["findings"],
        "inspector": content["inspector"],
        "attended": content["attended_by"] or "なし",
    }


def _completion(content: Content) -> dict[str, str]:
    return {
        "completed": _day(content, "completed_on"),
        "work": "\n".join(_work(one) for one in content.get("work", ()) if one["figures"]),
        "summary": content["summary"],
        "deliverables": content["deliverables"] or "なし",
    }


def _fixing(content: Content) -> dict[str, str]:
    return {
        "contractor": content["contractor"],
        "reported": _day(content, "reported_on") if content["reported_on"] else "",
        "fixed": _day(content, "inspected_on"),
        "amount": f"金　{_yen(content['amount'])}",
        "findings": content["findings"],
        "inspector": content["inspector"],
    }


def _work(one: Content) -> str:
    left = f"{'、'.join(one['waiting'])}を含まない。" if one["waiting"] else ""
    return "\n".join(
        [
            one["activity"],
            *(f"　{label}　{value}" for label, value in one["figures"]),
            f"（確認済みの月報{len(one['months'])}件の合計。{left}）",
        ]
    )


def _incident(content: Content) -> dict[str, str]:
    return {
        "incident_kind": content["incident_kind"],
        "place": f"{_day(content, 'happened_on')}　{content['place']}",
        "people": f"{format_number(content['people'])}人",
        "course": content["course"],
        "measures": content["measures"],
        "prevention": content["prevention"] or "検討中",
    }


_TEXTS: dict[str, Callable[[Content], dict[str, str]]] = {
    "invoice": _invoice,
    "inspection": _inspection,
    "completion": _completion,
    "incident": _incident,
    "achievement": _completion,
    "fixing": _fixing,
}
_DATED = {"invoice": "billed_on", "inspection": "inspected_on", "fixing": "inspected_on"}
_UNDER_TITLE = {"invoice": "invoice_kind", "inspection": "acceptance_kind"}
_LEADS = {
    "invoice": "{signed}付けで締結した「{contract}」の契約に基づき、次のとおり請求します。",
    "inspection": "地方自治法（昭和22年法律第67号）第234条の２の規定により、次のとおり検査しました。",
    "completion": "次の業務が完了したので、届け出ます。",
    "incident": "契約に係る業務で事故が起きたので、次のとおり報告します。",
    "achievement": "補助事業が完了したので、次のとおり報告します。",
    "fixing": "{rules}補助金について、実績報告を審査し、次のとおり額を確定しました。",
}
_LEADS_OF_SUBSIDY = _LEADS | {
    "invoice": "{signed}付けで交付決定を受けた「{contract}」の補助金について、次のとおり請求します。",
    "incident": "補助事業で事故が起きたので、次のとおり報告します。",
}


def printed(paper: Paper, content: Content, layout: Layout) -> dict[str, Any]:
    """What `pdf/contract_paper.html` prints of a content in a layout."""
    under = _UNDER_TITLE.get(paper.key)
    is_subsidy = bool(content.get("is_subsidy"))
    rules = f"{content['rules_name']}に基づく" if content.get("rules_name") else ""
    lead = (_LEADS_OF_SUBSIDY if is_subsidy else _LEADS)[paper.key].format(
        signed=_day(content, "signed_on"), contract=content["contract"], rules=rules
    )
    texts = _of_contract(content) | _TEXTS[paper.key](content)
    return {
        "content": content,
        "layout": layout,
        "title": layout.title or paper.title,
        "under_title": content[under] if under else "",
        "dated": _day(content, _DATED.get(paper.key, "made_on")),
        "addressee": layout.addressee
        or (f"{content['grantee']}知事　殿" if paper.is_addressed else ""),
        "is_addressed": paper.is_addressed,
        "lead": lead,
        "blocks": blocks_of(paper, layout, texts, _AS_SUBSIDY if is_subsidy else {}),
    }


_EXAMPLE: dict[str, Any] = {
    "grantee": "見本県",
    "contractor": "特定非営利活動法人見本",
    "address": "見本県見本市見本町0",
    "representative": "見本 花子",
    "corporate_number": "",
    "registered_number": "",
    "contract": "居場所の運営",
    "contract_number": "見-1",
    "contract_amount": 1_800_000,
    "signed_on": "2026-04-01",
    "starts_on": "2026-04-01",
    "ends_on": "2027-03-31",
    "made_on": "2026-10-01",
    "invoice_kind": "部分払",
    "invoice_number": "請01",
    "billed_on": "2026-10-01",
    "amount": 450_000,
    "tax_amount": 40_909,
    "is_taxable": True,
    "note": "第1四半期分",
    "covers": "令和8年4月から令和8年6月まで",
    "lines": [
        {
            "item": "居場所の運営",
            "quantity": "48",
            "unit": "回",
            "unit_price": 9_375,
            "amount": 450_000,
        }
    ],
    "acceptance_kind": "出来高検査",
    "result": "合格",
    "inspected_on": "2026-10-01",
    "reported_on": "2026-09-30",
    "rules_name": "見本県孤独・孤立対策活動補助金交付要綱",
    "inspector": "見本 太郎",
    "attended_by": "見本 花子",
    "findings": "月報と参加簿を照らし、仕様書のとおり行われたことを確かめた。",
    "completed_on": "2027-03-31",
    "summary": "計画のとおり実施した。",
    "deliverables": "報告書1部",
    "work": [
        {
            "activity": "⑦ 相談・居場所・交流　居場所の運営",
            "months": ["令和8年4月分"],
            "figures": [["回数", "48回"], ["参加者（延）", "720人"]],
            "waiting": [],
        }
    ],
    "incident_kind": "けが・急病",
    "happened_on": "2026-09-30",
    "place": "見本市の会場",
    "people": 1,
    "course": "会場の入口で転んだ。",
    "measures": "応急の手当をして、家族に知らせた。",
    "prevention": "段差に印を付けた。",
}

_TEMPLATE = "pdf/contract_paper.html"


def _paper(key: str, label: str, title: str, *parts: Part, is_addressed: bool = True) -> Paper:
    def example(layout: Layout) -> Mapping[str, Any]:
        return printed(made, _EXAMPLE, layout)

    made = Paper(key, label, title, is_addressed, parts, _TEMPLATE, example)
    return made


PAPERS = (
    _paper(
        "invoice",
        "請求書",
        "請求書",
        Part("amount", "請求額", needed=True),
        Part("invoice_number", "請求書の番号"),
        Part("corporate_number", "法人番号"),
        Part("registered_number", "登録番号", needed=True),
        *_CONTRACT,
        Part("covers", "対象の月"),
        Part("note", "摘要"),
        Part("lines", "内訳", is_table=True, needed=True),
    ),
    _paper(
        "inspection",
        "検査調書",
        "検査調書",
        *_CONTRACT,
        Part("contractor", "受注者", needed=True),
        Part("inspected", "検査日", needed=True),
        Part("result", "検査の結果", needed=True),
        Part("findings", "検査の内容と所見", needed=True),
        Part("inspector", "検査員", needed=True),
        Part("attended", "立会者"),
        is_addressed=False,
    ),
    _paper(
        "completion",
        "完了届",
        "業務完了届",
        *_CONTRACT,
        Part("completed", "完了した日", needed=True),
        Part("work", "実績"),
        Part("summary", "実施した内容", needed=True),
        Part("deliverables", "成果物"),
    ),
    _paper(
        "incident",
        "事故報告書",
        "事故報告書",
        *_CONTRACT,
        Part("incident_kind", "事故の種類", needed=True),
        Part("place", "起きた日と場所", needed=True),
        Part("people", "影響を受けた人数", needed=True),
        Part("course", "起きたこと", needed=True),
        Part("measures", "行った対応", needed=True),
        Part("prevention", "再発を防ぐ方法"),
    ),
    _paper(
        "achievement",
        "補助事業実績報告書",
        "補助事業実績報告書",
        *_SUBSIDY,
        Part("completed", "完了した日", needed=True),
        Part("work", "実績"),
        Part("summary", "実施した内容", needed=True),
        Part("deliverables", "成果"),
    ),
    _paper(
        "fixing",
        "額の確定調書",
        "額の確定調書",
        *_SUBSIDY,
        Part("contractor", "補助事業者", needed=True),
        Part("reported", "実績報告を受けた日"),
        Part("fixed", "額を確定した日", needed=True),
        Part("amount", "確定額", needed=True),
        Part("findings", "審査の内容", needed=True),
        Part("inspector", "審査した者", needed=True),
        is_addressed=False,
    ),
)


def register_papers() -> None:
    for paper in PAPERS:
        register_paper(paper)
