"""The texts of a request: what was filed, section by section, as it stands and as it is disclosed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grants.awards.api import Award
from grants.filings.api import SealedVersion, ShownSection, present

from .models import DisclosureRequest, Word
from .rules import Hidden, Suspicion, folded, masked, suspicions


@dataclass(frozen=True, slots=True)
class Part:
    """One picked section: its heading, and its lines as (label, text)."""

    title: str
    heading: str
    lines: tuple[tuple[str, str], ...]


def versions_of(award: Award) -> list[SealedVersion]:
    """The newest of each filing of the case that was not taken back."""
    found = (
        SealedVersion.objects.filter(
            filing__programme_id=award.programme_id,
            filing__grantee_id=award.grantee_id,
            recalled_at=None,
        )
        .select_related("filing__grantee", "filing__programme")
        .order_by("filing__created_at", "filing_id", "-number")
        .distinct("filing__created_at", "filing_id")
    )
    return list(found)


def choices_of(award: Award) -> list[tuple[str, list[tuple[str, str]]]]:
    """«version/section» with its name, by version."""
    return [
        (
            title_of(sealed),
            [
                (f"{sealed.pk}/{section['key']}", f"{section['mark']} {section['title']}".strip())
                for section in sealed.content["sections"]
            ],
        )
        for sealed in versions_of(award)
    ]


def title_of(sealed: SealedVersion) -> str:
    return f"{sealed.filing.form_name} 第{sealed.number}版"


def parts_of(request: DisclosureRequest) -> list[Part]:
    """As filed, with nothing hidden: for those who prepare and decide alone."""
    picks = request.picks.select_related("sealed__filing__grantee", "sealed__filing__programme")
    wanted: dict[Any, set[str]] = {}
    versions: dict[Any, SealedVersion] = {}
    for pick in picks:
        wanted.setdefault(pick.sealed_id, set()).add(pick.section)
        versions[pick.sealed_id] = pick.sealed
    ordered = sorted(versions.values(), key=lambda sealed: (sealed.sealed_at, str(sealed.pk)))
    return [
        Part(title_of(sealed), section.name, tuple(_lines(section)))
        for sealed in ordered
        for section in present(sealed.content["sections"])
        if section.key in wanted[sealed.pk]
    ]


def _lines(section: ShownSection) -> Iterator[tuple[str, str]]:
    for cell in section.fields:
        yield cell.label, cell.value
    for table in section.tables:
        titles = [str(column["label"]) for column in table.columns]
        for row in table.rows:
            shown = [
                f"{title}：{cell.value}"
                for title, cell in zip(titles, row.cells, strict=True)
                if cell.value
            ]
            yield f"{table.title}　{row.number}行目", "、".join(shown)


def undecided(request: DisclosureRequest, parts: Sequence[Part]) -> list[Suspicion]:
    """What looks like a person and was not ruled on yet."""
    known = set(request.words.values_list("key", flat=True))
    lines = (line for part in parts for line in part.lines)
    return [one for one in suspicions(lines) if folded(one.word) not in known]


def hidden_words(request: DisclosureRequest) -> list[tuple[Hidden, Word]]:
    words = request.words.exclude(ground="").order_by("pk")
    return [(Hidden(n, word.text), word) for n, word in enumerate(words, start=1)]


def masked_parts(parts: Sequence[Part], words: Sequence[Hidden]) -> tuple[list[Part], set[int]]:
    """Labels too: nothing of a hidden word is left anywhere. With the numbers that were found."""
    found: set[int] = set()

    def hide(text: str) -> str:
        shown, numbers = masked(text, words)
        found.update(numbers)
        return shown

    drawn = [
        Part(
            hide(part.title),
            hide(part.heading),
            tuple((hide(label), hide(text)) for label, text in part.lines),
        )
        for part in parts
    ]
    return drawn, found
