from __future__ import annotations

from collections.abc import Iterator

from grants.claims.api import Claim, against_claiming
from grants.filings.api import Filing
from portal.core.actor import Actor


def can_be_claimed(filing: Filing, actor: Actor) -> Iterator[str]:
    yield from against_claiming(filing.claim)


def is_not_paid(filing: Filing, actor: Actor) -> Iterator[str]:
    if not Claim.objects.to_pay().filter(pk=filing.pk, paid=0).exists():
        yield "支払が記録されているため、差し戻せません。"
