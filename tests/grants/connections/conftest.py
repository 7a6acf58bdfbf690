from __future__ import annotations

from datetime import date

import pytest

from grants.connections.api import AccessKey, make_key
from grants.records.api import PeriodReport
from portal.accounts.api import User
from tests.grants.contracts import Deal, Pair, pair_of


def key_for(pair: Pair, month: PeriodReport, *scopes: str) -> tuple[AccessKey, str]:
    """Made by the 責任者; what it sends was entered by the 入力担当."""
    return make_key(
        actor=pair.responsible,
        contract=month.contract,
        label="会員管理",
        acts_for=User.objects.get(pk=pair.recorder.user_id),
        role="recorder",
        scopes=scopes or ("read", "write"),
        expires_on=date(2024, 12, 31),
    )


@pytest.fixture
def month(deal: Deal) -> PeriodReport:
    return deal.month(deal.concluded())


@pytest.fixture
def pair(deal: Deal, month: PeriodReport) -> Pair:
    return pair_of(deal, month.contract)


@pytest.fixture
def secret(pair: Pair, month: PeriodReport) -> str:
    return key_for(pair, month)[1]
