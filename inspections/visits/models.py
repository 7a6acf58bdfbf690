"""立入検査: a visit, its team with identity cards, its papers, and what was examined and asked."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.awards.api import Award
from grants.contractors.api import Contract
from grants.subcontracts.api import chain_of
from portal.accounts.api import Organisation, User
from portal.core.actor import Actor

from .querysets import VisitQuerySet
from .rules import Ground, Record, grounds, is_announced, outside_grounds
from .states import (
    RESULT_KNOWN,
    Authority,
    ItemResult,
    PaperKind,
    Presence,
    VisitKind,
    VisitState,
)


class Visit(models.Model):
    """Of one award, or of one contract under it. Files of the record are documents of this row.

    The record (held_on … summary) is written by the team; the body reads it with the results.
    Of an inspection by another authority, the team is who entered what that authority found.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="visits")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="visits"
    )
    contract_article = models.CharField("立入りを定める契約の条", max_length=40, blank=True)
    authority = models.CharField(
        "検査した機関", max_length=14, choices=Authority.choices, default=Authority.CABINET_OFFICE
    )
    kind = models.CharField("種別", max_length=12, choices=VisitKind.choices)
    planned_on = models.DateField("検査の予定日")
    place = models.CharField("場所", max_length=200)
    scope = models.TextField("検査の対象")
    state = models.CharField(
        "状態", max_length=10, choices=VisitState.choices, default=VisitState.PLANNED
    )
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    held_on = models.DateField("検査日", null=True)
    hours = models.CharField("時間", max_length=100, blank=True)
    cards_shown = models.TextField("証票の提示", blank=True)
    present = models.TextField("立会い", blank=True)
    sampling = models.CharField("抽出の方法", max_length=200, blank=True)
    debriefed_on = models.DateField("講評日", null=True)
    summary = models.TextField("検査の結果", blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "立入検査"
        indexes = [models.Index(fields=["state", "planned_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=(VisitState.PLANNED, VisitState.NOTICED))
                | Q(held_on__isnull=False),
                name="visit_held_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind=VisitKind.UNANNOUNCED) | ~Q(state=VisitState.NOTICED),
                name="visit_unannounced_has_no_notice",
            ),
            models.CheckConstraint(
                condition=Q(authority=Authority.CABINET_OFFICE)
                | ~Q(state__in=(VisitState.NOTICED, VisitState.HELD)),
                name="visit_of_others_is_entered",
            ),
        ]

    def __str__(self) -> str:
        whose = f"{self.get_authority_display()}の" if self.is_outside else ""
        return f"{self.grantee.name} {whose}{self.get_kind_display()}"

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        found: uuid.UUID = self.award.grantee_id
        return found

    @property
    def is_outside(self) -> bool:
        """Held by 会計検査院 or 監査委員: entered here, neither noticed nor written down."""
        return self.authority != Authority.CABINET_OFFICE

    @property
    def is_announced(self) -> bool:
        return is_announced(self.kind)

    @property
    def is_result_known(self) -> bool:
        return self.state in RESULT_KNOWN

    @property
    def grounds(self) -> tuple[Ground, ...]:
        if self.is_outside:
            return outside_grounds(self.grantee.name, self.authority)
        contract = self.contract
        if contract is None:
            return grounds(self.grantee.name)
        chain = chain_of(contract)
        below = [
            (link.contractor.name, chain.reach_of(link, self.contract_article))
            for link in chain.in_force
        ]
        return grounds(
            self.grantee.name,
            contractor=contract.contractor.name,
            contract_kind=contract.kind,
            contract_article=self.contract_article,
        ) + tuple(Ground(name, found.basis, found.explanation) for name, found in below)

    @property
    def record(self) -> Record:
        items = list(self.items.all())
        return Record(
            kind=self.kind,
            held_on=self.held_on,
            hours=self.hours,
            cards_shown=self.cards_shown,
            present=self.present,
            examined=len(items),
            open_items=sum(not item.is_looked_at for item in items),
            questions=self.questions.count(),
        )

    def is_of_team(self, actor: Actor) -> bool:
        """This human being, whatever role they act in now."""
        return any(actor.is_person(one.user_id) for one in self.team.all())

    def get_absolute_url(self) -> str:
        return reverse("visits:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("visits:transition", args=[self.pk, name])


class Inspector(models.Model):
    """One of the team, with the number of the identity card (適正化法23条2項)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    card_number = models.CharField("証票番号", max_length=40)

    class Meta:
        verbose_name = "検査職員"
        ordering = ["visit", "id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "user"], name="visit_inspector_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}（証票 {self.card_number}）"


class Paper(models.Model):
    """The notice, or the result notice: `payload` is what it says, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("種別", max_length=10, choices=PaperKind.choices)
    document_number = models.CharField("文書番号", max_length=80)
    issued_on = models.DateField("施行日")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)

    class Meta:
        verbose_name = "検査の通知"
        ordering = ["issued_on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "kind"], name="visit_paper_once"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="visit_paper_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.document_number}）"

    @property
    def grantee(self) -> Organisation:
        return self.visit.grantee


class Item(models.Model):
    """One thing examined: `amount` in yen, whether its four documents were there, the result.

    Papers and result are empty until they were looked at. `line_key` names the line of a sample
    that this is.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField("番号")
    what = models.CharField("調べたもの", max_length=200)
    amount = models.PositiveBigIntegerField("金額")
    contract_paper = models.CharField("契約", max_length=10, choices=Presence.choices, blank=True)
    acceptance_paper = models.CharField("検収", max_length=10, choices=Presence.choices, blank=True)
    invoice_paper = models.CharField("請求", max_length=10, choices=Presence.choices, blank=True)
    payment_paper = models.CharField("支払", max_length=10, choices=Presence.choices, blank=True)
    result = models.CharField("結果", max_length=10, choices=ItemResult.choices, blank=True)
    line_key = models.CharField("抽出された支出の番号", max_length=80, blank=True)

    class Meta:
        verbose_name = "調べたもの"
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_item_number_once"),
            models.UniqueConstraint(
                fields=["visit", "line_key"],
                condition=~Q(line_key=""),
                name="visit_item_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}　{self.what}"

    @property
    def is_looked_at(self) -> bool:
        return bool(self.result) and all(key for _, key, _ in self.papers)

    @property
    def papers(self) -> tuple[tuple[str, str, str], ...]:
        """Label, key and word of each document, in the order of the table."""
        return (
            ("契約", self.contract_paper, self.get_contract_paper_display()),
            ("検収", self.acceptance_paper, self.get_acceptance_paper_display()),
            ("請求", self.invoice_paper, self.get_invoice_paper_display()),
            ("支払", self.payment_paper, self.get_payment_paper_display()),
        )


class Asked(models.Model):
    """関係者への質問 (要領5(1)): who asked, who answered, and what."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField("番号")
    asked_by = models.CharField("質問した人", max_length=60)
    question = models.CharField("質問", max_length=500)
    answered_by = models.CharField("答えた人", max_length=100)
    answer = models.CharField("答え", max_length=1000)

    class Meta:
        verbose_name = "質問と答え"
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_asked_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}　{self.question}"
