"""The OpenAPI file against the running API: what it promises is what a server answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import time_machine
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from grants.connections.openapi import schema
from grants.records.api import PeriodReport
from tests.grants.connections.conftest import key_for
from tests.grants.contracts import NOW, Deal, Pair, make_deal, pair_of
from tests.world import build_world, ensure_cache_table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
# What must have been met, so that more than a door was tried.
EXPECTED = {
    "listMonths": {200},
    "listRecords": {200},
    "sendRecords": {200, 400, 422},
    "readSending": {404},
}
OPERATIONS = ["listMonths", "listRecords", "sendRecords", "readSending"]


@pytest.fixture
def deal(transactional_db: None) -> Iterator[Deal]:
    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        yield make_deal(build_world())


@pytest.fixture
def month(deal: Deal) -> PeriodReport:
    return deal.month(deal.concluded())


@pytest.fixture
def pair(deal: Deal, month: PeriodReport) -> Pair:
    return pair_of(deal, month.contract)


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_the_server_keeps_what_the_file_says(
    operation_id: str, live_server: Any, month: PeriodReport, pair: Pair
) -> None:
    _, secret = key_for(pair, month)
    headers = {"Authorization": f"Bearer {secret}"}
    loaded = schemathesis.openapi.from_dict(schema())
    loaded.config.update(base_url=live_server.url)
    operation = loaded.find_operation_by_id(operation_id)
    paths = {"month": str(month.pk)}
    seen: Counter[int] = Counter()

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        if "month" in (case.path_parameters or {}):
            # Of the true month in most cases: behind one that never was, nothing is looked at.
            case.path_parameters = paths
        answer = case.call_and_validate(headers=headers, checks=CHECKS)
        seen[answer.status_code] += 1

    run()
    assert seen.total() >= 10 or operation_id == "listMonths", "it takes nothing to vary"
    assert set(seen) & EXPECTED[operation_id], seen


def test_the_file_names_every_operation() -> None:
    named = [
        operation["operationId"]
        for path in schema()["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post")
    ]
    assert named == OPERATIONS
