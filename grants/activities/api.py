"""Stand-in registry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndicatorType:
    code: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class ActivityType:
    code: str
    mark: str
    name: str
    short_name: str
    clause: str
    may_subsidise: bool
    indicators: tuple[IndicatorType, ...] = ()


_N = [
    "取組方針の作成",
    "実態把握・地域資源の調査",
    "情報共有・相互啓発",
    "情報発信・普及啓発",
    "人材確保・育成の研修",
    "地域協議会の設置",
    "相談・居場所・交流",
    "中間支援",
    "市区町村の後方支援",
    "その他の取組",
]
_T = {
    f"{n:02}": ActivityType(
        f"{n:02}",
        "①②③④⑤⑥⑦⑧⑨⑩"[n - 1],
        s,
        s,
        f"3(2){'①②③④⑤⑥⑦⑧⑨⑩'[n - 1]}",
        n in (7, 8),
        (IndicatorType("sessions", "回数", "回"),),
    )
    for n, s in enumerate(_N, 1)
}


def activity_type(code: str) -> ActivityType:
    return _T[code]


def planned_types() -> list[ActivityType]:
    return list(_T.values())
