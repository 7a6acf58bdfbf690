"""The import contracts name every package: one that is new cannot stand outside of them."""

import tomllib

from tests.architecture.tree import ROOT, packages

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
# No files of the kinds that the order inside a package is about.
WITHOUT_FLOORS = {"portal.core", "portal.ui"}


def containing(words: str) -> dict[str, list[str]]:
    (contract,) = [contract for contract in CONTRACTS if words in contract["name"]]
    return contract


def test_every_package_of_the_ground_floor_has_its_place() -> None:
    layers = {f"portal.{layer}" for layer in containing("inside portal")["layers"]}
    assert layers == {package for package in packages() if package.startswith("portal.")}


def test_every_room_of_grants_has_its_place() -> None:
    layers = {f"grants.{layer}" for layer in containing("inside grants")["layers"]}
    assert layers == {package for package in packages() if package.startswith("grants.")}


def test_every_package_keeps_the_order_of_its_files() -> None:
    containers = set(containing("inside a package")["containers"])
    assert containers == packages() - WITHOUT_FLOORS


def test_the_apps_are_listed_from_the_ground_up() -> None:
    from django.conf import settings

    listed = [app for app in settings.INSTALLED_APPS if app in packages()]
    order = [
        *(f"portal.{layer}" for layer in reversed(containing("inside portal")["layers"])),
        "platforms",
        *(f"grants.{layer}" for layer in reversed(containing("inside grants")["layers"])),
        *(f"inspections.{layer}" for layer in reversed(containing("inside inspections")["layers"])),
    ]
    assert listed == [app for app in order if app in listed]
    assert set(listed) == packages()
