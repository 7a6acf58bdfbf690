import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import (
    cp932_failures,
    find_phone_numbers,
    fold_for_numbers,
    house_digits,
    search_key,
    voiceless_key,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("サロン・あおぞら", "さろん あおぞら"),
        ("ｻﾛﾝあおぞら", "サロンあおぞら"),
        ("サポーター", "サポータ"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("㈱みらい", "（株）みらい"),
        ("ＮＰＯ法人", "npo法人"),
        ("県民〜の会", "県民～の会"),
        ("⑩", "(10)"),
    ],
)
def test_the_same_word_has_the_same_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("取組①", "取組1"), ("⑩", "①0"), ("ばら", "はら"), ("長野", "中野")]
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


def test_voiced_marks_can_be_ignored() -> None:
    assert voiceless_key("バラ") == voiceless_key("はら") == voiceless_key("ぱら")


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(text: str) -> None:
    assert voiceless_key(voiceless_key(text)) == voiceless_key(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１２ー３４", "12-34"),
        ("−１", "-1"),
        ("10〜12", "10~12"),
        ("①", "(1)"),
        ("　1 2　", "12"),
        ("サーバー", "サーバー"),
    ],
)
def test_folding_for_numbers(text: str, expected: str) -> None:
    assert fold_for_numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和6年4月3日", "令和６年４月３日"),
        ("令和5年法律第45号", "令和５年法律第45号"),
        ("府孤推第7号", "府孤推第７号"),
        ("平成２０年府会第３９３号", "平成20年府会第393号"),
        ("金 1,234,000円", "金 1,234,000円"),
        ("A4判1枚", "A4判１枚"),
        ("1.5時間", "1.5時間"),
    ],
)
def test_house_style_of_digits(text: str, expected: str) -> None:
    assert house_digits(text) == expected


@given(st.text(max_size=30))
def test_house_style_is_stable(text: str) -> None:
    assert house_digits(house_digits(text)) == house_digits(text)


def test_what_cp932_cannot_hold_is_named() -> None:
    failures = cp932_failures("髙橋と𠮷田㋿①㈱")
    assert [(f.position, f.character, f.code_point) for f in failures] == [
        (3, "𠮷", "U+20BB7"),
        (5, "㋿", "U+32FF"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aさん宅へ電話 0263-00-1234", ("0263-00-1234",)),
        ("０９０－１２３４－５６７８へ", ("０９０－１２３４－５６７８",)),
        ("090 1234 5678、03(1234)5678", ("090 1234 5678", "03(1234)5678")),
        ("0312345678", ("0312345678",)),
        ("+81-3-1234-5678", ("+81-3-1234-5678",)),
        ("（０３）１２３４－５６７８", ("（０３）１２３４－５６７８",)),
    ],
)
def test_telephone_numbers_are_found(text: str, found: tuple[str, ...]) -> None:
    assert find_phone_numbers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2024-10-05",
        "1,234,000円",
        "法人番号2000012010019",
        "010006",
        "10/12～13\n2日間",
        "0歳から100歳",
    ],
)
def test_other_numbers_are_not_telephones(text: str) -> None:
    assert find_phone_numbers(text) == ()
