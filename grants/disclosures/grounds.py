"""不開示情報 (情報公開法5条): the closed list of grounds, as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ground:
    """`code` is what a row keeps; `text` is the law's wording, shortened."""

    code: str
    article: str
    title: str
    text: str

    @property
    def label(self) -> str:
        return f"{self.title}（{self.article}）"


@cache
def grounds() -> dict[str, Ground]:
    with (Path(__file__).parent / "data" / "grounds.csv").open(encoding="utf-8") as file:
        return {row["code"]: Ground(**row) for row in csv.DictReader(file)}


def ground_choices() -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in grounds().values()]
