from importlib import import_module

import pytest
from django.apps import apps

from portal.core.identifiers import is_corporate_number, is_local_government_code
from portal.prefectures.api import (
    COLUMNS,
    ROWS,
    TILES,
    Municipality,
    Prefecture,
    load_prefectures,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_migrated(db: None) -> None:
    """What the migrations load, also after a test that emptied the database at its end."""
    import_module("portal.prefectures.migrations.0002_load_reference_rows").load(apps, None)


def test_migrations_bring_the_47() -> None:
    assert Prefecture.objects.count() == 47
    assert list(Prefecture.objects.values_list("code", flat=True)) == [
        f"{number:02}" for number in range(1, 48)
    ]


def test_every_code_and_number_has_its_check_digit() -> None:
    for prefecture in Prefecture.objects.all():
        assert is_local_government_code(prefecture.local_government_code), prefecture
        assert is_corporate_number(prefecture.corporate_number), prefecture
        assert prefecture.local_government_code[:2] == prefecture.code
        assert prefecture.corporate_number[1:] == f"000020{prefecture.local_government_code}"


def test_municipalities_belong_where_their_codes_say() -> None:
    assert Municipality.objects.exists()
    for municipality in Municipality.objects.all():
        assert is_local_government_code(municipality.code), municipality
        assert municipality.prefecture_id == municipality.code[:2]


def test_loading_again_mends_and_adds_nothing() -> None:
    municipalities = Municipality.objects.count()
    Prefecture.objects.filter(code="20").update(name="永野県")
    assert load_prefectures() == 47 + municipalities
    assert Prefecture.objects.get(code="20").name == "長野県"
    assert (Prefecture.objects.count(), Municipality.objects.count()) == (47, municipalities)


def test_only_numbers_looked_up_are_confirmed() -> None:
    confirmed = Prefecture.objects.filter(corporate_number_confirmed=True)
    assert [prefecture.name for prefecture in confirmed] == ["東京都"]


@pytest.mark.parametrize(
    ("code", "short", "suffix"),
    [("01", "北海道", ""), ("13", "東京", "都"), ("26", "京都", "府"), ("14", "神奈川", "県")],
)
def test_short_names(code: str, short: str, suffix: str) -> None:
    prefecture = Prefecture.objects.get(code=code)
    assert (prefecture.short_name, prefecture.suffix) == (short, suffix)


def test_regions_run_from_north_to_south() -> None:
    regions = Prefecture.objects.by_region()
    assert list(regions) == [
        "北海道",
        "東北",
        "関東",
        "中部",
        "近畿",
        "中国",
        "四国",
        "九州・沖縄",
    ]
    assert sum(len(prefectures) for prefectures in regions.values()) == 47


def test_names_of_the_municipalities_of_one_prefecture() -> None:
    names = Municipality.objects.within("20").names_by_code()
    assert names["202207"] == "安曇野市"
    assert all(code.startswith("20") for code in names)


def test_each_prefecture_has_room_of_its_own_on_the_map() -> None:
    assert set(TILES) == set(Prefecture.objects.values_list("code", flat=True))
    cells = [cell for tile in TILES.values() for cell in tile.cells]
    assert len(cells) == len(set(cells))
    assert all(1 <= row <= ROWS and 1 <= column <= COLUMNS for row, column in cells)


@pytest.mark.parametrize(("north", "south"), [("01", "02"), ("13", "14"), ("40", "43")])
def test_north_is_up(north: str, south: str) -> None:
    assert TILES[north].row < TILES[south].row
