"""What a prefecture may state of a paper's layout, and the parts that each paper has. No database.

A paper says here what it is made of; the layout says under which title, to whom, and which parts in
which order. A paper that was sealed without a layout has the standard one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_BOXES = 6
# In the order of the work.
CONTRACT_PAPERS = (
    "invoice",
    "inspection",
    "completion",
    "incident",
    "achievement",
    "fixing",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the paper's first table, or a table of its own. What is `needed` cannot be left out."""

    key: str
    label: str
    is_table: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """`addressee` and `title` are empty where the standard holds; `parts` are keys in their order."""

    addressee: str = ""
    title: str = ""
    form_number: str = ""
    parts: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    footnote: str = ""
    version: int = 0

    def as_content(self) -> dict[str, Any]:
        """As it is sealed with the paper."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper. `example` gives the template what it needs to show a made-up one in a layout."""

    key: str
    label: str
    title: str
    is_addressed: bool
    parts: tuple[Part, ...]
    template: str
    example: Callable[[Layout], Mapping[str, Any]] = field(compare=False)

    @property
    def standard(self) -> tuple[str, ...]:
        return tuple(part.key for part in self.parts)


_papers: dict[str, Paper] = {}


def register_paper(paper: Paper) -> None:
    _papers[paper.key] = paper


def papers() -> list[Paper]:
    """In the order of the work: 月報 before what is asked for."""
    order = ("month", *CONTRACT_PAPERS)
    return sorted(_papers.values(), key=lambda paper: order.index(paper.key))


def paper_called(key: str) -> Paper | None:
    return _papers.get(key)


def layout_from(content: Mapping[str, Any]) -> Layout:
    """The one that a sealed content carries."""
    kept = content.get("layout")
    if not kept:
        return Layout()
    return Layout(**{**kept, "parts": tuple(kept["parts"]), "boxes": tuple(kept["boxes"])})


def against_parts(paper: Paper, chosen: Iterable[str]) -> Iterator[str]:
    """A paper without these would not be one."""
    given = set(chosen)
    for part in paper.parts:
        if part.needed and part.key not in given:
            yield f"「{part.label}」は、{paper.label}に欠かせません。順番を入力してください。"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow each other in one table, or one table by its key."""

    rows: tuple[tuple[str, str], ...] = ()
    table: str = ""


def blocks_of(
    paper: Paper, layout: Layout, texts: Mapping[str, str], labels: Mapping[str, str]
) -> list[Block]:
    """The parts in the layout's order. A row of which there is nothing to say is left out; `labels`
    stand in place of the parts' own.
    """
    known = {part.key: part for part in paper.parts}
    found: list[Block] = []
    for key in layout.parts or paper.standard:
        part = known.get(key)
        if part is None:
            continue
        if part.is_table:
            found.append(Block(table=key))
            continue
        text = texts.get(key, "")
        if not text:
            continue
        row = (labels.get(key, part.label), text)
        if found and found[-1].rows:
            found[-1] = Block(rows=(*found[-1].rows, row))
        else:
            found.append(Block(rows=(row,)))
    return found
