"""Characters of an account, months of a need, what may be claimed, who sees an account. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.claims.kana import ALLOWED, read_holder
from grants.claims.requirements import ClaimSubject, Month
from grants.claims.rules import (
    Contracted,
    claim_reasons,
    contracted_by_month,
    masked,
    months_of,
    sees_accounts,
)
from grants.guideline.api import Subject, judge
from portal.access.api import Role


@pytest.mark.parametrize(
    ("typed", "text", "misfits", "refused"),
    [
        pytest.param("ﾅｶﾞﾉｹﾝ", "ﾅｶﾞﾉｹﾝ", "", "", id="全銀-as-it-is"),
        pytest.param("ナガノケン", "ﾅｶﾞﾉｹﾝ", "ナガノケン", "", id="全銀-full-width"),
        pytest.param("ながのけん", "ﾅｶﾞﾉｹﾝ", "ながのけん", "", id="全銀-hiragana"),
        pytest.param("ｶｲｹｲｶﾝﾘｼｬ", "ｶｲｹｲｶﾝﾘｼﾔ", "ｬ", "", id="全銀-small-kana"),
        pytest.param("シャチョー", "ｼﾔﾁﾖ-", "シャチョー", "", id="全銀-long-vowel"),
        pytest.param("ｻｰﾋﾞｽ", "ｻ-ﾋﾞｽ", "ｰ", "", id="全銀-half-long-vowel"),
        pytest.param("ヴァパ", "ｳﾞｱﾊﾟ", "ヴァパ", "", id="全銀-voiced"),
        pytest.param("ヲヰヱヵヶ", "ｵｲｴｶｹ", "ヲヰヱヵヶ", "", id="全銀-old-kana"),
        pytest.param("ｦ", "ｵ", "ｦ", "", id="全銀-half-wo"),
        pytest.param("npo ABC", "NPO ABC", "npo", "", id="全銀-capitals"),
        pytest.param("ＮＰＯ　１", "NPO 1", "ＮＰＯ　１", "", id="全銀-wide-latin"),
        pytest.param("ｶ)ﾜ･ﾜ", "ｶ)ﾜ.ﾜ", "･", "", id="全銀-middle-dot"),
        pytest.param("長野ｹﾝ", "ｹﾝ", "長野", "長野", id="全銀-kanji"),
        pytest.param("ﾅｶﾞﾉ😀", "ﾅｶﾞﾉ", "😀", "😀", id="全銀-picture"),
    ],
)
def test_the_characters_of_an_account_holder(
    typed: str, text: str, misfits: str, refused: str
) -> None:
    found = read_holder(typed)
    assert (found.text, "".join(found.misfits), "".join(found.refused)) == (text, misfits, refused)
    assert found.fits is (not misfits)


@given(st.text(max_size=40))
def test_what_comes_out_is_taken_as_it_is(typed: str) -> None:
    """Converting twice changes nothing more, and nothing comes out that a bank does not take."""
    once = read_holder(typed)
    assert set(once.text) <= ALLOWED
    again = read_holder(once.text)
    assert again.fits
    assert again.text == once.text.strip()


def test_the_months_of_a_year_go_on_until_the_accounts_close() -> None:
    """地方自治法235条の5: 31 May."""
    months = months_of(2026, date(2026, 4, 3))
    assert (months[0], months[-1], len(months)) == (date(2026, 4, 1), date(2027, 5, 1), 14)
    assert months_of(2026, date(2026, 12, 31))[0] == date(2026, 12, 1)
    assert months_of(2026, date(2027, 6, 1)) == []


APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        pytest.param(
            Contracted(100, date(2026, 4, 30), {APRIL: 40}),
            {APRIL: 40, MAY: 60},
            id="the-rest-after",
        ),
        pytest.param(
            Contracted(100, date(2026, 3, 31), {}), {MAY: 100}, id="what-is-late-is-due-this-month"
        ),
        pytest.param(
            Contracted(100, date(2027, 3, 31), {}), {JUNE: 100}, id="not-after-the-last-month"
        ),
        pytest.param(
            Contracted(100, date(2026, 4, 30), {date(2026, 2, 1): 30, MAY: 70}),
            {APRIL: 30, MAY: 70},
            id="paid-whole",
        ),
        pytest.param(
            Contracted(100, date(2026, 12, 31), {APRIL: 120, MAY: -20}),
            {APRIL: 120, MAY: -20},
            id="paid-back",
        ),
    ],
)
def test_contracts_by_month(contract: Contracted, expected: dict[date, int]) -> None:
    found = contracted_by_month([contract], [APRIL, MAY, JUNE], date(2026, 5, 10))
    assert dict(found) == expected
    assert sum(found.values()) == contract.charged


@pytest.mark.parametrize(
    ("amount", "left", "is_final", "is_fixed", "said"),
    [
        pytest.param(5, 5, False, False, None, id="会計法22条-all-that-is-left"),
        pytest.param(6, 5, False, False, "残り（5円）以下", id="会計法22条-one-yen-over"),
        pytest.param(None, 5, False, False, "1円以上", id="会計法22条-nothing-typed"),
        pytest.param(0, 5, False, False, "1円以上", id="会計法22条-nothing"),
        pytest.param(5, 5, True, True, None, id="15条-after-the-amount-is-fixed"),
        pytest.param(5, 5, True, False, "額の確定の後", id="15条-before-it"),
        pytest.param(5, 5, False, True, "額が確定している", id="会計法22条-too-late"),
    ],
)
def test_why_an_amount_cannot_be_claimed(
    amount: int | None, left: int, is_final: bool, is_fixed: bool, said: str | None
) -> None:
    found = list(claim_reasons(amount, left=left, is_final=is_final, is_fixed=is_fixed))
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


SUBJECT = ClaimSubject(
    is_final=False,
    amount=100,
    received=100,
    against=(),
    reason="委託先への支払。",
    has_account=True,
    account_is_copied=False,
    months=(Month("1", APRIL, 300, 100, "謝金"),),
    share=Fraction(1, 2),
)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, set(), id="whole"),
        pytest.param({"against": ("多い。",)}, {"claim.amount"}, id="会計法22条-amount"),
        pytest.param({"has_account": False}, {"claim.account"}, id="account"),
        pytest.param({"account_is_copied": True}, {"claim.account"}, id="account-not-looked-at"),
        pytest.param({"reason": " "}, {"claim.reason"}, id="予決令58条-reason"),
        pytest.param({"amount": 101}, {"claim.share"}, id="予決令58条-before-its-share"),
        pytest.param({"amount": 301}, {"claim.need"}, id="予決令58条-above-the-need"),
        pytest.param(
            {"months": (Month("1", APRIL, 300, 100, ""),)}, {"claim.reason"}, id="予決令58条-why"
        ),
        pytest.param({"is_final": True, "months": (), "reason": ""}, set(), id="15条-final"),
    ],
)
def test_what_a_claim_must_say(changed: dict[str, Any], said: set[str]) -> None:
    found = judge(Subject.CLAIM, replace(SUBJECT, **changed))
    assert {one.requirement.id for one in found if not one.is_met} == said


def test_who_sees_an_account() -> None:
    """By the table, so that a new role is not let in by default."""
    assert {role for role in Role if sees_accounts(role)} == {
        *(Role.DRAFTER, Role.APPROVER, Role.PREFECTURE_ADMIN),
        *(Role.REVIEWER, Role.DECIDER),
    }
    assert masked("0012567") == "＊＊＊＊567"
