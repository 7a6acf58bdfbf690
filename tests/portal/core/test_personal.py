"""What looks like a person is found to be asked about; what names nobody is left alone."""

import pytest

from portal.core.personal import find_personal, find_persons


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("昨日、山田さんが来た。", ("山田さん",)),
        ("髙橋 直人様から相談", ("髙橋 直人様",)),
        ("田中氏の提案で決めた", ("田中氏",)),
        ("タナカさんの件", ("タナカさん",)),
        ("Ａさんは外に出られない", ("Ａさん",)),
        ("太郎くんと花子ちゃん", ("太郎くん", "花子ちゃん")),
        ("氏名：山田太郎、", ("氏名：山田太郎",)),
        ("72歳の女性が一人で暮らす", ("72歳の女性",)),
        ("８０代の男性", ()),
        ("80歳男性", ("80歳男性",)),
        ("山田さんと山田さん", ("山田さん",)),
        ("司会は佐々木太郎。", ("佐々木太郎",)),
        ("佐藤　健太、林 美香が欠席", ("佐藤　健太", "林 美香")),
        ("鈴木 さくら、", ("鈴木 さくら",)),
        ("𠮷田香織から電話", ("𠮷田香織",)),
    ],
)
def test_persons(text: str, found: tuple[str, ...]) -> None:
    assert find_persons(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "皆様のご協力に感謝します。",
        "仕様、模様、多様な居場所、同様に進める。",
        "民生委員さんと保健師さん、相談員さんが集まる。",
        "お客様の声、利用者様のアンケート",
        "お母さんの居場所、おじいさんの会",
        "たくさんの参加があった。",
        "各氏の意見、両氏",
        "当事者さんの会",
        "様々な団体と様式",
        "社協さんと連携",
        "福島市民の会、石川一部地域、千葉大学、林業の担い手、森である。",
        "つながりカフェ髙橋 来場者10人",
        "高田馬場司会、上野動物園前の広場",
        "",
    ],
)
def test_what_names_nobody(text: str) -> None:
    assert find_persons(text) == ()


def test_numbers_and_names_are_found_together() -> None:
    found = find_personal("山田さん 090-1234-5678")
    assert [one.text for one in found] == ["090-1234-5678", "山田さん"]
