"""What the demo keeps, and that two cannot run in one folder."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.local import place

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SIGN_INS", "RUNNING", "LOGS", "SECRETS", "LOCK"):
        monkeypatch.setattr(place, name, tmp_path / getattr(place, name).name)
    monkeypatch.setattr(place, "VAR", tmp_path)
    return tmp_path


def test_secrets_are_random_kept_and_private(var: Path) -> None:
    first = place.base_environment()
    assert place.base_environment() == first
    assert len(first["SECRET_KEY"]) >= 50
    assert first["SECRET_KEY"] != first["AUDIT_ANCHOR_KEY"]
    assert (var / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_private_file_replaces_the_old_one_at_once(var: Path) -> None:
    place.write_private(var / "a.json", {"name": "髙橋"})
    place.write_private(var / "a.json", {"name": "山田"})
    assert json.loads((var / "a.json").read_text()) == {"name": "山田"}
    assert [path.name for path in var.iterdir()] == ["a.json"]


def test_a_second_demo_in_the_same_folder_is_refused(var: Path) -> None:
    program = "from portal.local import place\nwith place.sole_use(): pass"
    with place.sole_use():
        refused = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PORTAL_VAR": str(var), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert "InUse" in refused.stderr
    with place.sole_use():
        pass


def test_reset_leaves_nothing(var: Path) -> None:
    place.base_environment()
    (var / "files").mkdir()
    (var / "files" / "document.pdf").write_bytes(b"%PDF")
    with place.sole_use():
        place.reset()
    assert [path.name for path in var.iterdir()] == ["lock"]
