"""Which members a list shows, read from the address and written back to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from .states import BodyKind, Field, LifeStage, Side


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Empty means all. `left` is «1» for those who have left."""

    words: str = ""
    side: str = ""
    kind: str = ""
    field: str = ""
    stage: str = ""
    area: str = ""
    left: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any(asdict(self).values())

    def apply(self, members: Any, today: date) -> Any:
        found = members.filter(left_on__lt=today) if self.left else members.active(today)
        if self.words:
            found = found.called(self.words)
        if self.side:
            found = found.filter(side=self.side)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.field:
            found = found.filter(fields__contains=[self.field])
        if self.stage:
            wanted = Q(life_stages__contains=[self.stage])
            found = found.filter(wanted | Q(life_stages__contains=[LifeStage.ALL]))
        if self.area:
            found = found.filter(areas__contains=[self.area])
        return found


def read_member_filter(data: QueryDict) -> MemberFilter:
    """A value that is on none of the closed lists counts as not chosen."""
    return MemberFilter(
        words=data.get("words", "").replace("\0", "").strip()[:100],
        side=_one_of(data.get("side", ""), Side.values),
        kind=_one_of(data.get("kind", ""), BodyKind.values),
        field=_one_of(data.get("field", ""), Field.values),
        stage=_one_of(data.get("stage", ""), LifeStage.values),
        area=data.get("area", "").replace("\0", "")[:40],
        left="1" if data.get("left") == "1" else "",
    )


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""
