"""Files of the accounting system: kept, read, compared, and days of payment taken over from them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from grants.awards.api import Award, lock_award
from grants.claims.api import Claim, ClaimPayment, link_payment
from grants.filings.api import Filing
from grants.payments.api import Payment, record_payment, undo_payment
from grants.programmes.api import Programme
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused
from portal.documents.api import Limits as FileLimits
from portal.documents.api import attach, read_file
from portal.spreadsheets.api import (
    Column,
    Kind,
    Limits,
    TableReading,
    TableSpec,
    UploadRefusedError,
    open_upload,
    read_table,
)

from .matching import (
    AMOUNT,
    BODY,
    DAY,
    REFERENCE,
    Entry,
    Match,
    Recorded,
    Waiting,
    body_of,
    compare,
)
from .models import AccountsFile
from .services import pay_claim
from .states import Found

MOST_BYTES = 5 * 1024 * 1024
_MOST_ROWS = 5_000

ACCOUNTS = TableSpec(
    "会計の支払の記録",
    (
        Column(
            "reference",
            REFERENCE,
            aliases=("支出決定の番号", "支出決定番号", "決議番号", "番号"),
            is_content=True,
            max_length=60,
        ),
        Column(
            "payee",
            BODY,
            aliases=("債主", "債主名", "支払先", "受取人", "都道府県", "団体名"),
            required=True,
            is_content=True,
        ),
        Column(
            "amount",
            AMOUNT,
            Kind.YEN,
            aliases=("金額", "支出額", "支払金額"),
            required=True,
            adds_up=True,
            is_content=True,
        ),
        Column(
            "paid_on",
            DAY,
            Kind.DATE,
            aliases=("支払年月日", "支出日", "振込日", "年月日"),
            required=True,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file says beside what is recorded now."""

    reading: TableReading
    matches: tuple[Match, ...]

    def count(self, found: str) -> int:
        return sum(one.found == found for one in self.matches)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        return [(found.value, str(found.label), self.count(found)) for found in Found]

    @property
    def alike(self) -> list[Match]:
        return [one for one in self.matches if one.found == Found.SAME]

    @property
    def unlike(self) -> list[Match]:
        return [one for one in self.matches if one.found != Found.SAME]

    @property
    def to_take(self) -> int:
        return sum(one.can_be_taken for one in self.matches)


def receive_accounts(*, actor: Actor, programme: Programme, upload: UploadedFile) -> AccountsFile:
    """Keeps a file that can be read. Raises ValidationError with the reason."""
    try:
        _read(upload.read(), upload.name or "")
    except UploadRefusedError as refused:
        raise ValidationError(refused.message) from None
    upload.seek(0)
    with transaction.atomic():
        document = attach(
            actor=actor,
            upload=upload,
            kind="accounts",
            subject=programme,
            limits=FileLimits(file_bytes=MOST_BYTES),
            is_table=True,
        )
        made: AccountsFile = AccountsFile.objects.create(
            programme=programme,
            document=document,
            uploaded_by_id=actor.user_id,
            uploaded_by_name=actor.name,
        )
        record(
            actor,
            "funds.upload",
            "会計の記録のファイルを選ぶ",
            made,
            data={"said": {"ファイル": document.title, "識別値": document.sha256[:12]}},
        )
    return made


def _read(content: bytes, name: str) -> TableReading:
    workbook = open_upload(content, name, Limits(max_bytes=MOST_BYTES, max_rows=_MOST_ROWS))
    return read_table(workbook, ACCOUNTS)


def compare_file(held: AccountsFile) -> Comparison:
    """As everything stands now: nothing is kept of a comparison. Four queries.

    Raises UploadRefusedError.
    """
    reading = _read(read_file(held.document), held.document.title)
    bodies = list(
        Award.objects.filter(programme_id=held.programme_id)
        .order_by("grantee_id")
        .values_list("grantee__name", flat=True)
        .distinct()
    )
    payments = Payment.objects.standing().filter(award__programme_id=held.programme_id)
    claims = Claim.objects.to_pay().filter(award__programme_id=held.programme_id)
    found = compare(
        [_entry(row.number, row.values, bodies) for row in reading.rows_to_take],
        [
            Recorded(one.pk, one.reference, one.award.grantee.name, int(one.amount), one.paid_on)
            for one in payments.select_related("award__grantee").order_by("paid_on", "pk")
        ],
        [
            Waiting(
                one.pk,
                one.filing.receipt_number or "",
                one.filing.grantee.name,
                one.left,
            )
            for one in claims.select_related("filing__grantee").order_by("filing__submitted_at")
        ],
    )
    return Comparison(reading, tuple(found))


