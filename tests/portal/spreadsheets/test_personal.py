"""What looks like a person in free text, and what only sounds like one."""

from __future__ import annotations

import pytest

from portal.core.personal import find_personal
from portal.spreadsheets.api import Column, ReadContext
from portal.spreadsheets.cleaning import read_cell

NOWHERE = ReadContext()
NOTE = Column("note", "備考", max_length=2_000)
VENUE = Column("venue", "居場所名", max_length=200)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("連絡は0263-00-1234へ", "電話番号", "0263-00-1234"),
        ("髙橋さんが初めて参加", "氏名", "髙橋さん"),
        ("山田 太郎様が来所", "氏名", "山田 太郎様"),
        ("タナカくんの送迎", "氏名", "タナカくん"),
        ("佐々木氏に引継ぎ", "氏名", "佐々木氏"),
        ("taro@example.jp に送付", "メールアドレス", "taro@example.jp"),
        ("元本郷町３－２４に訪問", "住所", "町3-24"),
        ("本町2丁目15の自宅", "住所", "2丁目15"),
        ("大字豊科123番地", "住所", "123番地"),
        ("〒399-8205", "住所", "〒399-8205"),
    ],
)
def test_a_person_is_found(text: str, kind: str, found: str) -> None:
    assert (kind, found) in {(one.kind, one.text) for one in find_personal(text)}


@pytest.mark.parametrize(
    "text",
    [
        "お母さんと子どもさんが参加",
        "皆さんで調理した",
        "利用者様から好評",
        "多様な人が集まった",
        "先月と同様に実施",
        "仕様書のとおり",
        "氏名は集めていない",
        "10/12～13の2日間",
        "2024-10-12に実施、参加18人",
        "雨天のため中止",
        "諸君",
    ],
)
def test_what_is_nobody_is_not_asked_about(text: str) -> None:
    assert find_personal(text) == ()


PLACE = Column("venue", "居場所名", max_length=200, is_key=True, names_nobody=True)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("つながりカフェ髙橋", ["personal"]),
        ("髙橋の家", ["personal"]),
        ("サロン 松本", ["personal"]),
        ("喫茶 山田さん", ["personal"]),
        ("縁側 0263-00-1234", ["phone"]),
        ("山田さん宅 090-1234-5678", ["phone", "personal"]),
        ("石川町公民館", []),
        ("松本市民会館", []),
        ("高田馬場のサロン", []),
        ("林の広場、東サロン", []),
        ("本町2-3会館 第2会議室", ["personal"]),
        ("令和6年10月5日の部", []),
        ("2024-10-05", []),
        ("第3回 10:00～12:00", []),
        ("1,234,567円", []),
        ("団体コード 202029", []),
        ("202029", []),
        ("サロンあおぞら", []),
    ],
)
def test_the_name_of_a_place(text: str, codes: list[str]) -> None:
    assert [one.code for one in read_cell(text, PLACE, NOWHERE).objections] == codes


def test_what_was_cleared_once_is_not_asked_again() -> None:
    for text in ("つながりカフェ髙橋", "縁側 0263-00-1234"):
        known = ReadContext(cleared=frozenset({text}))
        assert read_cell(text, PLACE, known).objections == ()
        assert read_cell(f"{text}2号店", PLACE, known).objections


def test_a_long_text_is_asked_about_and_a_short_one_where_it_says_so() -> None:
    asked = read_cell("山田さんが相談", NOTE, NOWHERE).objections
    assert [one.code for one in asked] == ["personal"]
    assert "氏名「山田さん」" in asked[0].reason
    assert read_cell("喫茶 山田さん", VENUE, NOWHERE).objections == ()
    assert read_cell("電話 0263-00-1234", VENUE, NOWHERE).objections[0].code == "phone"
