"""How a figure is kept: one object each, in `var/bench.json`, and a line on the screen."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path(__file__).parents[2] / "var" / "bench.json"


@dataclass(frozen=True)
class Figure:
    """`ratio` is value / what it stands beside, measured in the same run; seconds alone say little."""

    name: str
    value: float
    unit: str
    beside: str
    ratio: float
    queries: int | None = None


def keep(*figures: Figure) -> None:
    """Adds to the file of this run and prints; a figure of the same name is replaced."""
    FILE.parent.mkdir(exist_ok=True)
    known = json.loads(FILE.read_text()) if FILE.exists() else []
    names = {figure.name for figure in figures}
    rows = [row for row in known if row["name"] not in names] + [asdict(f) for f in figures]
    FILE.write_text(json.dumps(rows, ensure_ascii=False, indent=2))
    for one in figures:
        queries = "" if one.queries is None else f", {one.queries} queries"
        print(f"\n{one.name}: {one.value:.4g} {one.unit}, {one.ratio:.2f}× {one.beside}{queries}")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spreads(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, float]]:
    """As `medians`, with the value below which 95 of 100 rounds stay: (p50, p95) in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return {
        name: (statistics.median(values), statistics.quantiles(values, n=20)[-1])
        for name, values in taken.items()
    }


def medians(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """In turn, so that what slows the machine slows them all; the middle of `rounds` seconds."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return {name: statistics.median(values) for name, values in taken.items()}
