"""The sign-in codes of the demo's people."""

import json
from pathlib import Path

import pytest

from portal.local import people

# RFC 6238, appendix B: the secret 12345678901234567890 with SHA-1, cut to six digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

PEOPLE = [
    {
        "name": "起案 花子",
        "login": "kian@pref13.example",
        "password": "a long pass phrase",
        "totp_secret": SECRET,
        "role": "起案者",
        "organisation": "東京都",
    },
    {
        "name": "決裁 太郎",
        "login": "kessai@pref13.example",
        "password": "a long pass phrase",
        "totp_secret": SECRET,
        "role": "決裁者",
        "organisation": "東京都",
        "note": "a field that a later version may add",
    },
]


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "demo.json"
    file.write_text(json.dumps({"address": "http://127.0.0.1:8000", "people": PEOPLE}))
    monkeypatch.setattr(people, "SIGN_INS", file)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
    ids="RFC 6238 at {}".format,
)
def test_codes(at: int, code: str) -> None:
    assert people.totp(SECRET, at) == code


def test_a_secret_without_its_padding_is_read() -> None:
    assert people.totp("MFRGGZDF", 0) == people.totp("mfrggzdf", 29)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("asked", ["花子", "起案 花子", "kian@"])
def test_a_part_of_the_name_is_enough(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert people.main(asked.split(" ")) == 0
    told = capsys.readouterr().out
    assert "起案 花子" in told
    assert "決裁 太郎" not in told


@pytest.mark.usefixtures("listed")
def test_an_unknown_name_lists_everybody(capsys: pytest.CaptureFixture[str]) -> None:
    assert people.main(["nobody"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "起案 花子" in told.err
    assert "決裁 太郎" in told.err


def test_without_a_demo_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(people, "SIGN_INS", tmp_path / "none.json")
    assert people.main(["花子"]) == 1
    assert "./dev demo" in capsys.readouterr().err
