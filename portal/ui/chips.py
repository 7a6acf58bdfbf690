"""The word and the shape of every state, by its key. No template chooses a colour.

A chip is for what is under way, a shape for a finding in a row, plain text for what is finished:
finished things fade (ux: errors alone are red).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    CHIP = "chip"
    SHAPE = "shape"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Chip:
    """`tone` is the last part of the class name in chips.css, which holds colour and shape."""

    label: str
    tone: str = ""
    form: Form = Form.CHIP


_chips: dict[str, Chip] = {
    # A filing on its way
    "draft": Chip("下書き", "editing"),
    "awaiting_approval": Chip("決裁待ち", "approval"),
    "submitted": Chip("提出済み", "submitted"),
    "under_review": Chip("審査中", "review"),
    "returned": Chip("差戻し", "returned"),
    "reviewed": Chip("審査済み", "review"),
    "decided": Chip("決定", "decided"),
    "declined": Chip("不交付・不承認", "closed"),
    "withdrawn": Chip("取下げ", "closed"),
    "accepted": Chip("確認済み", "decided"),
    # A section of it
    "not_started": Chip("未着手", "todo"),
    "in_progress": Chip("入力中", "editing"),
    "copied": Chip("前年度から写した値", "check"),
    "late_paper": Chip("議決後に提出", "warn", Form.SHAPE),
    "needs_fix": Chip("要修正", "check"),
    "entered": Chip("入力済み", form=Form.PLAIN),
    # A point, a month, an answer
    "open": Chip("未回答", "check"),
    "answered": Chip("回答済み", "submitted"),
    "resolved": Chip("了", "met", Form.SHAPE),
    "sent_back": Chip("差戻し", "returned"),
    "confirmed": Chip("確認済み", "done", Form.SHAPE),
    "unconfirmed": Chip("未確認", "warn", Form.SHAPE),
    "requested": Chip("報告待ち", "todo"),
    "asked_again": Chip("再照会", "returned"),
    # A document or a long work
    "queued": Chip("作成待ち", "todo"),
    "rendering": Chip("作成中", "editing"),
    "ready": Chip("作成済み", form=Form.PLAIN),
    "failed": Chip("作成失敗", "late"),
    # An award
    "in_force": Chip("交付決定済み", "decided"),
    "suspended": Chip("執行停止", "returned"),
    "discontinued": Chip("中止・廃止", "closed"),
    "completed": Chip("事業完了", "submitted"),
    "reported": Chip("実績報告済み", "submitted"),
    "finalised": Chip("額の確定済み", "decided"),
    "refund_ordered": Chip("返還命令", "returned"),
    "settled": Chip("精算済み", "decided"),
    "closed": Chip("終了", form=Form.PLAIN),
    "revoked": Chip("決定取消し", "closed"),
    # An inspection
    "drafted": Chip("作成中", "editing"),
    "issued": Chip("通知済み", "submitted"),
    "commented": Chip("意見あり", "review"),
    "upheld": Chip("是正を求める", "returned"),
    "dropped": Chip("取りやめ", "closed"),
    "corrected": Chip("是正済み", "decided"),
    "complied": Chip("履行済み", "decided"),
    "escalated": Chip("次の措置へ", "late"),
    # Findings of a rule
    "met": Chip("満たす", "met", Form.SHAPE),
    "unmet": Chip("不足", "unmet", Form.SHAPE),
    "missing": Chip("不足", "unmet", Form.SHAPE),
    "error": Chip("エラー", "unmet", Form.SHAPE),
    "warning": Chip("警告", "warn", Form.SHAPE),
    "check": Chip("確認", "warn", Form.SHAPE),
    "not_applicable": Chip("該当なし", "blank", Form.SHAPE),
    # Time
    "overdue": Chip("期限超過", "late"),
}


def register(**chips: Chip) -> None:
    """States of other packages. Raises ValueError when a key already means something else."""
    for key, chip in chips.items():
        if _chips.setdefault(key, chip) != chip:
            raise ValueError(f"the state {key} already has a chip")


def chip_for(key: str) -> Chip:
    """Raises LookupError for a state that no one has given words."""
    try:
        return _chips[str(key)]
    except KeyError:
        raise LookupError(f"no chip for the state {key!r}: register it in chips") from None


def all_chips() -> dict[str, Chip]:
    return dict(_chips)
