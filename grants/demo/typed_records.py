"""Records of the types other than 居場所, month by month: numbers that rise and fall and agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from .bodies import BodyStory, ContractStory

Row = dict[str, Any]

_AREAS = ("佐久", "上田", "諏訪", "伊那", "飯田", "木曽", "松本", "大町", "長野", "北信")


def _day(first: date, number: int) -> date:
    return first + timedelta(days=6 + number % 14)


def _training(first: date, number: int) -> list[Row]:
    """⑤: two courses a month, with a few who do not finish."""
    rows = []
    for half in (0, 1):
        applicants = 26 + (number * 7 + half * 5) % 11
        attendees = applicants - (number + half) % 4
        graduates = attendees - (number * 3 + half) % 3
        rows.append(
            {
                "title": f"つながりサポーター養成講座（{_AREAS[(number * 2 + half) % len(_AREAS)]}）",
                "held_on": _day(first, number) + timedelta(days=half * 9),
                "sessions": 1,
                "capacity": 40,
                "applicants": applicants,
                "attendees": attendees,
                "graduates": graduates,
                "attend_unique": attendees,
                "attend_total": attendees,
                "supporters": graduates,
                "online_attendees": (number + half) % 6,
                "hours": "1.5",
                "understanding": str(88 + (number + half) % 9),
            }
        )
    return rows


def _survey(first: date, number: int) -> list[Row]:
    """②: hearings of the bodies that could help, a region each month."""
    sample = 18 + number % 5
    collected = sample - number % 3
    answers = (1, 3, 4, 5, 0)
    return [
        {
            "title": f"地域資源の聞き取り（{_AREAS[number % len(_AREAS)]}）",
            "started_on": _day(first, number),
            "method": "ヒアリング",
            "sample": sample,
            "collected": collected,
            "valid": collected,
            **dict(
                zip(
                    (
                        *("lonely_always", "lonely_sometimes", "lonely_occasionally"),
                        *("lonely_rarely", "lonely_never", "lonely_no_answer"),
                    ),
                    (*answers, collected - sum(answers)),
                    strict=True,
                )
            ),
            "resources": 5 + number * 3 % 7,
        }
    ]


def _platform(first: date, number: int) -> list[Row]:
    """PF: all meet once a quarter, a section in the months between; few join in the year."""
    is_general = number % 3 == 0
    title = f"第{number // 3 + 1}回全体会" if is_general else f"居場所分科会（第{number}回）"
    return [
        {
            "title": title,
            "held_on": _day(first, number),
            "meetings": 1,
            "public_members": 17,
            "private_members": 38 + number // 3,
            "new_members": 1 if is_general and number else 0,
            "sections": 2,
            "agenda_items": 4 if is_general else 2,
            "agreements": 1 if is_general else 0,
            "municipalities_joined": 19 + number // 4,
            "municipalities_within": 77,
        }
    ]


ROWS: dict[str, Callable[[date, int], list[Row]]] = {
    "02": _survey,
    "05": _training,
    "PF": _platform,
}

LEARN = BodyStory(
    "公益財団法人しなの学びの輪",
    "こうえきざいだんほうじんしなのまなびのわ",
    "public_interest",
    "",
    "百瀬 千尋",
    "長野県長野市南長野0-0",
    ("青木 涼", "recorder@manabi.example"),
    ("百瀬 千尋", "responsible@manabi.example"),
    signs_in=True,
)
ASK = BodyStory(
    "株式会社信州くらし調査",
    "かぶしきがいしゃしんしゅうくらしちょうさ",
    "company",
    "",
    "丸山 学",
    "長野県松本市大手0-0",
    ("小林 遥", "recorder@kurashi.example"),
    ("丸山 学", "responsible@kurashi.example"),
)
COORDINATE = BodyStory(
    "一般社団法人信州つなぐ事務局",
    "いっぱんしゃだんほうじんしんしゅうつなぐじむきょく",
    "association",
    "",
    "宮下 望",
    "長野県長野市三輪0-0",
    ("西澤 彩", "recorder@tsunagu.example"),
    ("宮下 望", "responsible@tsunagu.example"),
)

LAST_YEAR = (
    (
        LEARN,
        ContractStory(
            "つながりサポーター養成講座の運営",
            "R7-福-021",
            "05",
            2_860_000,
            "PRO",
            "公募型プロポーザルにより2者から提案を受け、講師の確保と地域への広がりで選んだ。",
            (),
            ("submitted", "submitted"),
            same_person=True,
        ),
    ),
    (
        ASK,
        ContractStory(
            "孤独・孤立の実態調査と地域資源の聞き取り",
            "R7-福-022",
            "02",
            3_520_000,
            "PRO",
            "公募型プロポーザルにより4者から提案を受け、調査設計の確かさと経費で選んだ。",
            (),
            ("confirmed",),
            same_person=True,
        ),
    ),
    (
        COORDINATE,
        ContractStory(
            "プラットフォーム事務局の運営",
            "R7-福-023",
            "PF",
            324_000,
            "NEG",
            "県内で官民の会議の運営を受けている3者に仕様を示し、2者から見積書を取った。",
            (),
            ("submitted",),
            ground="1",
            ground_reason="予定価格が県の規則で定める額以下である。見積書を比べ、低い額の者を選んだ。",
            same_person=True,
        ),
    ),
)
