"""Whether two rows mean the same body, as people write names."""

import pytest

from platforms.matching import Ground, Known, Matcher, name_key, read_several, split_words

ONE, OTHER = "2000012010019", "7000020010006"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("㈱みらい", "株式会社みらい"),
        ("(株)みらい", "株式会社 みらい"),
        ("（株）みらい", "㈱　みらい"),
        ("みらい㈱", "みらい株式会社"),
        ("㈲つばさ商店", "有限会社つばさ商店"),
        ("NPO法人つながりの輪", "特定非営利活動法人つながりの輪"),
        ("ＮＰＯ法人　つながりの輪", "特定非営利活動法人 つながりの輪"),
        ("(特非)つながりの輪", "特定非営利活動法人つながりの輪"),
        ("(一社)若者みらい", "一般社団法人若者みらい"),
        ("（公財）県民の森", "公益財団法人県民の森"),
        ("(福)あおぞら会", "社会福祉法人あおぞら会"),
        ("県社協", "県社会福祉協議会"),
        ("髙山自治会", "高山自治会"),
        ("ｻﾛﾝひだまり", "サロンひだまり"),
        ("さろん・ひだまり", "サロン ひだまり"),
        ("子ども食堂みんなの家（事務局）", "子ども食堂みんなの家"),
    ],
)
def test_two_writings_of_one_name(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("㈱みらい", "みらい㈱"),
        ("株式会社みらい", "一般社団法人みらい"),
        ("みらい", "株式会社みらい"),
        ("公益社団法人緑の会", "一般社団法人緑の会"),
        ("北町自治会", "南町自治会"),
        ("県会社協会", "県会社会福祉協議会会"),
    ],
)
def test_names_that_differ(left: str, right: str) -> None:
    assert name_key(left) != name_key(right)


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        pytest.param("別の名前", ONE, ("a", Ground.NUMBER), id="number-whatever-the-name"),
        pytest.param("㈱みらい", "", ("a", Ground.NAME), id="name-without-number"),
        pytest.param("株式会社みらい", OTHER, None, id="same-name-other-number-is-another-body"),
        pytest.param("北町自治会", OTHER, ("b", Ground.NAME), id="known-without-number"),
        pytest.param("南町自治会", "", None, id="unknown"),
    ],
)
def test_a_match_has_a_ground(name: str, number: str, found: tuple[str, Ground] | None) -> None:
    matcher = Matcher([Known("a", "株式会社みらい", ONE), Known("b", "北町 自治会", "")])
    match = matcher.find(name, number)
    assert (match and (match.body, match.ground)) == found


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("居場所、若者", ["place", "youth"], []),
        ("居場所／若者・ひきこもり", ["place", "youth"], []),
        ("居場所\n居場所", ["place"], []),
        ("居場所、宇宙開発", ["place"], ["宇宙開発"]),
        ("", [], []),
    ],
)
def test_words_of_a_cell(text: str, found: list[str], unknown: list[str]) -> None:
    words = {"居場所": "place", "若者・ひきこもり": "youth", "高齢者・介護": "older"}
    assert read_several(text, words) == (found, unknown)


def test_words_are_parted_as_people_part_them() -> None:
    assert split_words("北信、東信,中信\n南信；北信") == ["北信", "東信", "中信", "南信"]
