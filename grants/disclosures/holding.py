"""What requests for disclosure hold of a case, and that one which is owed keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from grants.awards.api import Award
from grants.retention.api import Holding

from .models import DisclosureRequest
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


HOLDING = Holding(cases, subjects, open_procedures)
