"""People, the organisations they work for, and the roles they hold there from one day to another."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.access.api import OrganisationKind, Role
from portal.prefectures.api import Prefecture

from .querysets import (
    AbsenceQuerySet,
    HandoverQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
    ReopeningQuerySet,
)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A human being, known by a work address. What they may do is said by memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("メールアドレス", unique=True)
    name = models.CharField("氏名", max_length=100)
    is_active = models.BooleanField("有効", default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = "利用者"

    def __str__(self) -> str:
        return self.name or self.email


class ApprovalRoute(models.TextChoices):
    """How an office decides on what it files (決裁)."""

    PORTAL = "portal", "このポータルで決裁する"
    OWN = "own", "庁内で決裁し、決裁済みのものを提出する"


class Organisation(models.Model):
    """A prefecture, the Cabinet Office, a contractor or a member of a platform.

    Global: known by its code or 法人番号. Bodies without a number are never merged by themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("種別", max_length=20, choices=OrganisationKind.choices)
    name = models.CharField("名称", max_length=200)
    kana = models.CharField("よみ", max_length=200, blank=True)
    department = models.CharField("担当部署", max_length=200, blank=True)
    prefecture = models.ForeignKey(
        Prefecture, on_delete=models.PROTECT, null=True, blank=True, verbose_name="都道府県"
    )
    corporate_number = models.CharField("法人番号", max_length=13, blank=True)
    address = models.CharField("所在地", max_length=300, blank=True)
    representative = models.CharField("代表者", max_length=100, blank=True)
    approval_route = models.CharField(
        "決裁の方法", max_length=10, choices=ApprovalRoute.choices, default=ApprovalRoute.PORTAL
    )
    counts_numbers = models.BooleanField(
        "文書番号をポータルで採番する",
        default=False,
        help_text="選ばないときは、庁内の文書管理簿の番号を入力します。",
    )
    document_symbol = models.CharField("文書記号", max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "組織"
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_number"],
                condition=~Q(corporate_number=""),
                name="organisation_number_once",
            ),
            models.UniqueConstraint(
                fields=["prefecture"],
                condition=Q(kind=OrganisationKind.PREFECTURE),
                name="organisation_one_per_prefecture",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.PREFECTURE) | Q(prefecture__isnull=False),
                name="organisation_prefecture_named",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role in an organisation, both days inclusive; an open end has no last day.

    From `reads_only_from` on the role was handed over: its holder sees and no longer changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("役割", max_length=20, choices=Role.choices)
    starts_on = models.DateField("開始日", default=timezone.localdate)
    ends_on = models.DateField("終了日", null=True, blank=True)
    reads_only_from = models.DateField("閲覧だけになる日", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "所属"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - 1),
                name="membership_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on=None),
                name="membership_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.user}（{self.get_role_display()}）"


class Absence(models.Model):
    """Days on which somebody does not act in a role, both inclusive, and who acts in their place.

    The deputy holds the same role in the same organisation. Cancelled ones stay for the record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField("初日")
    ends_on = models.DateField("最終日")
    deputy = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="stands_in"
    )
    note = models.CharField("備考", max_length=200, blank=True)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "不在"
        indexes = [models.Index(fields=["membership", "ends_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="absence_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("membership")), name="absence_deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.user}の不在"

    @property
    def organisation_id(self) -> uuid.UUID:
        return self.membership.organisation_id


class Handover(models.Model):
    """引継ぎ: from 発令日 on the successor acts and the predecessor only reads. Never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="handovers")
    successor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="taken_over")
    effective_on = models.DateField("発令日")
    note = models.TextField("引継ぎの内容")
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "引継ぎ"
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(cancelled_at=None), name="handover_once"
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("membership")), name="handover_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}の引継ぎ"

    @property
    def organisation_id(self) -> uuid.UUID:
        return self.membership.organisation_id


class Reopening(models.Model):
    """A body whose managers have all moved gets a new one: proposed by one person, made by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField("新しい県管理者の氏名", max_length=100)
    email = models.EmailField("メールアドレス")
    reason = models.CharField("確かめた方法と理由", max_length=500)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        verbose_name = "組織の再開"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(confirmed_at=None),
                name="reopening_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="reopening_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}の再開"


class Invitation(models.Model):
    """The only way to an account. The link's token is kept as a hash; it works once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role = models.CharField("役割", max_length=20, choices=Role.choices)
    email = models.EmailField("メールアドレス")
    name = models.CharField("氏名", max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("期限")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "招待"

    def __str__(self) -> str:
        return f"{self.organisation} {self.name}（{self.get_role_display()}）"
