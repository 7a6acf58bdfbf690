"""What screens, notices and papers call a contract, and what an indirect subsidy (要領2(4)).

Both are one model on one way; a subsidy is decided and its amount fixed, where a contract is signed
and its work inspected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .states import ContractKind


@dataclass(frozen=True, slots=True)
class Words:
    """`states` by the name of a state, `acts` and `consequences` by the name of a transition, `done` when it was performed."""

    noun: str
    title: str
    number: str
    amount: str
    signed: str
    party: str
    other_side: str
    inspection: str
    inspect: str
    inspect_basis: str
    uninspected: str
    completion: str
    complete: str
    change: str
    ending: str
    prepare: str
    selection: str
    answered_for: str
    states: Mapping[str, str]
    acts: Mapping[str, str]
    consequences: Mapping[str, str]
    done: Mapping[str, str]


CONTRACT = Words(
    noun="契約",
    title="契約の名称",
    number="契約番号",
    amount="契約額",
    signed="契約日",
    party="委託先",
    other_side="相手方",
    inspection="検査",
    inspect="検査の結果を記録する",
    inspect_basis="地方自治法234条の2",
    uninspected="部分払と完了払は、検査で合格とした額の範囲で支払えます。",
    completion="完了届",
    complete="完了届を提出する",
    change="変更契約",
    ending="契約を解除する",
    prepare="契約を準備する",
    selection="選定の経過と理由",
    answered_for="委託先の選定と事業の実施に責任を持ち、除外団体でないことを確かめました。",
    states={},
    acts={},
    consequences={},
    done={
        "conclude": "契約を登録しました。\n担当者は、月ごとの活動実績を入力できます。",
        "change": "変更契約を記録しました。",
        "terminate": "契約の解除を記録しました。\n解除までの分は、出来高検査の結果を記録してください。",
    },
)

SUBSIDY = Words(
    noun="補助",
    title="補助事業の名称",
    number="交付決定の番号",
    amount="交付決定額",
    signed="交付決定の日",
    party="補助事業者",
    other_side="補助事業者",
    inspection="額の確定",
    inspect="額の確定を記録する",
    inspect_basis="要領2(4)、補助の交付要綱",
    uninspected="精算払は、額を確定してから、確定額の範囲で支払えます。",
    completion="実績報告書",
    complete="実績報告書を提出する",
    change="変更交付決定",
    ending="交付決定の取消しを記録する",
    prepare="間接補助を準備する",
    selection="交付先の選定の経過と理由",
    answered_for="補助事業者の選定と事業の実施に責任を持ち、除外団体でないことを確かめました。",
    states={"in_force": "交付決定済み", "terminated": "取消し"},
    acts={
        "conclude": "交付決定を登録する",
        "cancel": "準備中の補助を取りやめる",
        "end": "補助を終える",
        "change": "変更交付決定を記録する",
        "terminate": "交付決定の取消しを記録する",
    },
    consequences={
        "conclude": "登録すると、交付決定の内容は変更できません。"
        "補助の担当者は、月ごとの活動実績を入力できるようになります。",
        "cancel": "この補助は登録しません。記録は残ります。",
        "end": "補助を終えたことを記録します。確認していない月報は、引き続き確認できます。",
        "change": "変更交付決定のとおり、交付決定額、期間、積算内訳への充当を改めます。"
        "改める前の内容は残ります。",
        "terminate": "取消しの日より後の月報はなくなります。それまでの分は、額を確定して支払えます。"
        "残りの事業は、別の団体への補助で引き継げます。",
    },
    done={
        "conclude": "交付決定を登録しました。\n担当者は、月ごとの活動実績を入力できます。",
        "change": "変更交付決定を記録しました。",
        "terminate": "交付決定の取消しを記録しました。\n取消しまでの分は、額の確定を記録してください。",
    },
)


def words_of(kind: str) -> Words:
    return SUBSIDY if kind == ContractKind.SUBSIDY else CONTRACT
