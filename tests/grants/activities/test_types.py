import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.activities.api import (
    ACTIVITY_TYPES,
    MENU,
    PLATFORM,
    ActivityType,
    Aggregation,
    FieldKind,
    OwnIndicator,
    get_activity_type,
    get_indicator,
    grantees_of,
)

from .examples import BROKEN, GOOD, KEPT

each_type = pytest.mark.parametrize("activity", ACTIVITY_TYPES, ids=lambda a: a.code)


# The list of the 実施要領


def test_the_platform_and_ten_activities_in_order() -> None:
    assert [activity.code for activity in ACTIVITY_TYPES] == [
        "PF",
        *(f"{number:02}" for number in range(1, 11)),
    ]
    assert "".join(activity.mark for activity in MENU) == "①②③④⑤⑥⑦⑧⑨⑩"
    assert PLATFORM not in MENU


def test_clause_3_names_each_type() -> None:
    assert [activity.clause for activity in ACTIVITY_TYPES] == [
        "3(1)",
        *(f"3(2){mark}" for mark in "①②③④⑤⑥⑦⑧⑨⑩"),
    ]


def test_clause_2_4_allows_subsidy_for_7_and_8_alone() -> None:
    assert [a.code for a in ACTIVITY_TYPES if a.may_subsidise] == ["07", "08"]


def test_lookup_by_code() -> None:
    assert get_activity_type("07").title == "⑦ 相談・居場所・交流"
    assert get_activity_type("PF").title == "官民連携プラットフォーム"
    assert get_indicator("07.attend_total").label == "参加者（延べ）"
    with pytest.raises(KeyError):
        get_activity_type("11")


# Fields


@each_type
def test_fields_are_whole(activity: ActivityType) -> None:
    labels = [item.label for item in activity.fields]
    assert len(set(labels)) == len(labels)
    assert any(item.is_key for item in activity.fields)
    for item in activity.fields:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", item.key)
        assert bool(item.unit) == item.kind.is_number, item.key
        assert bool(item.choices) == (item.kind is FieldKind.CHOICE), item.key
        assert not (item.is_computed and item.required), item.key


@each_type
def test_the_file_form_holds_entered_fields_alone(activity: ActivityType) -> None:
    entered = {item.key for item in activity.entered_fields}
    assert {c.key for c in activity.record_spec.columns if not c.is_ordinal} == entered
    assert not any(item.is_detail and (item.required or item.is_key) for item in activity.fields)


@each_type
def test_aliases_lead_to_one_column(activity: ActivityType) -> None:
    names = [n for c in activity.record_spec.columns for n in (c.label, *c.aliases)]
    assert len(set(names)) == len(names)


def test_the_file_form_of_7_is_the_list_that_offices_keep() -> None:
    spec = get_activity_type("07").record_spec
    assert [column.key for column in spec.columns][:13] == [
        "no",
        "municipality_name",
        "lg_code",
        "venue",
        "held_on",
        "sessions",
        "attend_total",
        "attend_new",
        "consult_in_person",
        "consult_phone",
        "consult_sns",
        "referrals",
        "note",
    ]
    assert [column.key for column in spec.key_columns] == [
        "lg_code",
        "venue",
        "held_on",
        "occurrence",
    ]
    assert not spec.by_key["occurrence"].required


# Checks


@each_type
def test_every_check_has_an_example_that_breaks_it(activity: ActivityType) -> None:
    assert [check.id for check in activity.checks] == list(BROKEN[activity.code])


@each_type
def test_a_good_record_passes(activity: ActivityType) -> None:
    assert activity.failures(GOOD[activity.code]) == []
    required = {item.key for item in activity.fields if item.required}
    assert required <= GOOD[activity.code].keys() <= activity.by_key.keys()


@pytest.mark.parametrize(
    ("code", "check_id"),
    [(code, check_id) for code, broken in BROKEN.items() for check_id in broken],
)
def test_a_broken_record_fails_its_check_alone(code: str, check_id: str) -> None:
    activity = get_activity_type(code)
    failures = activity.failures(GOOD[code] | BROKEN[code][check_id])
    assert [check.id for check, _ in failures] == [check_id]
    check, keys = failures[0]
    assert keys
    assert set(keys) <= set(check.uses)


@each_type
def test_every_check_has_an_example_that_just_keeps_it(activity: ActivityType) -> None:
    assert [check.id for check in activity.checks] == list(KEPT[activity.code])


@pytest.mark.parametrize(
    ("code", "check_id"), [(code, check_id) for code, kept in KEPT.items() for check_id in kept]
)
def test_a_record_at_the_edge_passes(code: str, check_id: str) -> None:
    changes = KEPT[code][check_id]
    assert get_activity_type(code).failures(GOOD[code] | changes) == []


@each_type
def test_a_record_without_figures_breaks_nothing(activity: ActivityType) -> None:
    given_only = {
        key: value
        for key, value in GOOD[activity.code].items()
        if not activity.by_key[key].kind.is_number
    }
    assert activity.failures(given_only) == []


@each_type
def test_messages_say_what_is_wrong_and_what_to_do(activity: ActivityType) -> None:
    for check in activity.checks:
        assert check.reason.endswith("。")
        assert check.fix.endswith("ください。"), check.id


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_at_most_is_exactly_at_most(graduates: int, attendees: int) -> None:
    failed = [
        check.id
        for check, _ in get_activity_type("05").failures(
            {"graduates": graduates, "attendees": attendees}
        )
    ]
    assert failed == (["graduates_within_attendees"] if graduates > attendees else [])


