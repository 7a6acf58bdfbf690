"""A key with which a contractor's own program sends records and reads what became of them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from grants.contractors.api import Contract
from portal.access.api import CONTRACTOR, Role
from portal.accounts.api import User

from .querysets import AccessKeyQuerySet
from .rules import Use
from .states import Scope


class AccessKey(models.Model):
    """接続キー: for one contract. Only its hash is kept; `hint` are its last four signs.

    Whoever uses it acts as `acts_for` in `role`, whose rights end with that person's own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="access_keys")
    label = models.CharField("名前", max_length=60)
    acts_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        "役割", max_length=20, choices=[(r.value, r.label) for r in Role if r.value in CONTRACTOR]
    )
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices))
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    expires_on = models.DateField("有効期限")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField("最後に使われた時刻", null=True)
    revoked_at = models.DateTimeField("無効にした時刻", null=True)

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "接続キー"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.label

    @property
    def scope_labels(self) -> str:
        return "、".join(Scope(scope).label for scope in self.scopes)


class KeyUse(models.Model):
    """What a key asked for in its last window. One row a key, so that no key waits for another."""

    key = models.OneToOneField(
        AccessKey, on_delete=models.CASCADE, primary_key=True, related_name="use"
    )
    window = models.DateTimeField("数え始めた時刻")
    requests = models.PositiveIntegerField("回数", default=0)
    rows = models.PositiveIntegerField("送った行", default=0)
    refused = models.PositiveIntegerField("断った回数", default=0)

    class Meta:
        verbose_name = "接続キーの利用"

    def __str__(self) -> str:
        return str(self.key)

    @property
    def amounts(self) -> Use:
        return Use(self.window, self.requests, self.rows, self.refused)
