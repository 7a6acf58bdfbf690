"""What comes after: claims paid in part, a corrected input tax, files to be disclosed, signed copies."""

from __future__ import annotations

from datetime import date

import segno
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from grants.claims.api import Claim, give_up_rest
from grants.disclosures.api import DisclosureRequest, files_of, rule_on_file
from grants.filings.api import Filing, latest_version
from grants.funds.api import pay_claim
from grants.input_tax.api import (
    Bought,
    InputTaxReport,
    save_purchases,
    save_report,
    start_correction,
)
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.documents.api import Limits, render_html
from portal.scans.api import receive_scan

from . import cases
from .people import Cast

# 沖縄's subsidised bodies were confirmed and paid back; one of them amended its return.
_AMENDED = "47"
# 岐阜 and 鳥取 decide on paper too, and keep what was stamped.
_STAMPED = ("21", "31")


def load_afterwards(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], current: Programme
) -> None:
    _pay_in_parts(cast, office, current)
    _correct(cast, bodies[_AMENDED])
    _rule_on_files(cast, office)
    _scan(cast, current)


def _pay_in_parts(cast: Cast, office: Organisation, current: Programme) -> None:
    """Of the claims that wait, one is paid by half; of another the body gave the rest up."""
    decider = cast.actor(office, Role.DECIDER)
    waiting = Claim.objects.to_pay().filter(award__programme=current)
    found = list(waiting.select_related("award__grantee").order_by("filing__submitted_at")[:2])
    for number, claim in enumerate(found, start=1):
        pay_claim(
            actor=decider,
            claim=claim,
            amount=claim.left // 2 // 1000 * 1000,
            paid_on=timezone.localdate(),
            reference=f"支出{current.fiscal_year % 100}-30{number}",
        )
    for claim in found[1:]:
        give_up_rest(
            actor=cast.actor(claim.award.grantee, Role.APPROVER),
            claim=claim,
            reason="研修を1回減らし、今年度の残りは精算払で請求することにしたため。",
        )


def _correct(cast: Cast, body: Organisation) -> None:
    """One body's carpenter had no 登録番号: a part of the tax was not to be deducted."""
    confirmed = InputTaxReport.objects.confirmed().filter(award__grantee=body)
    report = confirmed.select_related("award", "filing").first()
    if report is None:
        return
    drafter = cast.actor(body, Role.DRAFTER)
    filing = start_correction(actor=drafter, report=report)
    made = InputTaxReport.objects.select_related("award").get(filing=filing)
    changed = made.rows.filter(taxed_sales_10__gt=0).order_by("order").first()
    if changed is None:
        return
    sale = Bought(
        supplier="みほん工務店",
        number="",
        bought_on=date(report.award.programme.fiscal_year, 11, 20),
        percent=10,
        use="taxed_sales",
        amount=int(changed.taxed_sales_10) // 5,
    )
    save_purchases(actor=drafter, row=changed, seen_version=made.version, bought=[sale])
    made.refresh_from_db()
    save_report(
        actor=drafter,
        report=made,
        seen_version=made.version,
        summary=f"{changed.name}が、登録番号のない事業者からの仕入れを全額控除していたため。",
        rows={row.uid: {"is_reported": row == changed} for row in made.rows.all()},
        correction="amended",
        corrected_on=timezone.localdate(),
    )
    cases.submit(cast, filing)


def _rule_on_files(cast: Cast, office: Organisation) -> None:
    """One file is withheld, one is given; the others are still to be decided."""
    request = DisclosureRequest.objects.for_lists().order_by("received_on").first()
    if request is None:
        return
    given = (("whole", "", ""), ("withheld", "2", "印影がある"))
    for one, (outcome, ground, note) in zip(files_of(request), given, strict=False):
        request.refresh_from_db()
        rule_on_file(
            actor=cast.actor(office, Role.REVIEWER),
            request=request,
            document=one.document,
            seen_version=request.version,
            outcome=outcome,
            ground=ground,
            note=note,
        )


def _scan(cast: Cast, current: Programme) -> None:
    """Two bodies scanned what they had stamped; the code of one was hidden by a fold."""
    filed = Filing.objects.of_kind("application").filed()
    mine = filed.filter(programme=current, grantee__prefecture_id__in=_STAMPED)
    for number, filing in enumerate(mine.order_by("grantee__prefecture_id")):
        sealed = latest_version(filing)
        if sealed is None:
            continue
        paper = _paper(filing, sealed.sha256 if number == 0 else "")
        receive_scan(
            actor=cast.actor(filing.grantee, Role.DRAFTER),
            upload=SimpleUploadedFile(f"交付申請書_押印済み_{filing.receipt_number}.pdf", paper),
            limits=Limits(),
        )


def _paper(filing: Filing, seal: str) -> bytes:
    """What a scanner would make of the first page: its heading, a stamp, and the code."""
    address = settings.SITE_URL + reverse("documents:verify_seal", args=[seal or "0" * 64])
    code = segno.make(address, error="m").svg_data_uri(scale=3, border=0) if seal else ""
    picture = f'<img src="{code}" alt="照合用の二次元コード">' if code else ""
    return render_html(
        '<html lang="ja"><head><title>押印済みの写し</title></head><body class="form-doc">'
        '<section class="form-page"><p class="form-doc__right">公印</p>'
        f"<h1>{filing.programme.year_label}<br>交付申請書</h1>"
        f"<p>{filing.grantee.name}知事　［印］</p><p>受付番号　{filing.receipt_number}</p>"
        f'<div class="form-verify"><div class="form-verify__qr">{picture}</div>'
        '<div class="form-verify__text">内容の識別値（SHA-256）</div></div></section></body></html>'
    )
