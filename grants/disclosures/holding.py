"""What requests for disclosure hold of a case, and that one which is owed keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from grants.awards.api import Award
from grants.retention.api import Copy, Holding

from .models import Bundle, DisclosureRequest
from .states import OWED


def cases(award: Award) -> Iterable[UUID]:
    found: Iterable[UUID] = DisclosureRequest.objects.filter(award=award).values_list(
        "pk", flat=True
    )
    return found


def subjects(award: Award) -> Iterable[str]:
    """Every paper of a request stands under its case."""
    return ()


def open_procedures(awards: Sequence[UUID]) -> Iterator[tuple[UUID, str]]:
    """Who asked to see papers is answered before they go."""
    owed = DisclosureRequest.objects.filter(award_id__in=awards, state__in=OWED)
    for pk in owed.values_list("award_id", flat=True):
        yield pk, "決定していない開示請求があります。"


def copies(award: Award) -> Iterator[Copy]:
    """What left the office is kept as its text and its list; the bytes go with the case."""
    for one in Bundle.objects.filter(request__award=award).exclude(file=""):
        label = f"開示するファイルの一式（{one.asked_at:%Y-%m-%d}）"
        yield Copy(label, one.file, one.sha256, one.size, _forgetting(one))


def _forgetting(bundle: Bundle) -> Callable[[], None]:
    def forget() -> None:
        Bundle.objects.filter(pk=bundle.pk).update(file="")

    return forget


HOLDING = Holding(cases, subjects, open_procedures)
