"""Looks for codes on the pages of one file, or draws one page, with little memory and time.

Run by its path and in isolated mode (see `reading`): it imports nothing of the portal. Standard
input is the file; standard output is JSON, or for a drawing the picture.

What a file says of its size is believed only to refuse it: before a picture is unpacked, its
pixels are counted, and a page is drawn no larger than a scanner would make it.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image

# A page at 300 dpi has this many pixels on its longer side; a code is a fiftieth of it.
LONGEST = 3_508
SHOWN = 1_000
_QR = zxingcpp.barcode_formats_from_str("QRCode")


class Refused(Exception):
    """`code` is one of those in `rules.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def restrict(memory: int, seconds: int) -> None:
    """From here on the process cannot take more memory (bytes) or time, nor write a file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class Paper:
    """Pages of a PDF, or the one picture."""

    def __init__(self, content: bytes, limits: dict[str, int]) -> None:
        self.content, self.limits = content, limits
        self.pdf = None
        if content[:1024].find(b"%PDF-") >= 0:
            self.pdf = pypdfium2.PdfDocument(content)
            if len(self.pdf) > limits["pages"]:
                raise Refused("pages")

    def __len__(self) -> int:
        return len(self.pdf) if self.pdf is not None else 1

    def draw(self, number: int, longest: int) -> Image.Image:
        """Grey; not larger than `longest` on its longer side. Pages count from 1."""
        if self.pdf is None:
            return self._picture(longest)
        page = self.pdf[number - 1]
        size = max(1.0, *page.get_size())
        drawn = page.render(scale=longest / size, grayscale=True).to_pil()
        page.close()
        return drawn.convert("L")

    def _picture(self, longest: int) -> Image.Image:
        image = Image.open(io.BytesIO(self.content))
        if image.width * image.height > self.limits["pixels"]:
            raise Refused("pixels")
        # A JPEG is unpacked at the size that is wanted, not at its own.
        image.draft("L", (longest, longest))
        grey = image.convert("L")
        grey.thumbnail((longest, longest))
        return grey


def codes_on(paper: Paper, number: int) -> list[str]:
    """As drawn; where nothing is found larger and smaller: a coarse scan, then a rough one."""
    page = paper.draw(number, LONGEST)
    for scale in (1.0, 2.0, 0.5):
        wanted = max(page.size) * scale
        if wanted > 2 * LONGEST:
            continue
        seen = page if scale == 1.0 else page.resize(_scaled(page, scale), Image.Resampling.BICUBIC)
        found = zxingcpp.read_barcodes(seen, formats=_QR)
        if found:
            return sorted({one.text for one in found})
    return []


def _scaled(page: Image.Image, scale: float) -> tuple[int, int]:
    return max(1, int(page.width * scale)), max(1, int(page.height * scale))


def read(paper: Paper) -> Iterator[dict[str, object]]:
    for number in range(1, len(paper) + 1):
        yield {"page": number, "texts": codes_on(paper, number)}


def main() -> None:
    limits = json.loads(sys.argv[1])
    restrict(limits["memory"], limits["seconds"])
    content = sys.stdin.buffer.read()
    try:
        # Judged here and not by the library's own warning, which lets twice as many through.
        Image.MAX_IMAGE_PIXELS = None
        paper = Paper(content, limits)
        if limits.get("draw"):
            if limits["draw"] > len(paper):
                raise Refused("damaged")
            paper.draw(limits["draw"], SHOWN).save(sys.stdout.buffer, "PNG")
            return
        answer: dict[str, object] = {"pages": list(read(paper))}
    except Refused as refusal:
        answer = {"refused": refusal.code}
    except (MemoryError, OSError, SyntaxError, ValueError, pypdfium2.PdfiumError):
        answer = {"refused": "damaged"}
    if not limits.get("draw"):
        sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