# Computed values


@pytest.mark.parametrize(
    ("code", "values", "key", "expected"),
    [
        ("02", {"sample": 1_500, "collected": 780}, "response_rate", Decimal("52.0")),
        ("02", {"sample": 20_000, "collected": 11_867}, "response_rate", Decimal("59.3")),
        ("02", {"sample": 0, "collected": 0}, "response_rate", None),
        ("02", {"sample": 10}, "response_rate", None),
        ("PF", {"public_members": 12, "private_members": 36}, "members", 48),
        ("PF", {"public_members": 12, "private_members": 36}, "private_share", Decimal("75.0")),
        ("PF", {"public_members": 0, "private_members": 0}, "private_share", None),
        ("05", {"attendees": 48, "online_attendees": 12}, "online_share", Decimal("25.0")),
        ("07", {"attend_total": 25, "sessions": 2}, "attend_average", Decimal("12.5")),
        ("07", {"attend_total": 5, "sessions": 0}, "attend_average", None),
        ("07", {"consult_phone": 1, "consult_visit": 2}, "consultations", 3),
        ("07", {}, "consultations", None),
    ],
)
def test_computed_values(
    code: str, values: dict[str, int], key: str, expected: int | Decimal | None
) -> None:
    assert get_activity_type(code).with_computed(values)[key] == expected


def test_a_typed_value_does_not_replace_a_computed_one() -> None:
    row = get_activity_type("PF").with_computed(
        {"public_members": 1, "private_members": 1, "members": 99}
    )
    assert row["members"] == 2


# Figures


@each_type
def test_indicators_stand_on_fields(activity: ActivityType) -> None:
    codes = [indicator.code for indicator in activity.indicators]
    assert codes
    assert len(set(codes)) == len(codes)
    for indicator in activity.indicators:
        assert indicator.code.startswith(f"{activity.code}.")
        assert set(indicator.fields) <= activity.by_key.keys()
        assert len(indicator.fields) == 2 or indicator.aggregation is not Aggregation.RATIO
        assert indicator.unit


@each_type
def test_figures_of_nothing_are_not_nought(activity: ActivityType) -> None:
    for code, figure in activity.figures([]).items():
        counts = get_indicator(code).aggregation in (Aggregation.DISTINCT, Aggregation.COUNT)
        assert figure == (0 if counts else None)


def test_figures_of_a_month_of_7() -> None:
    support = get_activity_type("07")
    rows = [
        {"lg_code": "132012", "venue": "甲", "sessions": 1, "attend_total": 18, "referrals": 1},
        {"lg_code": "132012", "venue": "乙", "sessions": 1, "attend_total": 30, "attend_new": 5},
        {"lg_code": "132012", "venue": "甲", "sessions": 2, "attend_total": 45, "consult_sns": 2},
    ]
    assert support.figures(rows) == {
        "07.sites": 2,
        "07.sessions": 4,
        "07.attend_total": 93,
        "07.attend_new": 5,
        "07.consultations": 2,
        "07.referrals": 1,
    }


def test_shares_are_made_of_the_sums() -> None:
    rows = [{"attendees": 100, "graduates": 100}, {"attendees": 10, "graduates": 0}]
    assert get_activity_type("05").figures(rows)["05.completion_rate"] == Decimal("90.9")
    rows.append({"attendees": 50})
    assert get_activity_type("05").figures(rows)["05.completion_rate"] == Decimal("90.9")


def test_what_stands_on_a_day_is_not_added_up() -> None:
    rows = [{"public_members": 10, "private_members": n} for n in (30, 36)]
    figures = PLATFORM.figures(rows)
    assert figures["PF.members"] == 46
    satisfaction = get_activity_type("03").figures([{"satisfaction": 90}, {"satisfaction": 95}])
    assert satisfaction["03.satisfaction"] == Decimal("92.5")


# What a plan counts of its own


OWN = (
    OwnIndicator("own_a", "参加した学校", "校", "12"),
    OwnIndicator("own_b", "開催回数", "回"),
)


def test_10_counts_what_its_plan_names() -> None:
    other = get_activity_type("10", OWN)
    assert other is get_activity_type("10", OWN)
    assert [column.header for column in other.record_spec.columns][-2:] == [
        "参加した学校（校）",
        "開催回数（指標2）（回）",
    ], "the plan's word is told from the type's own"
    rows = [GOOD["10"] | {"own_a": Decimal(3)}, GOOD["10"] | {"own_a": Decimal("4.5")}]
    assert other.figures(rows)["10.own_a"] == Decimal("7.5")
    assert other.figures(rows)["10.sessions"] == 2
    assert other.indicators[-2].label == "参加した学校（目標 12校）"
    assert "own_a" not in get_activity_type("10").by_key


def test_only_10_has_figures_of_its_own() -> None:
    assert [a.code for a in ACTIVITY_TYPES if a.has_own_indicators] == ["10"]


def test_the_bodies_of_a_list() -> None:
    first, second = grantees_of(str(GOOD["08"]["grantees"]))
    assert (first.name, first.corporate_number, first.granted_yen) == ("北の縁側", "", 1_400_000)
    assert (second.corporate_number, second.other_funding) == ("8000020130001", "市の補助")
    for wrong in ("、、500000", "甲、、", "甲、123、500000", "甲、、五十万"):
        with pytest.raises(ValueError, match="2"):
            grantees_of(f"乙、、1\n{wrong}")
