"""What a cost that was found takes off the award: the settlement run again without it."""

from __future__ import annotations

from grants.awards.api import Award
from grants.filings.api import Filing, latest_version
from grants.settlements.api import examined_lines, fixed_amount, recompute

from .rules import decrease


def decrease_of(award: Award, amount: int | None) -> int | None:
    """In yen, with the whole table A to G run again; None without a cost or before a report is filed.

    Never cost × rate: the truncation, or column C or E, may decide. What examiners have cut off
    already stays cut, and no more is taken off than was eligible and left.
    """
    if amount is None:
        return None
    filing = Filing.objects.filter(performance__award=award).first()
    sealed = latest_version(filing) if filing is not None else None
    if filing is None or sealed is None:
        return None
    lines, terms = examined_lines(filing, sealed), award.programme.terms()
    left = sum(line.total - line.cut for line in lines if line.is_eligible)
    before, after = (
        fixed_amount(int(award.amount), recompute(sealed, lines, terms, also).g)
        for also in (0, min(amount, left))
    )
    return decrease(before, after)
