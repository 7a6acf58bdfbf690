"""The style sheets: colours that can be read, and no class that nobody styles."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.ui import chips

CSS = settings.BASE_DIR / "static" / "css"
TEMPLATES = settings.BASE_DIR / "templates"
SHEETS = sorted(CSS.glob("*.css"))


def tokens() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", (CSS / "tokens.css").read_text()))


def colour(name: str) -> tuple[float, ...]:
    value = tokens()[name].strip()
    while value.startswith("var("):
        value = tokens()[value[6:-1]].strip()
    digits = value.lstrip("#")
    return tuple(int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""

    def light(name: str) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour(name)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["paper", "paper-sunk"])
@pytest.mark.parametrize(
    "text",
    [
        "ink",
        "ink-soft",
        "ink-faint",
        "link",
        "link-hover",
        "link-visited",
        "error",
        "attention",
        "met",
    ],
)
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("white", "action"),
        ("white", "action-hover"),
        ("white", "action-active"),
        ("white", "attention"),
        ("error", "error-soft"),
        ("attention", "attention-soft"),
        ("changed", "changed-soft"),
        ("black", "focus-ring"),
    ],
)
def test_text_can_be_read_on_its_own_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("edge", ["rule-strong", "focus-line", "error"])
def test_edges_of_controls_can_be_seen(edge: str) -> None:
    assert contrast(edge, "paper") >= 3


def chip_colours() -> list[tuple[str, str, str]]:
    rules = re.findall(r"\.(chip--\w+) \{([^}]*)\}", (CSS / "chips.css").read_text())
    found = []
    for name, body in rules:
        values = dict(re.findall(r"--chip-(ink|bg): var\(--([\w-]+)\)", body))
        if values:
            found.append((name, values["ink"], values["bg"]))
    return found


@pytest.mark.parametrize(("name", "ink", "ground"), chip_colours())
def test_a_chip_can_be_read(name: str, ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5, name


@pytest.mark.parametrize("key", sorted(chips.all_chips()))
def test_every_state_has_a_shape_of_its_tone(key: str) -> None:
    chip = chips.chip_for(key)
    if chip.form is not chips.Form.PLAIN:
        assert f".{chip.form}--{chip.tone}::before" in (CSS / "chips.css").read_text()


def styled() -> set[str]:
    return {
        name for sheet in SHEETS for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", sheet.read_text())
    }


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(TEMPLATES.rglob("*.html")) if "pdf" not in path.parts],
    ids=lambda path: path.relative_to(TEMPLATES).as_posix(),
)
def test_every_class_has_a_style(path: Path) -> None:
    # A class that ends in a variable is a tone or a size; its values are tested with their tags.
    source = re.sub(r"[\w-]*\{\{.*?\}\}", " ", path.read_text())
    source = re.sub(r"\{%.*?%\}", " ", source)
    named = {name for value in re.findall(r'class="([^"]*)"', source) for name in value.split()}
    assert not named - styled()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_reaches_for_nothing_outside(sheet: Path) -> None:
    source = sheet.read_text()
    assert "@import" not in source
    assert "url(" not in source


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda sheet: sheet.name
)
def test_a_sheet_uses_only_tokens_that_exist(sheet: Path) -> None:
    used = set(re.findall(r"var\(--([\w-]+)", sheet.read_text()))
    assert not used - set(tokens()) - {"chip-bg", "chip-ink", "chip-line", "tone"}
