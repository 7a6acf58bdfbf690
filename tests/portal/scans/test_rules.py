"""What codes mean; nothing is guessed between two papers."""

from __future__ import annotations

import pytest

from portal.scans.rules import Code, judge, seal_in
from portal.scans.states import Finding

SITE, PATH = "https://portal.example.go.jp", "/documents/verify/"
SEAL, OTHER = "ab" * 32, "cd" * 32


@pytest.mark.parametrize(
    ("text", "seal"),
    [
        (f"{SITE}{PATH}{SEAL}/", SEAL),
        (f"{SITE}{PATH}{SEAL}", SEAL),
        (f"http://PORTAL.example.go.jp{PATH}{SEAL}/", SEAL),
        (f"  {SITE}{PATH}{SEAL}/\n", SEAL),
        (f"{SITE}{PATH}{SEAL}/?a=1", SEAL),
        (f"https://portal.example.go.jp.evil.example{PATH}{SEAL}/", ""),
        (f"https://evil.example/?{SITE}{PATH}{SEAL}/", ""),
        (f"https://portal.example.go.jp@evil.example{PATH}{SEAL}/", ""),
        (f"{SITE}/documents/{SEAL}/", ""),
        (f"{SITE}{PATH}{SEAL[:-1]}/", ""),
        (f"{SITE}{PATH}{SEAL.upper()}/", ""),
        (f"javascript:{SITE}{PATH}{SEAL}/", ""),
        (f"ftp://portal.example.go.jp{PATH}{SEAL}/", ""),
        (SEAL, ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_a_code_of_ours_holds_a_seal_and_no_other_does(text: str, seal: str) -> None:
    assert seal_in(text, site=SITE, path=PATH) == seal


@pytest.mark.parametrize(
    ("codes", "finding", "seal", "page"),
    [
        ([], Finding.NONE, "", 1),
        ([Code(2, SEAL)], Finding.ONE, SEAL, 2),
        ([Code(2, SEAL), Code(3, SEAL)], Finding.ONE, SEAL, 2),
        ([Code(1, SEAL), Code(2, OTHER)], Finding.SEVERAL, "", 1),
        ([Code(1, "")], Finding.FOREIGN, "", 1),
        ([Code(1, ""), Code(2, SEAL)], Finding.ONE, SEAL, 2),
    ],
)
def test_one_paper_or_none(codes: list[Code], finding: str, seal: str, page: int) -> None:
    reading = judge(codes)
    assert (reading.finding, reading.seal, reading.page) == (finding, seal, page)
