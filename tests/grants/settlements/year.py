"""A random year of one body from its plan to the closed award, checked to the yen after every step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse

from grants.awards.api import Award
from grants.contractors.api import (
    Contract,
    Invoice,
    InvoiceState,
    LineMoney,
    LineShare,
    money_by_line,
)
from grants.contractors.ledger import ledger_of
from grants.filings.api import Filing, latest_version
from grants.payments.api import ceiling_of
from grants.plans.api import PlanRevision, read_content, required_amounts
from grants.settlements.api import (
    PerformanceReport,
    SettlementState,
    draw_lines,
    examined_lines,
    judge_line,
    money_of_lines,
    save_part,
)
from grants.settlements.beside import beside_lines
from portal.access.api import Role
from portal.core.problems import Refused
from portal.workflow.api import perform
from tests.grants import changing, closing
from tests.grants.contractors.test_money import accept_work, billed, declare, pay
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.settlements.test_histories import adds_up, pay_back
from tests.world import client_of

PAID_ON, END = date(2024, 11, 5), date(2025, 3, 31)
_INSPECTED = ("part", "final")


class Year:
    """東京都's: the moves, and what must hold whatever was done last. `done` counts what was not refused."""

    def __init__(self, deal: Deal, seed: int) -> None:
        self.deal, self.world, self.chance = deal, deal.world, Random(seed)
        self.award: Award = deal.award
        self.pairs: dict[UUID, Pair] = {}
        self.done: Counter[str] = Counter()

    # ---- What holds ----

    def holds(self) -> None:
        """計画額 ≥ 契約額 ≥ 検査 ≥ 支払 by line and by contract, and every sum says the same."""
        self.award = Award.objects.select_related("programme", "grantee", "decision").get(
            pk=self.award.pk
        )
        plan = read_content(PlanRevision.objects.with_everything().get(pk=self.award.revision_id))
        planned = {line.uid: line.amount or 0 for part in plan.parts for line in part.lines}
        money = money_by_line(grantee_id=self.award.grantee_id, fiscal_year=2024)
        for uid, one in money.items():
            assert planned[uid] >= one.contracted >= one.billed + one.payable + one.paid
            assert min(one.billed, one.payable, one.paid) >= 0
        self.contracts_hold(money)
        ledger = ledger_of(self.award)
        assert ledger.total == sum(money.values(), LineMoney())
        assert not any(row.is_over for row in ledger.rows)
        through = sum(a for uid, a in planned.items() if uid in {row.uid for row in ledger.rows})
        assert ledger.planned == through
        table = required_amounts(plan, self.award.programme.terms())
        assert table.a == sum(planned.values())
        assert table.a == sum(sum(line.amount or 0 for line in part.lines) for part in plan.parts)
        assert self.award.amount <= table.g
        adds_up(self.world, self.award)

    def contracts_hold(self, money: dict[UUID, LineMoney]) -> None:
        summed: dict[UUID, int] = defaultdict(int)
        for contract in Contract.objects.filter(award=self.award).concluded():
            lines = {line.line_uid: line.amount for line in contract.lines.all()}
            assert sum(lines.values()) == contract.amount
            for uid, amount in lines.items():
                summed[uid] += amount
            inspected = contract.acceptances.standing().aggregate(total=Sum("amount"))["total"] or 0
            decided = contract.invoices.decided().filter(kind__in=_INSPECTED)
            assert contract.amount >= inspected
            assert inspected >= (decided.aggregate(total=Sum("amount"))["total"] or 0)
            for invoice in contract.invoices.all():
                assert invoice.amount == sum(line.amount for line in invoice.lines.all())
        assert {uid: one.contracted for uid, one in money.items()} == summed

    # ---- What may happen ----

    def step(self) -> None:
        moves = (self.invoice, self.invoice, self.take_back, self.agree, self.change, self.advance)
        move = self.chance.choice(moves)
        self.tried(move)
        self.holds()

    def tried(self, move: Callable[[], Any]) -> None:
        try:
            with transaction.atomic():
                move()
        except Refused:
            self.done["refused"] += 1
        else:
            self.done[move.__name__] += 1

    def contract(self, **terms: Any) -> None:
        """For a random part of what the plan has for it."""
        contract = self.deal.concluded(**terms)
        self.pairs[contract.pk] = pair_of(self.deal, contract, f"kai{len(self.pairs)}")
        declare(self.deal, contract, "start")
        self.holds()

    def invoice(self) -> None:
        """Inspected, asked for, and paid or left; an advance needs no inspection."""
        contract = self.one()
        lefts = [line.amount - self.asked(line) for line in contract.lines.order_by("pk")]
        amounts = [self.chance.randint(0, max(0, left) // 2) for left in lefts]
        kind = self.chance.choice(("part", "part", "advance"))
        if kind == "part":
            room = contract.amount - self.inspected(contract)
            accept_work(self.deal, contract, min(sum(amounts), room))
        made = billed(self.pairs[contract.pk], contract, *amounts, kind=kind)
        self.holds()
        if self.chance.random() < 0.7:
            pay(self.deal, made, PAID_ON)

    def take_back(self) -> None:
        """戻入 of a part of what was paid on the first line."""
        contract = self.one()
        line = contract.lines.with_money().order_by("pk")[0]
        back = self.chance.randint(1, max(1, line.paid))
        pay(self.deal, billed(self.pairs[contract.pk], contract, back, kind="return"), PAID_ON)

    def agree(self) -> None:
        """変更契約: a line for less or more, not below what was asked for."""
        contract = self.one()
        line = self.chance.choice(list(contract.lines.order_by("pk")))
        shares = {one.line_uid: LineShare(one.amount) for one in contract.lines.all()}
        planned = self.award.revision.lines.get(uid=line.line_uid).amount or 0
        most = min(planned, int(line.amount * 1.2))
        shares[line.line_uid] = LineShare(self.chance.randint(1, most))
        inspected = self.inspected(contract)
        if sum(share.amount for share in shares.values()) < inspected:
            raise Refused(["less than was found good"])
        perform(
            Contract,
            contract.pk,
            "change",
            self.deal.drafter(),
            data={
                "signed_on": date(2024, 11, 1),
                "ends_on": END,
                "reason": "回数を見直すため。",
                "shares": shares,
            },
        )

    def change(self) -> None:
        """変更承認: yen of one line that no contract stands for go to another."""
        money, lines = money_of_lines(self.award), changing.lines_of(self.award)
        frees = {
            line.uid: (line.amount or 0) - money.get(line.uid, LineMoney()).contracted
            for line in lines
        }
        source = self.chance.choice([line for line in lines if frees[line.uid] > 1] or lines)
        target = self.chance.choice(
            [line for line in lines if line.category_code != source.category_code]
        )
        moved = self.chance.randint(1, max(1, frees[source.uid] - 1))
        filing = changing.start(self.world, self.award)
        changing.set_amount(filing, source.uid, (source.amount or 0) - moved)
        changing.set_amount(filing, target.uid, (target.amount or 0) + moved)
        changing.approve(
            self.world, changing.reviewed(self.world, changing.ask(self.world, filing))
        )

    def advance(self) -> None:
        """概算払 of the state."""
        left = int(self.award.amount) - self.award.payments.standing().total()
        closing.pay(self.world, self.award, self.chance.randint(1, max(1, left // 2)))

    # ---- To the end ----

    def report(self) -> Filing:
        """What contracts were paid as their records say it, the rest at random up to the plan."""
        waiting = Invoice.objects.filter(contract__award=self.award, state=InvoiceState.BILLED)
        for invoice in waiting.order_by("created_at"):
            if invoice.kind != "return":
                room = invoice.contract.amount - self.inspected(invoice.contract)
                accept_work(self.deal, invoice.contract, min(invoice.amount, room))
            try:
                pay(self.deal, invoice, PAID_ON)
            except Refused:
                said = {"reason": "検査で合格とした額を超えるため。"}
                perform(Invoice, invoice.pk, "send_back", self.deal.drafter(), data=said)
        self.holds()
        filing = closing.write_report(self.world, self.award, share=100)
        money = money_of_lines(self.award)
        drafter = self.deal.drafter()
        for part in PerformanceReport.objects.get(filing=filing).parts.order_by("order"):
            if not part.lines.exists():
                continue
            rows = closing.typed_rows(part)
            for line in part.lines.all():
                spent = self.chance.randint(0, line.budget)
                rows[line.uid]["spent"] = money[line.uid].paid if line.uid in money else spent
            save_part(
                actor=drafter, part=part, seen_version=part.version, rows=rows, text="実施した。"
            )
        return self.world.submit(filing)

    def report_says_what_the_ledger_says(self, filing: Filing) -> None:
        sealed = latest_version(filing)
        assert sealed is not None
        spent = {line.uid: line.total for line in examined_lines(filing, sealed)}
        page = client_of(self.deal.drafter()).get(
            reverse("contractors:ledger", args=[self.award.pk])
        )
        ledger = page.context["ledger"]
        contracted = {row.uid: row.money.paid for row in ledger.rows if row.money.contracted}
        assert {uid: spent[uid] for uid in contracted} == contracted
        assert f"{ledger.total.paid:,}" in page.content.decode()
        report = PerformanceReport.objects.select_related("award__programme").get(filing=filing)
        beside = beside_lines(report, self.world.actor(Role.REVIEWER))
        assert {uid: beside[uid].paid for uid in contracted} == contracted
        sections = sealed.content["sections"]
        tables = [t for section in sections for t in section["tables"] if t["key"] == "lines"]
        assert sum(table["total"] for table in tables) == sum(spent.values())
        assert sealed.content["amounts"]["a"] == sum(spent.values())

    def examine(self, filing: Filing) -> Filing:
        """Some lines are cut at random, one is looked at closely, the rest is accepted."""
        reviewer = self.world.actor(Role.REVIEWER)
        filing = self.world.act(filing, "begin_review", reviewer, no_conflict=True).subject
        sealed = latest_version(filing)
        assert sealed is not None
        draw_lines(actor=reviewer, filing=filing, count=1)
        for line in examined_lines(filing, sealed):
            if not line.is_eligible:
                continue
            is_cut = line.total > 1 and self.chance.random() < 0.2
            judge_line(
                actor=reviewer,
                filing=filing,
                line_uid=line.uid,
                verdict="cut" if is_cut else "accepted_line",
                cut=self.chance.randint(1, line.total) if is_cut else None,
                reason="領収書がない。" if is_cut else "",
                clause="交付の条件6" if is_cut else "",
                looked_at="領収書の原本",
                outcome="帳簿と照らした。",
            )
        return self.world.act(filing, "finish_review", reviewer, opinion="適正。").subject

    def close(self, filing: Filing) -> None:
        settlement = closing.fix(self.world, filing)
        self.holds()
        pay_back(self.world, self.award, self.chance)
        short = ceiling_of(self.award) - self.kept()
        if short:
            closing.pay(self.world, self.award, short)
        self.holds()
        assert closing.close(self.world, settlement).state == SettlementState.CLOSED
        assert self.kept() == settlement.amount <= self.award.amount

    # ---- Questions ----

    def kept(self) -> int:
        total: int = self.award.payments.standing().total() - self.award.refund_orders.total()
        return total

    def one(self) -> Contract:
        found: Contract = self.chance.choice(
            list(Contract.objects.filter(pk__in=self.pairs).order_by("signed_on", "title"))
        )
        return found

    def asked(self, line: Any) -> int:
        with_money = type(line).objects.with_money().get(pk=line.pk)
        asked: int = with_money.billed + with_money.payable + with_money.paid
        return asked

    def inspected(self, contract: Contract) -> int:
        return contract.acceptances.standing().aggregate(total=Sum("amount"))["total"] or 0


def whole_year(deal: Deal, seed: int, *, steps: int) -> Counter[str]:
    """Plan → contracts → money → report → 審査 → 額の確定 → the last yen; what was done, by move."""
    year = Year(deal, seed)
    year.holds()
    year.contract(amount=year.chance.randint(1_000_000, 1_800_000))
    year.contract(
        name="特定非営利活動法人事務局の会",
        codes="PF",
        title="事務局の運営",
        amount=year.chance.randint(700_000, 1_200_000),
    )
    for _ in range(steps):
        year.step()
    filing = year.report()
    year.report_says_what_the_ledger_says(filing)
    filing = year.examine(filing)
    year.close(filing)
    return year.done
