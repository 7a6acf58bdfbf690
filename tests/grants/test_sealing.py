"""Canonical text, its hash, and what differs between two versions: properties, without a database."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.filings.api import canonical, cells, changes, digest, present
from grants.filings.sealing import show
from grants.plans.sheet import sheet
from tests.grants.plans_of import plan, terms, with_line

TEXT = st.text(min_size=1, max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
SHEET = sheet(plan(), terms())
ADDRESSES = sorted(cells(SHEET))


@given(st.dictionaries(TEXT, VALUES, max_size=6))
def test_the_text_is_the_content(payload: dict[str, Any]) -> None:
    text = canonical(payload)
    assert json.loads(text) == payload
    turned = dict(reversed(list(payload.items())))
    assert canonical(turned) == text


@given(st.dictionaries(TEXT, VALUES, max_size=6), TEXT, VALUES)
def test_another_content_has_another_seal(payload: dict[str, Any], key: str, value: Any) -> None:
    changed = {**payload, key: value}
    same = json.dumps(changed, sort_keys=True) == json.dumps(payload, sort_keys=True)
    assert (digest(canonical(changed)) == digest(canonical(payload))) == same


def test_characters_are_kept_as_they_are() -> None:
    """髙 is not 高, and 𠮷 not 吉; a combined が is not the same bytes as a composed one."""
    assert canonical({"name": "髙橋 﨑 𠮷 葛󠄀"}) == '{"name":"髙橋 﨑 𠮷 葛󠄀"}'
    assert digest(canonical({"name": "髙"})) != digest(canonical({"name": "高"}))


def test_the_same_number_typed_twice_seals_the_same() -> None:
    once = with_line(plan(), "07", quantity=Decimal("10"))
    twice = with_line(plan(), "07", quantity=Decimal("10.000"))
    assert sheet(once, terms()) == sheet(twice, terms())


def put(address: str, value: Any) -> list[dict[str, Any]]:
    """The sheet with one value changed."""
    new = copy.deepcopy(SHEET)
    key, uid, name = address.split("/")
    section = next(s for s in new if s["key"] == key)
    if not uid:
        next(f for f in section["fields"] if f["key"] == name)["value"] = value
        return new
    rows = [row for table in section["tables"] for row in table["rows"] if row["uid"] == uid]
    rows[0]["cells"][name] = value
    return new


@given(st.sampled_from(ADDRESSES))
def test_one_changed_value_is_one_change_at_its_address(address: str) -> None:
    (change,) = changes(SHEET, put(address, "別の値"))
    assert change.address == address
    assert change.new == "別の値"
    assert change.kind in ("changed", "added")


def test_no_change_is_no_change() -> None:
    assert changes(SHEET, copy.deepcopy(SHEET)) == []


@given(st.sampled_from(ADDRESSES))
def test_backwards_it_is_the_same_place(address: str) -> None:
    new = put(address, "別の値")
    (there,) = changes(SHEET, new)
    (back,) = changes(new, SHEET)
    assert (there.address, there.old, there.new) == (back.address, back.new, back.old)


def test_a_removed_line_is_told_in_words() -> None:
    new = copy.deepcopy(SHEET)
    section = next(s for s in new if s["mark"] == "⑦")
    next(t for t in section["tables"] if t["key"] == "lines")["rows"].clear()
    found = changes(SHEET, new)
    assert found
    assert {change.kind for change in found} == {"removed"}
    shown = next(s for s in present(new, found) if s.mark == "⑦")
    assert any("報償費" in words for table in shown.tables for words in table.removed)


def test_a_moved_line_is_not_a_change() -> None:
    """Addresses are uids, not positions."""
    new = copy.deepcopy(SHEET)
    section = next(s for s in new if s["mark"] == "⑦")
    table = next(t for t in section["tables"] if t["key"] == "lines")
    other = {"uid": "0-0", "cells": {c["key"]: None for c in table["columns"]}}
    table["rows"].insert(0, other)
    assert changes(SHEET, new) == []


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (None, "yen", ""),
        ("", "text", ""),
        ([], "text", ""),
        (1234567, "yen", "1,234,567"),
        (0, "yen", "0"),
        ("14400", "number", "14,400"),
        ("0.5", "number", "0.5"),
        ("2026-04-01", "date", "2026年4月1日（令和８年）"),
        (["一", "二"], "text", "一、二"),
    ],
)
def test_a_value_as_people_read_it(value: Any, kind: str, shown: str) -> None:
    assert show(value, kind) == shown
