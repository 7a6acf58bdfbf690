"""All papers of a whole year for 47 prefectures, rendered by a worker of its own process."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from portal.audit.api import Event
from portal.documents.api import Document, DocumentState, read_file
from portal.local.valkey import Valkey
from portal.outbox.models import Message
from portal.outbox.services import relay
from tests.grants.contracts import NOW
from tests.running import end_worker, own_broker_url, start_worker, use_broker, wait_for
from tests.world import build_world, ensure_cache_table

from .figures import Figure, keep
from .year_of_papers import YEAR, a_body_s_year, a_year_later

pytestmark = pytest.mark.django_db(transaction=True)
# Prefectures; fewer on a machine too busy for the time a test is given.
BODIES = 47
# Seconds that a paper may take on a machine that is busy with other things before the test gives up.
PATIENCE = 15


@pytest.fixture
def broker() -> Iterator[Valkey]:
    valkey = Valkey()
    valkey.start()
    use_broker(valkey.url)
    yield valkey
    valkey.stop()
    use_broker(own_broker_url())


def peak_of(worker: subprocess.Popen[bytes]) -> float:
    """MiB of the largest process of the worker, parent and child, since it began."""
    peaks = [_peak(worker.pid), *(_peak(child) for child in _children(worker.pid))]
    return max(peaks) / 1024


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def papers() -> list[Document]:
    return list(Document.objects.filter(origin="generated").order_by("key"))


def test_a_year_of_papers(broker: Valkey) -> None:
    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        world = build_world(budget=2_000_000_000)
        bodies = list(world.bodies.values())[:BODIES]
        for n, body in enumerate(bodies):
            a_body_s_year(world, body, n)
        for body in bodies:
            a_year_later(world, body)
    wanted = papers()
    assert {paper.kind for paper in wanted} >= YEAR
    assert not any(paper.is_ready for paper in wanted)

    def all_done() -> bool:
        relay()
        left = Document.objects.filter(origin="generated").exclude(state=DocumentState.READY)
        return not left.exists() and not Message.objects.unfinished().exists()

    worker = start_worker()
    began = time.perf_counter()
    try:
        wait_for(all_done, PATIENCE * len(wanted))
        taken = time.perf_counter() - began
        peak = peak_of(worker)
    finally:
        end_worker(worker)
    made = papers()
    assert len(made) == len(wanted) == len({paper.key for paper in made}), "none twice"
    counts = Counter(paper.kind for paper in made)
    assert all(counts[kind] == BODIES for kind in YEAR), "none missing"
    for paper in made:
        assert read_file(paper).startswith(b"%PDF-")
    finished = Event.objects.filter(verb="documents.document.finish")
    assert Counter(finished.values_list("subject_id", flat=True)) == {
        str(paper.pk): 1 for paper in made
    }
    pages = sum(paper.pages or 0 for paper in made)
    each = taken / len(made)
    keep(
        Figure(
            f"年度の書類 {len(made)}件（{BODIES}団体、{pages}ページ）1件", each, "s", "1 s", each
        ),
        Figure(
            f"年度の書類 {len(made)}件 worker の最大メモリ",
            peak,
            "MiB",
            "512 MiB, the cap",
            peak / 512,
        ),
    )
