"""Opening a scan that a stranger sent, in a child process with its own memory and time."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from .rules import Code, seal_in

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("child.py")
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take: pages, pixels, bytes and seconds."""

    pages: int = 30
    pixels: int = 60_000_000
    memory: int = 768 * _MB
    seconds: int = 45


class ReadingRefused(Exception):
    """`code` is one of `rules.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_codes(content: bytes, limits: Limits | None = None) -> list[Code]:
    """Every code on every page, in their order. Raises ReadingRefused."""
    answer = json.loads(_ask(content, limits or Limits()))
    if "refused" in answer:
        raise ReadingRefused(answer["refused"])
    # reverse() wants a whole seal; what stands before it is the path.
    path = reverse("documents:verify_seal", args=["0"]).removesuffix("0/")
    return [
        Code(page["page"], seal_in(text, site=settings.SITE_URL, path=path))
        for page in answer["pages"]
        for text in page["texts"]
    ]


def draw_page(content: bytes, number: int, limits: Limits | None = None) -> bytes:
    """A PNG of one page, 1,000 pixels high, grey. Raises ReadingRefused."""
    drawn = _ask(content, limits or Limits(seconds=10), draw=number)
    if not drawn:
        raise ReadingRefused("damaged")
    return drawn


def _ask(content: bytes, limits: Limits, draw: int = 0) -> bytes:
    said = {
        "pages": limits.pages,
        "pixels": limits.pixels,
        "memory": limits.memory,
        "seconds": limits.seconds,
        "draw": draw,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD), json.dumps(said)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},  # the portal's secrets are in its environment
            timeout=limits.seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReadingRefused("too_slow") from None
    if done.returncode:
        logger.warning("scan child ended with status %s", done.returncode)
        # Killed for its time, or ended where it was refused memory.
        raise ReadingRefused("too_slow" if done.returncode < 0 else "pixels")
    return done.stdout
