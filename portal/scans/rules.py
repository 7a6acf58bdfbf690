"""What the codes on a scanned paper mean. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from .states import Finding

_SEAL = re.compile(r"[0-9a-f]{64}")

ADVICE: Mapping[str, str] = {
    Finding.NONE: (
        "照合の欄の二次元コードが写るように、200dpi以上で読み取り直してください。"
        "折れや押印で隠れているときは、下で書類を選べます。"
    ),
    Finding.SEVERAL: (
        "1つのファイルには、1つの書類の写しだけを入れてください。分けて選び直すか、下で書類を選べます。"
    ),
    Finding.FOREIGN: (
        "このポータルが作成した書類か、正しいページを読み取ったかを確かめてください。下で書類を選べます。"
    ),
}

REFUSALS: Mapping[str, str] = {
    "pages": "ページが多すぎます（{most}ページまで）。書類ごとに分けて、選び直してください。",
    "pixels": "画像が大きすぎます。300dpi以下で読み取り直して、選び直してください。",
    "damaged": "ファイルを開けません。読み取り直して、選び直してください。",
    "too_slow": (
        "読み取りに時間がかかりすぎるため、途中でやめました。"
        "300dpi以下で読み取り直すか、分けて選び直してください。"
    ),
}


@dataclass(frozen=True, slots=True)
class Code:
    """One code on one page. `seal` is empty where it is none of the portal's."""

    page: int
    seal: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`seal` and `page` are filled for one paper alone: two papers are never guessed between."""

    finding: Finding
    seal: str = ""
    page: int = 1
    strangers: int = 0


def seal_in(text: str, *, site: str, path: str) -> str:
    """The seal that a code of ours holds, else nothing. `path` is the address of the public page.

    A code that leads to another host is another's, whatever follows.
    """
    try:
        found, ours = urlsplit(text.strip()), urlsplit(site)
    except ValueError:
        return ""
    if found.scheme not in ("http", "https") or found.netloc.lower() != ours.netloc.lower():
        return ""
    if not found.path.startswith(path):
        return ""
    seal = found.path.removeprefix(path).strip("/")
    return seal if _SEAL.fullmatch(seal) else ""


def judge(codes: Iterable[Code]) -> Reading:
    """One paper's seal, however often it stands there; codes of others beside it are counted."""
    found = list(codes)
    seals = {code.seal for code in found if code.seal}
    strangers = sum(not code.seal for code in found)
    if len(seals) > 1:
        return Reading(Finding.SEVERAL, strangers=strangers)
    if not seals:
        return Reading(Finding.FOREIGN if strangers else Finding.NONE, strangers=strangers)
    page = next(code.page for code in found if code.seal)
    return Reading(Finding.ONE, seals.pop(), page, strangers)
