"""Which words are hidden (情報公開法5条, 6条), and when a decision is due (10条)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grants.disclosures.grounds import ground_choices, grounds
from grants.disclosures.rules import (
    MARK,
    Hidden,
    decision_due,
    folded,
    masked,
    readiness_reasons,
    suspicions,
)


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("担当は山田花子です。", "山田花子", f"担当は{MARK}〔1〕です。"),
        ("担当は山田　花子です。", "山田花子", f"担当は{MARK}〔1〕です。"),
        ("山田\n花子", "山田 花子", f"{MARK}〔1〕"),
        ("電話０２６ー１２３", "026-123", "電話０２６ー１２３"),
        ("電話０２６－１２３", "026-123", f"電話{MARK}〔1〕"),
        ("ﾔﾏﾀﾞさん", "ヤマダ", f"{MARK}〔1〕さん"),
        ("ABC Corp", "ａｂｃｃｏｒｐ", f"{MARK}〔1〕"),
        ("山田と山田", "山田", f"{MARK}〔1〕と{MARK}〔1〕"),
        ("高田", "山田", "高田"),
        ("", "山田", ""),
    ],
    ids=[
        "5条1号-as-written",
        "5条1号-with-a-space",
        "5条1号-over-a-line",
        "5条1号-a-long-vowel-is-no-dash",
        "5条1号-full-width-digits-and-dash",
        "5条1号-half-width-kana",
        "5条2号-letters",
        "5条1号-everywhere",
        "6条-nothing-else",
        "empty",
    ],
)
def test_a_word_is_hidden_however_it_is_written(text: str, word: str, shown: str) -> None:
    assert masked(text, [Hidden(1, word)])[0] == shown


def test_where_two_overlap_all_is_hidden() -> None:
    words = [Hidden(1, "山田花"), Hidden(2, "花子")]
    shown, found = masked("山田花子の", words)
    assert "花" not in shown
    assert "子" not in shown
    assert found == {1, 2}


_SIGNS = st.sampled_from("山田花子ヤマﾔﾏﾞ 　abＡＢ0１２-－長")


@given(st.text(_SIGNS, max_size=40), st.lists(st.text(_SIGNS, min_size=2, max_size=5), max_size=4))
def test_nothing_of_a_hidden_word_is_left(text: str, given_: list[str]) -> None:
    words = [Hidden(n, word) for n, word in enumerate(given_, start=1)]
    assume(all(len(folded(one.word)) >= 2 for one in words))
    shown, found = masked(text, words)
    for one in words:
        assert folded(one.word) not in folded(shown)
        assert (one.number in found) == (folded(one.word) in folded(text))


def test_the_portal_suggests_each_word_once() -> None:
    lines = [
        ("課題", "山田さんに相談した。"),
        ("内容", "山田さん、電話 026-123-4567"),
        ("対象", "皆様へ"),
        ("申請者の氏名", "阿部 守"),
        ("担当者", ""),
    ]
    found = suspicions(lines)
    assert [one.word for one in found] == ["山田さん", "026-123-4567", "阿部 守"]
    assert {one.kind for one in found} == {"氏名", "電話番号"}


@pytest.mark.parametrize(
    ("received", "days", "last"),
    [
        (date(2026, 4, 1), 30, date(2026, 5, 1)),
        (date(2026, 4, 1), 60, date(2026, 5, 31)),
        (date(2028, 1, 31), 30, date(2028, 3, 1)),
    ],
    ids=["10条1項-the-first-day-does-not-count", "10条2項-sunday-stands", "10条1項-leap-year"],
)
def test_when_a_decision_is_due(received: date, days: int, last: date) -> None:
    assert decision_due(received, days).day == last


@pytest.mark.parametrize(
    ("picked", "undecided", "count"), [(1, 0, 0), (0, 0, 1), (1, 2, 1), (0, 2, 2)]
)
def test_5_every_suggestion_is_ruled_on_by_a_person(
    picked: int, undecided: int, count: int
) -> None:
    assert len(list(readiness_reasons(picked=picked, undecided=undecided))) == count


def test_the_grounds_are_those_of_5() -> None:
    assert [one.article for one in grounds().values()] == [
        f"情報公開法5条{number}" for number in ("1号", "1号の2", "2号", "3号", "4号", "5号", "6号")
    ]
    assert len(ground_choices()) == 7
    assert all(one.text for one in grounds().values())
