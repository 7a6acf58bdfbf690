"""取得財産等管理台帳: what was bought with the grant, its yearly inventory, and its disposal."""

from __future__ import annotations

import uuid
from fractions import Fraction

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.awards.api import Award
from grants.changes.api import Statement
from grants.contractors.api import Contract
from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .querysets import AssetQuerySet, CheckQuerySet
from .rules import Restricted
from .states import AssetState, DisposalKind, Keeper, Permission, Seen


class UsefulLife(models.Model):
    """処分制限期間 of one class in a year of the grant, with where it comes from."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="useful_lives")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField("区分", max_length=100)
    years = models.PositiveSmallIntegerField("処分制限期間（年）")
    source = models.CharField("根拠", max_length=300)

    class Meta:
        verbose_name = "処分制限期間"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="useful_life_once"),
            models.CheckConstraint(condition=Q(years__gt=0), name="useful_life_is_some"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.years}年"


class Asset(models.Model):
    """One line of the register; yen. `line_uid` is the 積算内訳 that paid for it.

    Class, years and rate are copied from the programme, so that a later year changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="assets")
    number = models.PositiveSmallIntegerField("台帳番号")
    line_uid = models.UUIDField()
    line = models.CharField("積算の明細", max_length=250)
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="assets"
    )
    keeper = models.CharField("保管する者", max_length=15, choices=Keeper.choices)
    class_code = models.CharField(max_length=40)
    class_name = models.CharField("区分", max_length=100)
    years = models.PositiveSmallIntegerField("処分制限期間（年）")
    years_source = models.CharField("処分制限期間の根拠", max_length=300)
    name = models.CharField("財産の名称", max_length=100)
    specification = models.CharField("規格", max_length=200, blank=True)
    quantity = models.PositiveIntegerField("数量")
    unit_price = models.PositiveBigIntegerField("単価")
    amount = models.PositiveBigIntegerField("金額")
    acquired_on = models.DateField("取得日")
    location = models.CharField("保管場所", max_length=200)
    rate = models.CharField("補助率", max_length=20)
    note = models.CharField("備考", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AssetState.choices, default=AssetState.HELD)
    version = models.PositiveIntegerField(default=1)
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    registered_by_name = models.CharField("記載した人", max_length=100)
    registered_at = models.DateTimeField(auto_now_add=True)
    disposal_kind = models.CharField(
        "処分の種類", max_length=10, choices=DisposalKind.choices, blank=True
    )
    disposed_on = models.DateField("処分の日", null=True)
    disposed_under = models.CharField(
        "処分の根拠", max_length=10, choices=Permission.choices, blank=True
    )
    proceeds = models.PositiveBigIntegerField("処分による収入額", default=0)
    closing_note = models.TextField("処分の内容、取り消した理由", blank=True)
    reported_at = models.DateTimeField("完了の報告", null=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = "取得財産"
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="asset_number_once"),
            models.CheckConstraint(
                condition=Q(amount=F("quantity") * F("unit_price")), name="asset_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(keeper=Keeper.PREFECTURE) | Q(contract__isnull=False),
                name="asset_elsewhere_has_contract",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssetState.DISPOSED)
                | Q(disposed_on__isnull=False) & ~Q(disposed_under=""),
                name="asset_disposed_has_ground",
            ),
        ]
        triggers = [pgtrigger.Protect(name="asset_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.shown_number} {self.name}"

    @property
    def shown_number(self) -> str:
        """«2025-3»: the year of the grant and the number within the award."""
        return f"{self.award.programme.fiscal_year}-{self.number}"

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        return self.award.grantee_id

    @property
    def case_id(self) -> uuid.UUID:
        return self.award.case_id

    @property
    def restricted(self) -> Restricted:
        return Restricted(int(self.amount), self.acquired_on, self.years, Fraction(self.rate))

    @property
    def keeper_name(self) -> str:
        if self.contract is not None and self.keeper != Keeper.PREFECTURE:
            return self.contract.contractor.name
        return self.award.grantee.name

    def get_absolute_url(self) -> str:
        return reverse("properties:asset", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("properties:transition", args=[self.pk, name])


class InventoryCheck(models.Model):
    """現物確認 of one fiscal year: by whom, on which day, what was found. The newest of a year counts."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="checks")
    fiscal_year = models.PositiveSmallIntegerField("年度（西暦）")
    result = models.CharField("結果", max_length=10, choices=Seen.choices)
    checked_on = models.DateField("確認した日")
    checked_by = models.CharField("確認した人", max_length=100)
    note = models.CharField("状況", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = "現物確認"
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result=Seen.SEEN) | ~Q(note=""), name="check_says_what_is_wrong"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="inventory_check_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset} {self.fiscal_year} {self.get_result_display()}"


class RegisterCopy(models.Model):
    """The register as it was printed: rows of one award at one moment, for both papers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="register_copies")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    made_by_name = models.CharField("作った人", max_length=100)
    made_at = models.DateTimeField("作成")

    class Meta:
        verbose_name = "台帳の写し"
        triggers = [
            pgtrigger.Protect(
                name="register_copy_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.award} 台帳"

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee


class DisposalRequest(Statement):
    """財産処分承認申請 of one property (適正化法22条); yen. `returned` is what the approval asks back."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField("処分の種類", max_length=10, choices=DisposalKind.choices, blank=True)
    planned_on = models.DateField("処分の予定日", null=True)
    counterpart = models.CharField("相手方", max_length=200, blank=True)
    proceeds = models.PositiveBigIntegerField("処分による収入の見込額", default=0)
    reason = models.TextField("処分の理由", blank=True)
    afterwards = models.TextField("処分した後の使いみち", blank=True)
    returned = models.PositiveBigIntegerField("国庫に納付する額", null=True)

    class Meta:
        verbose_name = "財産処分の承認の申請"
