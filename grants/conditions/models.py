"""What reports under a condition of the award have in common. Abstract: each room has its own rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pgtrigger
from django.db import models

from grants.changes.api import Statement
from grants.refunds.api import Ground
from portal.accounts.api import User

from .querysets import ReportQuerySet
from .states import Way


@dataclass(frozen=True, slots=True)
class Condition:
    """`name` is that of the kind of filing, of its pages and of its verbs; `label` what is reported.

    `why_corrected` is a clause: after what a confirmed report is corrected.
    """

    name: str
    label: str
    law: str
    ground: Ground
    why_corrected: str


class ReturnReport(Statement):
    """One report on an award; `returned` is what was confirmed to go back to the state, in yen.

    A report that `corrects` another follows a confirmed one that was wrong; `difference` is what it
    adds, negative where it lowers.
    """

    condition: ClassVar[Condition]

    summary = models.TextField("説明", blank=True)
    returned = models.PositiveBigIntegerField("国に返す額", null=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections"
    )
    difference = models.BigIntegerField("前の報告との差", null=True)

    objects = ReportQuerySet.as_manager()  # type: ignore[assignment]  # a statement's, and more

    class Meta:
        abstract = True

    @property
    def change(self) -> int:
        """Yen by which what goes back became more, or less, with this report."""
        return int((self.returned if self.corrects_id is None else self.difference) or 0)

    @property
    def increase(self) -> int:
        """Yen that this report adds to what is ordered back."""
        return max(0, self.change)

    @property
    def is_undecided(self) -> bool:
        """It says less, and what follows was not decided."""
        return self.change < 0 and not hasattr(self, "lessening")


class Lessening(models.Model):
    """減額の措置: what was decided on a corrected report that says less; `amount` yen fewer.

    Each room adds its `report`, whose reverse name is `lessening`.
    """

    report: Any

    amount = models.PositiveBigIntegerField("減る額")
    way = models.CharField("措置", max_length=10, choices=Way.choices)
    reason = models.TextField("理由")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField("決めた人", max_length=100)
    decided_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Protect(name="lessening_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.get_way_display()}"


def lessenings_of(model: type[ReturnReport]) -> Any:
    """Every decision on reports of this model."""
    return model._meta.get_field("lessening").related_model._default_manager.all()