def _entry(number: int, values: Any, bodies: list[str]) -> Entry:
    payee = str(values["payee"] or "")
    return Entry(
        number=number,
        reference=str(values["reference"] or ""),
        payee=payee,
        body=body_of(payee, bodies),
        amount=int(values["amount"]),
        paid_on=values["paid_on"],
    )


def take_over(*, actor: Actor, held: AccountsFile, keys: Collection[str]) -> int:
    """Takes the chosen rows' days of payment over, all or none; how many there were.

    A payment of which only the day differs is taken back and recorded anew with the day of the
    accounts; a claim that waits gets its payment. A row taken before says the same as the portal,
    and is left alone. Raises Refused with the number of every row that stands against it.
    """
    with transaction.atomic():
        locked = AccountsFile.objects.select_for_update(of=("self",)).get(pk=held.pk)
        _hold(locked)
        found = compare_file(locked)
        matches = {one.key: one for one in found.matches}
        rows = {one.entry.number: one for one in found.matches if one.entry}
        taken, against = [], []
        for key in keys:
            match = matches.get(key)
            number = int(key.partition(":")[0]) if key.partition(":")[0].isdecimal() else 0
            if match is None or not match.can_be_taken:
                if number not in rows or rows[number].found != Found.SAME:
                    against.append(f"{number}行目は、画面を開いた後に変わりました。")
                continue
            try:
                _take(actor, match)
                taken.append(match)
            except Refused as refusal:
                against += [f"{number}行目：{reason}" for reason in refusal.reasons]
        if against:
            raise Refused(against)
        if taken:
            days = [one.entry.paid_on for one in taken if one.entry]
            record(
                actor,
                "funds.take_over",
                "会計の記録から支払日を写す",
                locked,
                article="会計法22条",
                data={
                    "said": {
                        "写した行": f"{len(taken)}行",
                        "支払日": "、".join(day_with_weekday(day) for day in sorted(set(days))),
                        "ファイルの識別値": locked.document.sha256[:12],
                    }
                },
            )
    return len(taken)


def _hold(held: AccountsFile) -> None:
    """What the comparison is about to find still holds when it is taken over: two files at once would
    pay one part twice. Claims before awards, as where one is paid by hand."""
    claims = Claim.objects.to_pay().filter(award__programme_id=held.programme_id)
    waiting = list(claims.values_list("pk", "award_id"))
    filings = Filing.objects.filter(pk__in=[pk for pk, _ in waiting]).order_by("pk")
    list(filings.select_for_update(of=("self",)))
    awards = Award.objects.filter(pk__in={pk for _, pk in waiting}).order_by("pk")
    list(awards.select_for_update(of=("self",)))


def _take(actor: Actor, match: Match) -> None:
    assert match.entry is not None  # only a row of the file can be taken
    if match.claim is not None:
        claim = Claim.objects.select_related("award").get(pk=match.claim.pk)
        pay_claim(
            actor=actor,
            claim=claim,
            paid_on=match.entry.paid_on,
            reference=match.entry.reference,
            amount=match.entry.amount,
        )
    elif match.payment is not None:
        _move(actor, Payment.objects.select_related("award").get(pk=match.payment.pk), match.entry)


def _move(actor: Actor, payment: Payment, entry: Entry) -> None:
    """The same payment on the day of the accounts."""
    answered = ClaimPayment.objects.filter(payment=payment).select_related("claim").first()
    lock_award(payment.award)
    undo_payment(
        actor=actor,
        payment=payment,
        reason=f"会計の記録の支払日（{day_with_weekday(entry.paid_on)}）に合わせて、記録し直すため。",
    )
    made = record_payment(
        actor=actor,
        award=payment.award,
        kind=payment.kind,
        amount=int(payment.amount),
        paid_on=entry.paid_on,
        reference=payment.reference,
        claim=answered.claim_id if answered else None,
    )
    if answered is not None:
        link_payment(claim=answered.claim, payment=made)
