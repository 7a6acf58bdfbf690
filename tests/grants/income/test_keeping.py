"""A case is kept while its income is reported on (適正化法7条2項)."""

from __future__ import annotations

import pytest

from grants.retention.computing import kept_of
from tests.grants import closing
from tests.grants.income.earning import after, ask, confirm, fix, write, years
from tests.world import World

pytestmark = pytest.mark.django_db
_UNTOLD = "収益状況の報告が済んでいません。"


def test_it_is_kept_until_the_last_report_is_due(world: World) -> None:
    award = closing.award_of(world)
    ask(world, income_years="9")
    closing.close(world, fix(world, award))
    last = years(world, award)[-1].due_on
    assert last.year == award.programme.fiscal_year + 10
    basis = {one.basis: one.until for one in kept_of([award])[award.pk].keepings}
    assert basis["収益状況報告の期限（適正化法7条2項）"] == last


def test_a_year_that_is_over_and_untold_keeps_it_open(world: World) -> None:
    award = closing.award_of(world)
    fix(world, award)
    assert _UNTOLD not in kept_of([award])[award.pk].open_procedures
    with after(award):
        assert kept_of([award])[award.pk].open_procedures.count(_UNTOLD) == 1
        confirm(world, write(world, award))
        assert _UNTOLD not in kept_of([award])[award.pk].open_procedures
    with after(award, 3):
        assert kept_of([award])[award.pk].open_procedures.count(_UNTOLD) == 1
