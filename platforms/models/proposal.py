"""What a body that takes part asks to be talked about."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse

from ..querysets import ProposalQuerySet
from ..states import ProposalState
from .meeting import AgendaItem
from .member import Member
from .platform import Platform


class AgendaProposal(models.Model):
    """Made by a member that signs in; nothing depends on it: the prefecture may enter any item."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="proposals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField("議題", max_length=200)
    reason = models.TextField("提案の理由", max_length=1000)
    state = models.CharField(
        "状態", max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    agenda_item = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, null=True, related_name="proposal"
    )
    answer = models.TextField("見送りの理由", blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "議題の提案"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("platforms:proposal", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("platforms:proposal_transition", args=[self.pk, name])
