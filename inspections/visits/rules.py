"""On what a visit rests, and what its record needs. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .states import Authority, Presence, VisitKind

GUIDELINE = "要領5(1)"
LAW = "適正化法23条1項"
_SUBSIDY = "subsidy"


@dataclass(frozen=True, slots=True)
class Ground:
    """Towards whom, and on what a visit there rests."""

    who: str
    basis: str
    explanation: str = ""


def grounds(
    prefecture: str, *, contractor: str = "", contract_kind: str = "", contract_article: str = ""
) -> tuple[Ground, ...]:
    """適正化法23条1項 reaches 補助事業者等 and 間接補助事業者等; a contractor is neither.

    Where a contractor works, the visit rests on 要領5(1) and on what its contract says.
    """
    found = [Ground(prefecture, f"{LAW}、{GUIDELINE}")]
    if contract_kind == _SUBSIDY:
        found.append(
            Ground(contractor, f"{LAW}、{GUIDELINE}", "間接補助事業者等として、同項が及びます。")
        )
    elif contract_kind:
        found.append(
            Ground(
                contractor,
                f"{GUIDELINE}、委託契約{contract_article}",
                "受託者には適正化法23条が及ばないため、要領と契約によります。",
            )
        )
    return tuple(found)


_OUTSIDE = {
    Authority.BOARD_OF_AUDIT: "会計検査院法25条",
    Authority.COMMISSIONERS: "地方自治法199条",
}


def outside_grounds(prefecture: str, authority: str) -> tuple[Ground, ...]:
    """On what another authority's inspection rests; this portal only keeps what came of it."""
    who = Authority(authority)
    return (Ground(prefecture, _OUTSIDE[who], f"{who.label}による検査です。"),)


def shows_cards(kind: str) -> bool:
    """適正化法23条2項: whoever enters a place carries and shows an identity card."""
    return kind != VisitKind.PAPERS


def is_announced(kind: str) -> bool:
    return kind != VisitKind.UNANNOUNCED


@dataclass(frozen=True, slots=True)
class Record:
    """What was written down of the day; `examined`, `open_items` (of those) and `questions` count."""

    kind: str
    held_on: date | None
    hours: str
    cards_shown: str
    present: str
    examined: int
    open_items: int
    questions: int


def record_reasons(record: Record, today: date) -> Iterator[str]:
    """Why the record is not complete yet; nothing when it is."""
    if record.held_on is None:
        yield "検査を行った日を入力してください。"
    elif record.held_on > today:
        yield "検査を行った日が、今日より後になっています。"
    if not record.hours:
        yield "検査を行った時間を入力してください。"
    if shows_cards(record.kind) and not record.cards_shown:
        yield "証票をいつ、だれに提示したかを入力してください（適正化法23条2項）。"
    if shows_cards(record.kind) and not record.present:
        yield "立ち会った人を入力してください。"
    if not record.examined and not record.questions:
        yield "調べたもの、又は質問を1つ以上記録してください。"
    if record.open_items:
        yield f"調べたもののうち{record.open_items}件に、書類の有無又は結果がありません。"


def item_reasons(result: str, presences: tuple[str, ...]) -> Iterator[str]:
    """An item without a document that it needs is not in order."""
    if result == "in_order" and Presence.MISSING in presences:
        yield "書類が「無」のものがあります。結果を「指摘」にするか、書類の有無を確かめてください。"
