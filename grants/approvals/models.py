"""How an office decides in the portal: its routes, and each request that goes round on one."""

from __future__ import annotations

import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.urls import reverse

from grants.filings.api import Filing
from portal.accounts.api import Membership, Organisation, User

from .querysets import CirculationQuerySet, RouteQuerySet
from .states import SeatKind


class Route(models.Model):
    """決裁経路: who approves in which order. A retired one is offered no more; requests keep theirs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="routes")
    name = models.CharField("名称", max_length=60)
    is_retired = models.BooleanField("使わない", default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = "決裁経路"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(is_retired=False),
                name="route_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("approvals:routes")


class Seat(models.Model):
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="seats")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField("種別", max_length=10, choices=SeatKind.choices)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "順番"
        ordering = ["route", "order"]
        constraints = [
            models.UniqueConstraint(fields=["route", "order"], name="seat_order_once"),
            models.UniqueConstraint(fields=["route", "membership"], name="seat_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.membership.user}"


class Circulation(models.Model):
    """One request for approval, with the route as it was when it set out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="circulations")
    is_latest = models.BooleanField(default=True)
    route_name = models.CharField("決裁経路", max_length=60, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_by_name = models.CharField("依頼した人", max_length=100)
    requested_at = models.DateTimeField("依頼", auto_now_add=True)

    objects = CirculationQuerySet.as_manager()

    class Meta:
        verbose_name = "決裁の依頼"
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=models.Q(is_latest=True), name="circulation_one_latest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing} 決裁"


class Stop(models.Model):
    """One place of a request on its way. `membership` empty: any 決裁者 of the office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="stops")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField("種別", max_length=10, choices=SeatKind.choices)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "決裁の順番"
        ordering = ["circulation", "order"]
        constraints = [
            models.UniqueConstraint(fields=["circulation", "order"], name="stop_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.circulation} {self.order}"

    @property
    def person_name(self) -> str:
        return self.membership.user.name if self.membership else "決裁者"


class Endorsement(models.Model):
    """Somebody approved or concurred; `stood_in_for` is filled when they did it for another (代決)."""

    stop = models.OneToOneField(Stop, on_delete=models.PROTECT, related_name="endorsement")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField("決裁した人", max_length=100)
    stood_in_for = models.CharField("代決", max_length=100, blank=True)
    comment = models.CharField("意見", max_length=500, blank=True)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "承認・合議"
        triggers = [
            pgtrigger.Protect(
                name="endorsement_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_name} {self.at:%Y-%m-%d}"


class DraftCopy(models.Model):
    """What was printed for a 起案 on paper, before it was filed: the content of that moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="draft_copies")
    payload = models.JSONField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    made_by_name = models.CharField("作った人", max_length=100)
    made_at = models.DateTimeField("作成")

    class Meta:
        verbose_name = "下書きの写し"

    def __str__(self) -> str:
        return f"{self.filing} 下書き"


class Look(models.Model):
    """What an approver saw last, and what they had seen before that, as it would have been sealed."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    sections = models.JSONField()
    seen_at = models.DateTimeField()
    earlier_sections = models.JSONField(null=True)
    earlier_seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "決裁者が見た内容"
        constraints = [models.UniqueConstraint(fields=["filing", "user"], name="look_once")]

    def __str__(self) -> str:
        return f"{self.filing} {self.user}"

    def turn_to(self, digest: str, sections: list[Any], at: Any) -> None:
        """What was current becomes what was seen before."""
        self.earlier_sections, self.earlier_seen_at = self.sections, self.seen_at
        self.digest, self.sections, self.seen_at = digest, sections, at
