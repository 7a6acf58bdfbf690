"""The rules of 額の確定 as tables, in yen."""

from __future__ import annotations

import pytest

from grants.settlements.rules import Difference, difference


@pytest.mark.parametrize(
    ("received", "ordered", "decided", "fixed", "over", "short"),
    [
        pytest.param(10, 0, 10, 8, 2, 0, id="18条2項 確定額を超える額"),
        pytest.param(10, 4, 6, 6, 0, 0, id="18条1項 取消しの分は命じてある"),
        pytest.param(10, 0, 6, 6, 0, 0, id="18条1項 取消しの分はまだ命じていない"),
        pytest.param(10, 4, 6, 5, 1, 0, id="18条2項 取消しの後に残る分だけ"),
        pytest.param(10, 0, 6, 5, 1, 0, id="18条2項 取消しの分を命じる前でも同じ"),
        pytest.param(10, 4, 11, 11, 0, 5, id="15条 返した分は受け入れた額に入らない"),
        pytest.param(3, 0, 10, 8, 0, 5, id="15条 精算払"),
        pytest.param(8, 0, 10, 8, 0, 0, id="過不足なし"),
    ],
)
def test_what_lies_between_received_and_fixed(
    received: int, ordered: int, decided: int, fixed: int, over: int, short: int
) -> None:
    found = difference(received=received, ordered=ordered, decided=decided, fixed=fixed)
    assert found == Difference(over, short)
